import { DovetailError, type RenameChoice, type StatedRenames } from '@dovetail/core';
import type { GlobalFlags } from '../flags.js';
import { canAsk, choose } from './ask.js';

/** Renames that the command line states. */
export interface RenameFlags {
  /** `author.name:full_name`, each. */
  readonly rename?: readonly string[] | undefined;
  /** Paths of what was not renamed. */
  readonly notRenamed?: readonly string[] | undefined;
}

/**
 * Gives what `plan` gives, with the renames that the command line states. Where something is ambiguous, a person is
 * asked, and it is planned again.
 */
export async function withRenames<Result>(
  flags: GlobalFlags & RenameFlags,
  plan: (renames: StatedRenames) => Promise<Result>,
): Promise<Result> {
  let renames = statedRenames(flags);
  for (;;) {
    try {
      return await plan(renames);
    } catch (error) {
      const choices = choicesOf(error);
      if (choices.length === 0 || !canAsk(flags)) throw error;
      for (const choice of choices) renames = { ...renames, ...(await askFor(choice)) };
    }
  }
}

function statedRenames({ rename = [], notRenamed = [] }: RenameFlags): StatedRenames {
  const stated = rename.map((text): [string, string | false] => {
    const colon = text.indexOf(':');
    return [text.slice(0, colon), text.slice(colon + 1)];
  });
  return Object.fromEntries<string | false>([...stated, ...notRenamed.map((path): [string, false] => [path, false])]);
}

/** What a person could decide about an error. */
function choicesOf(error: unknown): readonly RenameChoice[] {
  if (!(error instanceof DovetailError) || error.code !== 'ambiguous-rename') return [];
  return error.problems.flatMap(({ choice }) => choice ?? []);
}

async function askFor({ kind, removed, added }: RenameChoice): Promise<StatedRenames> {
  const answers: Record<string, string | false> = {};
  for (const path of removed) {
    const free = added.filter((candidate) => !Object.values(answers).includes(candidate));
    answers[path] = await choose<string | false>(`What has become of ${kind} ${path}?`, [
      ...free.map((value) => ({ name: `it is ${value} now`, value })),
      { name: 'it is gone, with what it holds', value: false },
    ]);
  }
  return answers;
}
