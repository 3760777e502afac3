import type { Comparison } from '../driver.js';
import type { Change } from '../model/change.js';
import { nameOf, sameNames, sameObject } from '../model/names.js';
import type { ForeignKey, Table } from '../model/schema.js';
import { matchByDefinition } from './match.js';
import { renameConstraints } from './rename-constraints.js';

export function diffForeignKeys(actual: Table, desired: Table, { foldName }: Comparison): Change[] {
  const table = nameOf(actual);
  const same = (a: ForeignKey, b: ForeignKey): boolean =>
    sameNames(a.columns, b.columns, foldName) &&
    sameObject(a.references.table, b.references.table, foldName) &&
    sameNames(a.references.columns, b.references.columns, foldName) &&
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
