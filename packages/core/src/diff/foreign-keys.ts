import type { Comparison } from '../driver.js';
import type { Change } from '../model/change.js';
import { type FoldName, nameOf, sameNames, sameObject } from '../model/names.js';
import type { ForeignKey, Table } from '../model/schema.js';
import { matchByDefinition } from './match.js';
import { renameConstraints } from './rename-constraints.js';

export function diffForeignKeys(actual: Table, desired: Table, comparison: Comparison): Change[] {
  const { foldName } = comparison;
  const table = nameOf(actual);
  const same = (a: ForeignKey, b: ForeignKey): boolean =>
    samePairs(a, b, foldName) &&
    sameObject(a.references.table, b.references.table, comparison) &&
    a.onDelete === b.onDelete &&
    a.onUpdate === b.onUpdate &&
    a.match === b.match &&
    a.deferrable === b.deferrable;

  const { removed, renamed, added } = matchByDefinition(actual.foreignKeys, desired.foreignKeys, same, foldName);
  return [
    ...removed.map((foreignKey): Change => ({ kind: 'drop-foreign-key', table, foreignKey })),
    ...renameConstraints(table, 'foreign key', renamed),
    ...added.map((foreignKey): Change => ({ kind: 'add-foreign-key', table, foreignKey })),
  ];
}

/** Whether each column references the same one in both, in whatever order they stand. */
function samePairs(a: ForeignKey, b: ForeignKey, fold: FoldName): boolean {
  return sameNames(pairsOf(a, fold), pairsOf(b, fold), (pair) => pair);
}

function pairsOf({ columns, references }: ForeignKey, fold: FoldName): string[] {
  return columns.map((column, index) => JSON.stringify([column, references.columns[index] ?? ''].map(fold))).sort();
}
