import {
  type AlterTableChange,
  type Column,
  type DdlContext,
  type ForeignKey,
  sameObject,
  type Table,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { isConstant, mentions } from '../lexer.js';

const { foldName } = comparison;

/**
 * Whether SQLite can carry out all of a table's changes where the table stands; else the table is rebuilt, once, for
 * all of them. The limits are those of sqlite.org/lang_altertable.html.
 */
export function canAlterInPlace(table: Table, changes: readonly AlterTableChange[], context: DdlContext): boolean {
  return changes.every((change) => isInPlace(table, change, changes, context));
}

function isInPlace(
  table: Table,
  change: AlterTableChange,
  siblings: readonly AlterTableChange[],
  context: DdlContext,
): boolean {
  switch (change.kind) {
    case 'add-index':
    case 'drop-index':
    case 'rename-index':
    case 'create-trigger':
    case 'drop-trigger':
    case 'add-check':
      return true;
    case 'drop-check':
      return change.check.name !== undefined && isOnlyConstraintNamed(change.check.name, table);
    case 'add-column':
      return canAddColumn(change.column, siblings);
    case 'add-foreign-key':
      return isOfNewColumn(change.foreignKey, siblings);
    case 'drop-column':
      return canDropColumn(change.column, table, context);
    case 'alter-column':
      return change.attributes.every((attribute) => attribute === 'nullable') && !isKey(change.to, table);
    case 'set-primary-key':
    case 'add-unique':
    case 'drop-unique':
    case 'drop-foreign-key':
    case 'add-exclusion':
    case 'drop-exclusion':
    case 'rename-constraint':
    case 'set-table-comment':
    case 'set-table-options':
      return false;
  }
}

function isOnlyConstraintNamed(name: string, table: Table): boolean {
  const names = [
    ...table.checks,
    ...table.foreignKeys,
    ...table.uniques,
    ...(table.primaryKey ? [table.primaryKey] : []),
  ].flatMap((constraint) => (constraint.name === undefined ? [] : [foldName(constraint.name)]));
  return names.filter((other) => other === foldName(name)).length === 1;
}

/**
 * A new column needs a constant default, one that is not null when it is required or none when it is a foreign key,
 * and may be neither a key nor stored.
 */
function canAddColumn(column: Column, siblings: readonly AlterTableChange[]): boolean {
  const isForeignKey = siblings.some(
    (change) => change.kind === 'add-foreign-key' && isKeyOf(change.foreignKey, column),
  );
  const isPrimary = siblings.some(
    (change) => change.kind === 'set-primary-key' && (change.to?.columns ?? []).some(isNamed(column)),
  );
  if (isPrimary || column.autoincrement === true) return false;
  if (column.generated !== undefined) return !column.generated.stored;
  if (column.default === undefined) return column.nullable;
  return isConstant(column.default) && !isForeignKey;
}

function isOfNewColumn(foreignKey: ForeignKey, siblings: readonly AlterTableChange[]): boolean {
  return (
    foreignKey.columns.length === 1 &&
    siblings.some((change) => change.kind === 'add-column' && isKeyOf(foreignKey, change.column))
  );
}

function isKeyOf({ columns }: ForeignKey, column: Column): boolean {
  return columns.some(isNamed(column));
}

function isNamed({ name }: Column): (other: string) => boolean {
  return (other) => foldName(other) === foldName(name);
}

/** A column can go unless a key, a constraint, or an index or generated column that stays depends on it. */
function canDropColumn(column: Column, table: Table, { target }: DdlContext): boolean {
  const remaining = target.tables.find((candidate) => sameObject(candidate, table, foldName)) ?? table;
  const texts = [
    ...remaining.checks.map(({ expression }) => expression),
    ...remaining.columns.flatMap(({ generated }) => (generated === undefined ? [] : [generated.expression])),
  ];
  return (
    !isKey(column, table) &&
    ![...table.uniques, ...table.foreignKeys].some(({ columns }) => columns.some(isNamed(column))) &&
    !texts.some((text) => mentions(text, column.name))
  );
}

function isKey(column: Column, table: Table): boolean {
  return (table.primaryKey?.columns ?? []).some(isNamed(column));
}
