import {
  type Change,
  type DdlContext,
  type ForeignKey,
  nameOf,
  sameNames,
  sameObject,
  type ObjectName,
  type Table,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { isSameBase } from './alter-column.js';
import { columnOf, tableOf, type Touched, touchedOf } from './touched-columns.js';

const { foldName } = comparison;

/**
 * Columns on both sides of a foreign key change their type one after the other, and a key that is referenced can't be
 * replaced: the foreign key stands aside meanwhile.
 */
export function completeForeignKeys(changes: readonly Change[], touched: Touched, context: DdlContext): Change[] {
  const dropped = new Set(changes.flatMap((change) => (change.kind === 'drop-foreign-key' ? [change.foreignKey] : [])));
  const isDropped = (table: ObjectName): boolean =>
    changes.some((change) => change.kind === 'drop-table' && sameObject(change.table, table, comparison));

  const aside = context.actual.tables
    .filter((table) => !isDropped(table))
    .flatMap((table) =>
      table.foreignKeys
        .filter((foreignKey) => !dropped.has(foreignKey) && !isDropped(foreignKey.references.table))
        .filter(
          (foreignKey) =>
            changesType(table, foreignKey.columns, touched, context) ||
            changesType(foreignKey.references.table, foreignKey.references.columns, touched, context) ||
            losesKey(foreignKey, changes),
        )
        .map((foreignKey) => ({ table, foreignKey })),
    );
  const renames = new Set<Change>(aside.flatMap(({ table, foreignKey }) => renameOf(table, foreignKey, changes) ?? []));
  return [
    ...changes.filter((change) => !renames.has(change)),
    ...aside.flatMap(({ table, foreignKey }): Change[] => [
      { kind: 'drop-foreign-key', table: nameOf(table), foreignKey },
      {
        kind: 'add-foreign-key',
        table: nameOf(table),
        foreignKey: { ...foreignKey, name: renameOf(table, foreignKey, changes)?.to ?? foreignKey.name },
      },
    ]),
  ];
}

type RenameConstraint = Extract<Change, { kind: 'rename-constraint' }>;

function renameOf(table: Table, { name }: ForeignKey, changes: readonly Change[]): RenameConstraint | undefined {
  return changes
    .filter((change) => change.kind === 'rename-constraint')
    .find((change) => change.from === name && sameObject(change.table, table, comparison));
}

function changesType(
  name: ObjectName,
  columns: readonly string[],
  touched: Touched,
  { actual, target }: DdlContext,
): boolean {
  const names = touchedOf(name, touched);
  return columns.some((column) => {
    if (!names.has(column)) return false;
    const [from, to] = [actual, target].map((schema) => columnOf(tableOf(schema, name), column)?.type);
    return from === undefined || to === undefined || !isSameBase(from, to) || touched.enums.length > 0;
  });
}

/** Whether the key that the foreign key references is replaced. */
function losesKey({ references }: ForeignKey, changes: readonly Change[]): boolean {
  const isKey = (columns: readonly string[]): boolean =>
    columns.length === references.columns.length &&
    sameNames([...columns].sort(), [...references.columns].sort(), foldName);
  return changes.some((change) => {
    if (!('table' in change) || !sameObject(change.table, references.table, comparison)) return false;
    if (change.kind === 'set-primary-key') return change.from !== undefined && isKey(change.from.columns);
    if (change.kind === 'drop-unique') return isKey(change.unique.columns);
    if (change.kind !== 'drop-index' || !change.index.unique) return false;
    return isKey(change.index.parts.flatMap((part) => ('column' in part ? [part.column] : [])));
  });
}
