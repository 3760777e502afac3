import { originalTable } from '../ddl/original-names.js';
import type { DdlContext } from '../driver.js';
import { applyChanges } from '../model/apply-changes.js';
import type { Change } from '../model/change.js';
import { type Names, nameOf, objectKey } from '../model/names.js';
import type { Hazard, Loss, Step, Undo } from '../model/plan.js';
import type { ObjectName, Schema, View } from '../model/schema.js';
import { findTable } from '../model/tables.js';
import { makeSteps, type PlanInput } from './make-plan.js';
import { reverseChange, reverseRename } from './reverse-change.js';

/** How the steps that carry changes out are taken back. */
export function makeUndo(input: PlanInput, steps: readonly Step[]): Undo {
  if (steps.length === 0) return { steps: [], irreversible: [] };
  const losses = steps.flatMap(({ hazards }) => hazards.filter(isLoss));
  const back = stepsBack(input);
  const refusals = back.flatMap(({ refusal }) => refusal ?? []);
  return {
    steps: refusals.length === 0 ? back : [],
    irreversible: [...losses, ...refusals].map(({ object, message }): Loss => ({ object, message })),
  };
}

function isLoss({ kind }: Hazard): boolean {
  return kind === 'destroys-rows' || kind === 'destroys-values';
}

/**
 * The changes are taken back first, under the names that they were made with, and the renames last. A view or trigger
 * that comes back may mention what is renamed, so it waits for that, and is made as it was under the old names.
 */
function stepsBack(input: PlanInput): Step[] {
  const { before, cleared = [], actual, renames, changes } = input;
  const { comparison: names } = input.driver;
  const target = applyChanges(actual, changes, names);
  const reversed = changes.map(reverseChange).reverse();
  const stepsFrom = (schema: PlanInput['before'], made: readonly Change[]): Step[] =>
    makeSteps({ ...input, cleared: [], before: schema, actual: schema, renames: [], changes: made });
  if (renames.length === 0) return stepsFrom(target, reversed);

  const going = reversed.flatMap(whatGoes);
  const readers = readersOfGoing(going, target, names);
  const first = [...going, ...readers.map((view): Change => ({ kind: 'drop-view', view }))];
  const last = [
    ...cleared.map((view): Change => ({ kind: 'create-view', view })),
    ...reversed.flatMap((change) => whatComesBack(change, { before, actual, renames, target }, names)),
    ...readers.flatMap((view) => recreated(view, before, names)),
  ];
  const original = applyChanges(before, last.map(reverseChange), names);
  const renamesBack = renames.map(reverseRename).reverse();
  return [
    ...stepsFrom(target, first),
    ...makeSteps({
      ...input,
      cleared: [],
      before: applyChanges(target, first, names),
      actual: original,
      renames: renamesBack,
      changes: last,
    }),
  ];
}

/** The views that read a view which waits for the renames: they wait with it. */
function readersOfGoing(going: readonly Change[], { views }: Schema, names: Names): readonly View[] {
  const keyOf = (name: ObjectName): string => objectKey(name, names);
  const gone = new Set(going.flatMap((change) => (change.kind === 'drop-view' ? [keyOf(change.view)] : [])));
  const readers: View[] = [];
  for (let found: readonly View[] = views; found.length > 0;) {
    found = views.filter((view) => !gone.has(keyOf(view)) && (view.reads ?? []).some((read) => gone.has(keyOf(read))));
    found.forEach((view) => gone.add(keyOf(view)));
    readers.push(...found);
  }
  return readers;
}

function recreated(name: ObjectName, { views }: Schema, names: Names): readonly Change[] {
  return views
    .filter((view) => objectKey(view, names) === objectKey(name, names))
    .map((view) => ({ kind: 'create-view', view }));
}

function whatGoes(change: Change): readonly Change[] {
  switch (change.kind) {
    case 'create-view':
    case 'create-trigger':
      return [];
    case 'replace-view':
      return [{ kind: 'drop-view', view: change.from }];
    default:
      return [change];
  }
}

/** The views and triggers that a change brings back, as they stood under the old names. */
function whatComesBack(change: Change, context: DdlContext, names: Names): readonly Change[] {
  const { before } = context;
  switch (change.kind) {
    case 'create-view':
      return recreated(change.view, before, names);
    case 'replace-view':
      return recreated(change.to, before, names);
    case 'create-trigger': {
      const table = originalTable(change.table, context, names);
      const triggers = findTable(before, table, names)?.triggers ?? [];
      return triggers
        .filter(({ name }) => names.foldName(name) === names.foldName(change.trigger.name))
        .map((trigger) => ({ kind: 'create-trigger', table: nameOf(table), trigger }));
    }
    default:
      return [];
  }
}
