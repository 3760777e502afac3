import {
  type AlterTableChange,
  type Change,
  type ChangeGroup,
  type Column,
  type DdlContext,
  type ForeignKey,
  isAlterTableChange,
  nameOf,
  sameObject,
  type Table,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { canAlterInPlace } from './in-place.js';

const { foldName } = comparison;

/** One rebuild for all changes of a table that can't be altered in place; each other change by itself. */
export function groupChanges(changes: readonly Change[], context: DdlContext): ChangeGroup[] {
  const altering = changes.filter(isAlterTableChange);
  return [
    ...changes.filter((change) => !isAlterTableChange(change)).map((change): ChangeGroup => ({ changes: [change] })),
    ...context.actual.tables.flatMap((table) =>
      groupTable(
        table,
        altering.filter((change) => sameObject(change.table, table, foldName)),
        context,
      ),
    ),
  ];
}

function groupTable(table: Table, changes: readonly AlterTableChange[], context: DdlContext): ChangeGroup[] {
  if (changes.length === 0) return [];
  if (canAlterInPlace(table, changes, context)) return groupInPlace(changes);

  const apart = changes.filter(isApart);
  const rebuilt = changes.filter((change) => !isApart(change));
  return [
    { changes: rebuilt, rebuilds: nameOf(table) },
    ...apart.map((change): ChangeGroup => ({ changes: [change] })),
  ];
}

/** Indexes and triggers that come or go stand apart from the rebuild, for their names are of the whole database. */
function isApart({ kind }: AlterTableChange): boolean {
  return kind === 'add-index' || kind === 'drop-index' || kind === 'create-trigger' || kind === 'drop-trigger';
}

/** A foreign key can only come together with its new column. */
function groupInPlace(changes: readonly AlterTableChange[]): ChangeGroup[] {
  return changes.flatMap((change): ChangeGroup[] => {
    if (change.kind === 'add-foreign-key') return [];
    if (change.kind !== 'add-column') return [{ changes: [change] }];
    return [{ changes: [change, ...changes.filter((other) => isForeignKeyOf(change.column, other))] }];
  });
}

function isForeignKeyOf(column: Column, change: AlterTableChange): boolean {
  return change.kind === 'add-foreign-key' && isKeyOf(change.foreignKey, column);
}

export function isKeyOf({ columns }: ForeignKey, column: Column): boolean {
  return columns.some((name) => foldName(name) === foldName(column.name));
}
