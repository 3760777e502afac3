import { DovetailError, type DraftStatement, type MigrationDraft, type Plan, type Step } from '@dovetail/core';

/** What a plan or a person says of a migration, before it has a name. */
export type Content = Omit<MigrationDraft, 'name'>;

export const blank: Content = {
  up: [],
  down: [],
  irreversible: [],
  transactional: true,
  suspendsForeignKeys: false,
  replaces: [],
};

/**
 * The migrations that carry out a plan: one, or several where some of its steps cannot be in a transaction and others
 * are. The last one takes the whole plan back.
 *
 * @throws DovetailError `unmodelled-feature` when a step would lose what no entity can describe.
 */
export function draftMigrations({ steps, undo }: Plan, transactionalDdl: boolean): readonly Content[] {
  rejectRefused(steps);
  const groups = groupByTransaction(steps);
  return groups.map((group, index): Content => {
    const isLast = index === groups.length - 1;
    const undone = isLast ? undo.steps : [];
    return {
      up: group.map(draftStatement),
      down: isLast && undo.steps.length === 0 ? undefined : undone.map(draftStatement),
      irreversible: isLast ? undo.irreversible.map(({ object, message }) => oneLine(`${object}: ${message}`)) : [],
      transactional: !transactionalDdl || group.every(({ transactional }) => transactional),
      suspendsForeignKeys: [...group, ...undone].some((step) => step.suspendsForeignKeys === true),
      replaces: [],
    };
  });
}

function groupByTransaction(steps: readonly Step[]): readonly (readonly Step[])[] {
  return steps.reduce<Step[][]>((groups, step) => {
    const last = groups.at(-1);
    if (last?.[0]?.transactional === step.transactional) last.push(step);
    else groups.push([step]);
    return groups;
  }, []);
}

function draftStatement({ sql, description, hazards }: Step): DraftStatement {
  const comments = [description, ...hazards.map(({ object, message }) => `! ${object}: ${message}`)];
  return { sql, comments: comments.map(oneLine) };
}

/** A comment ends with its line, and a name may hold line ends. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ');
}

function rejectRefused(steps: readonly Step[]): void {
  const refusals = steps.flatMap(({ refusal }) => refusal ?? []);
  const isImpossible = refusals.some(({ kind }) => kind === 'impossible');
  if (refusals.length === 0) return;
  throw new DovetailError(
    isImpossible ? 'precheck-failed' : 'unmodelled-feature',
    isImpossible
      ? 'The migration could not be carried out. Nothing has been written.'
      : 'The migration would lose something that no entity can describe. Nothing has been written.',
    refusals.map((refusal) => ({
      where: refusal.object,
      what: refusal.message,
      remedy:
        refusal.kind === 'impossible'
          ? refusal.remedy
          : 'make this change in a migration of your own: `create` with `blank`',
    })),
  );
}
