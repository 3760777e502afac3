import {
  type AlterTableChange,
  type Column,
  type DdlContext,
  findTable,
  type ForeignKey,
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

/** Whether the column is one of the foreign key's own. */
export function isKeyOf({ columns }: Pick<ForeignKey, 'columns'>, column: Column): boolean {
  return columns.some((name) => foldName(name) === foldName(column.name));
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
    case 'fill-column':
    case 'create-trigger':
    case 'drop-trigger':
      return true;
    // A check that is null for a row holds (sqlite.org/lang_createtable.html#check_constraints), but ADD CONSTRAINT
    // refuses a table with such a row.
    case 'add-check':
      return false;
    case 'drop-check':
      return change.check.name !== undefined && isOnlyConstraintNamed(change.check.name, table);
    case 'add-column':
      return canAddColumn(change.column, siblings);
    case 'add-foreign-key':
      return isOfNewColumn(change.foreignKey, siblings);
    case 'drop-column':
      return canDropColumn(change.column, table, siblings, context);
    case 'alter-column':
      return change.attributes.every((attribute) => attribute === 'nullable') && !isPrimary(change.to, table);
    case 'rename-index':
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
  const { checks, foreignKeys, uniques, primaryKey } = table;
  const constraints = [...checks, ...foreignKeys, ...uniques, ...(primaryKey ? [primaryKey] : [])];
  return constraints.filter((constraint) => foldName(constraint.name ?? '') === foldName(name)).length === 1;
}

/**
 * A new column needs a constant default, one that is not null when it is required or none when it is a foreign key, and
 * may be neither a key nor stored. A generated one computes from columns that are there already.
 */
function canAddColumn(column: Column, siblings: readonly AlterTableChange[]): boolean {
  const { generated, default: value, nullable, autoincrement } = column;
  const isForeignKey = siblings.some(
    (change) => change.kind === 'add-foreign-key' && isKeyOf(change.foreignKey, column),
  );
  const isNewKey = siblings.some(
    (change) => change.kind === 'set-primary-key' && change.to && isKeyOf(change.to, column),
  );
  if (isNewKey || autoincrement === true) return false;
  if (generated !== undefined) return !generated.stored && !computesFrom(generated.expression, column, siblings);
  if (value === undefined) return nullable;
  return isConstant(value) && !isForeignKey && (nullable || value.toLowerCase() !== 'null');
}

/** Whether the expression of a generated column mentions another one that comes or goes with it. */
function computesFrom(expression: string, column: Column, siblings: readonly AlterTableChange[]): boolean {
  return siblings.some(
    (change) =>
      (change.kind === 'add-column' || change.kind === 'drop-column') &&
      change.column.name !== column.name &&
      change.column.generated !== undefined &&
      mentions(expression, change.column.name),
  );
}

function isOfNewColumn(foreignKey: ForeignKey, siblings: readonly AlterTableChange[]): boolean {
  return (
    foreignKey.columns.length === 1 &&
    siblings.some((change) => change.kind === 'add-column' && isKeyOf(foreignKey, change.column))
  );
}

/** A column can go unless a key, a constraint or a generated column that stays depends on it. */
function canDropColumn(
  column: Column,
  table: Table,
  siblings: readonly AlterTableChange[],
  { target }: DdlContext,
): boolean {
  const remaining = findTable(target, table, comparison) ?? table;
  const texts = [
    ...remaining.checks.map(({ expression }) => expression),
    ...remaining.columns.flatMap(({ generated }) => (generated === undefined ? [] : [generated.expression])),
  ];
  return (
    !isPrimary(column, table) &&
    ![...table.uniques, ...table.foreignKeys].some((constraint) => isKeyOf(constraint, column)) &&
    !texts.some((text) => mentions(text, column.name)) &&
    (column.generated === undefined || !computesFrom(column.generated.expression, column, siblings))
  );
}

function isPrimary(column: Column, { primaryKey }: Table): boolean {
  return primaryKey !== undefined && isKeyOf(primaryKey, column);
}
