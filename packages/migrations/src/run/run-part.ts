import { type Connection, DovetailError } from '@dovetail/core';
import { messageOf, rejectAborted } from '@dovetail/core/driver';
import type { Statements } from '../migration.js';
import type { Run } from './run-one.js';

/** What a migration is made of. */
export type Part =
  | { readonly kind: 'statement'; readonly sql: string }
  | { readonly kind: 'function'; readonly run: Exclude<Statements, readonly string[]> };

/** What becomes of the parts before one that fails. */
export type Aftermath =
  | { readonly kind: 'rolled back'; readonly before: readonly string[] }
  | { readonly kind: 'kept'; readonly done: number; readonly total: number };

/** @throws DovetailError `statement-failed`, which names the migration and says what has become of it; `aborted`. */
export async function runPart(
  connection: Connection,
  part: Part,
  { file, signal }: Pick<Run, 'file' | 'signal'>,
  aftermath: Aftermath,
): Promise<void> {
  const sentence = describe(aftermath);
  rejectAborted(signal, { sentence, steps: [] });
  try {
    if (part.kind === 'statement') await connection.execute(part.sql);
    else await part.run(connection);
  } catch (error) {
    throw new DovetailError(
      'statement-failed',
      `A migration failed. ${sentence}`,
      [
        {
          where: file.name,
          what: messageOf(error),
          remedy: part.kind === 'statement' ? `The statement was: ${part.sql}` : '',
        },
      ],
      { cause: error },
    );
  }
}

function describe(aftermath: Aftermath): string {
  switch (aftermath.kind) {
    case 'rolled back':
      return aftermath.before.length === 0
        ? 'It has been rolled back.'
        : `It has been rolled back, and so has what was run before it: ${aftermath.before.join(', ')}.`;
    case 'kept':
      return describeKept(aftermath);
  }
}

function describeKept({ done, total }: Extract<Aftermath, { kind: 'kept' }>): string {
  const kept = `${done === 1 ? 'one was' : `${done} were`} carried out and ${done === 1 ? 'stays' : 'stay'}`;
  return done === 0
    ? 'None of its statements was carried out.'
    : `Of its ${total} statements, ${kept}; running it again does the others.`;
}
