import type { Comparison } from '../driver.js';
import type { Change } from '../model/change.js';
import { objectKey } from '../model/names.js';
import type { ObjectName, Schema, Table } from '../model/schema.js';
import { diffChecks, diffExclusions } from './checks.js';
import { diffColumns } from './columns.js';
import { diffEnums } from './enums.js';
import { diffForeignKeys, turnedForeignKeys } from './foreign-keys.js';
import { diffIndexes } from './indexes.js';
import { matchByKey } from './match.js';
import { diffPrimaryKey, isTurnedKey } from './primary-key.js';
import { diffTableOptions } from './table-options.js';
import { diffTriggers } from './triggers.js';
import { diffViews } from './views.js';

/**
 * What would have to change for `actual` to become `desired`. Both are in the database's canonical form, and renames
 * have been carried out in `actual` (see `resolveRenames`).
 */
export function diffSchemas(actual: Schema, desired: Schema, comparison: Comparison): Change[] {
  const { pairs, removed, added } = matchByKey(actual.tables, desired.tables, (table) => objectKey(table, comparison));
  const namespaces = matchByKey(actual.namespaces, desired.namespaces, (namespace) => namespace);
  const turned = new Set(
    pairs.flatMap(([from, to]) => (isTurnedKey(from, to, comparison) ? objectKey(from, comparison) : [])),
  );
  const isTurned = (table: ObjectName): boolean => turned.has(objectKey(table, comparison));
  return [
    ...namespaces.added.map((namespace): Change => ({ kind: 'create-namespace', namespace })),
    ...diffEnums(actual.enums, desired.enums, comparison),
    ...added.map((table): Change => ({ kind: 'create-table', table })),
    ...pairs.flatMap(([from, to]) => diffTables(from, to, comparison)),
    ...(turned.size === 0 ? [] : pairs.flatMap(([from, to]) => turnedForeignKeys(from, to, isTurned, comparison))),
    ...removed.map((table): Change => ({ kind: 'drop-table', table })),
    ...diffViews(actual.views, desired.views, added, comparison),
  ];
}

interface Answer {
  readonly desired: Table;
  readonly changes: readonly Change[];
}

/**
 * Drivers find out which tables differ before the pipeline asks for all differences. A table never changes once it is
 * made, so that the answer stays true for the same two.
 */
const answers = new WeakMap<Comparison, WeakMap<Table, Answer>>();

/** What differs in one table that exists on both sides. */
export function diffTables(actual: Table, desired: Table, comparison: Comparison): readonly Change[] {
  if (actual === desired) return [];
  const known = answers.get(comparison) ?? new WeakMap<Table, Answer>();
  const answer = known.get(actual);
  if (answer?.desired === desired) return answer.changes;
  const changes = compareTables(actual, desired, comparison);
  answers.set(comparison, known.set(actual, { desired, changes }));
  return changes;
}

function compareTables(actual: Table, desired: Table, comparison: Comparison): readonly Change[] {
  return [
    ...diffColumns(actual, desired, comparison),
    ...diffPrimaryKey(actual, desired, comparison),
    ...diffIndexes(actual, desired, comparison),
    ...diffForeignKeys(actual, desired, comparison),
    ...diffChecks(actual, desired, comparison),
    ...diffExclusions(actual, desired, comparison),
    ...diffTriggers(actual, desired, comparison),
    ...diffTableOptions(actual, desired),
  ];
}
