import type { Comparison } from '../driver.js';
import type { Change } from '../model/change.js';
import { nameOf, sameNames, sameObject } from '../model/names.js';
import type { ForeignKey, Table } from '../model/schema.js';
import { matchByDefinition } from './match.js';

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
    ...renamed.map(([from, to]): Change => ({
      kind: 'rename-constraint',
      table,
      constraint: 'foreign key',
      from: from.name ?? '',
      to: to.name ?? '',
    })),
    ...added.map((foreignKey): Change => ({ kind: 'add-foreign-key', table, foreignKey })),
  ];
}
