import type { Comparison } from '../driver.js';
import type { Change } from '../model/change.js';
import { type FoldName, nameOf, sameNames, sameObject } from '../model/names.js';
import type { ForeignKey, ObjectName, Table } from '../model/schema.js';
import { matchByDefinition } from './match.js';
import { renameConstraints } from './rename-constraints.js';

export function diffForeignKeys(actual: Table, desired: Table, comparison: Comparison): Change[] {
  const table = nameOf(actual);
  const same = (a: ForeignKey, b: ForeignKey): boolean => sameForeignKey(a, b, comparison);
  const { removed, renamed, added } = matchByDefinition(
    actual.foreignKeys,
    desired.foreignKeys,
    same,
    comparison.foldName,
  );
  return [
    ...removed.map((foreignKey): Change => ({ kind: 'drop-foreign-key', table, foreignKey })),
    ...renameConstraints(table, 'foreign key', renamed),
    ...added.map((foreignKey): Change => ({ kind: 'add-foreign-key', table, foreignKey })),
  ];
}

/**
 * The foreign keys that have to turn with a key that they reference: where nothing else differs, their order is of no
 * importance, but MySQL takes none to a key in another order than its own
 * (refman/9.7/en/create-table-foreign-keys.html).
 */
export function turnedForeignKeys(
  actual: Table,
  desired: Table,
  isTurned: (table: ObjectName) => boolean,
  comparison: Comparison,
): Change[] {
  const { foldName } = comparison;
  const table = nameOf(actual);
  return actual.foreignKeys.flatMap((from): Change[] => {
    if (!isTurned(from.references.table)) return [];
    const to = desired.foreignKeys.find(
      (other) => !isRenamed(from, other, foldName) && sameForeignKey(from, other, comparison),
    );
    if (to === undefined || sameOrder(from, to, foldName)) return [];
    return [
      { kind: 'drop-foreign-key', table, foreignKey: from },
      { kind: 'add-foreign-key', table, foreignKey: to },
    ];
  });
}

/** A derived name tells of the order of the columns, so that one under another name has another order in truth. */
function sameForeignKey(a: ForeignKey, b: ForeignKey, comparison: Comparison): boolean {
  const { foldName } = comparison;
  return (
    (isRenamed(a, b, foldName) ? sameOrder(a, b, foldName) : samePairs(a, b, foldName)) &&
    sameObject(a.references.table, b.references.table, comparison) &&
    a.onDelete === b.onDelete &&
    a.onUpdate === b.onUpdate &&
    a.match === b.match &&
    a.deferrable === b.deferrable
  );
}

function isRenamed(a: ForeignKey, b: ForeignKey, fold: FoldName): boolean {
  return a.name !== undefined && b.name !== undefined && fold(a.name) !== fold(b.name);
}

/** Whether each column references the same one in both, in the same order. */
function sameOrder(a: ForeignKey, b: ForeignKey, fold: FoldName): boolean {
  return sameNames(a.columns, b.columns, fold) && sameNames(a.references.columns, b.references.columns, fold);
}

/** Whether each column references the same one in both, in whatever order they stand. */
function samePairs(a: ForeignKey, b: ForeignKey, fold: FoldName): boolean {
  return sameNames(pairsOf(a, fold), pairsOf(b, fold), (pair) => pair);
}

function pairsOf({ columns, references }: ForeignKey, fold: FoldName): string[] {
  return columns.map((column, index) => JSON.stringify([column, references.columns[index] ?? ''].map(fold))).sort();
}
