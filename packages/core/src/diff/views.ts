import type { Comparison } from '../driver.js';
import type { Change } from '../model/change.js';
import { objectKey, sameNames } from '../model/names.js';
import type { ObjectName, View } from '../model/schema.js';
import { matchByKey } from './match.js';

/** Views that no entity describes are left alone, unless a new table takes their name. */
export function diffViews(
  actual: readonly View[],
  desired: readonly View[],
  newTables: readonly ObjectName[],
  comparison: Comparison,
): Change[] {
  const { pairs, removed, added } = matchByKey(actual, desired, (view) => objectKey(view, comparison));
  const taken = new Set(newTables.map((table) => objectKey(table, comparison)));
  return [
    ...removed
      .filter((view) => taken.has(objectKey(view, comparison)))
      .map((view): Change => ({ kind: 'drop-view', view })),
    ...added.map((view): Change => ({ kind: 'create-view', view })),
    ...pairs
      .filter(([from, to]) => !sameView(from, to, comparison))
      .map(([from, to]): Change => ({ kind: 'replace-view', from, to: withTriggersOf(from, to) })),
  ];
}

/** Triggers of a view, which no entity declares, survive its change. */
function withTriggersOf({ triggers = [] }: View, view: View): View {
  return triggers.length === 0 ? view : { ...view, triggers };
}

export function sameView(a: View, b: View, comparison: Comparison): boolean {
  return (
    (a.materialized ?? false) === (b.materialized ?? false) &&
    (b.columns === undefined || sameNames(a.columns ?? [], b.columns, comparison.foldName)) &&
    comparison.sameBody(a.definition, b.definition)
  );
}
