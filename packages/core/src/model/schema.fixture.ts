import type { Comparison } from '../driver.js';
import {
  type Column,
  emptyTable,
  type ForeignKey,
  type Index,
  type Schema,
  type Table,
  type Trigger,
  type View,
} from './schema.js';

/** A database that folds the case of names and types, and takes expressions that differ in spaces for the same. */
export const comparison: Comparison = {
  foldName: (name) => name.toLowerCase(),
  foldTableName: (name) => name.toLowerCase(),
  sameType: (a, b) => a.toLowerCase() === b.toLowerCase(),
  sameExpression: (a, b) => a.replaceAll(' ', '') === b.replaceAll(' ', ''),
  sameBody: (a, b) => a.replaceAll(' ', '') === b.replaceAll(' ', ''),
  mentions: (expression, column) => expression.split(/\W/).includes(column),
};

export function schema(tables: readonly Table[], views: readonly View[] = []): Schema {
  return { namespaces: [], enums: [], tables, views };
}

/** A table with the integer `id` for its key, and the columns given: integers, where only their names are. */
export function table(
  name: string,
  columns: readonly (Column | string)[] = [],
  stated: Partial<Omit<Table, 'name' | 'columns'>> = {},
): Table {
  return {
    ...emptyTable,
    name,
    columns: [
      column('id', { nullable: false }),
      ...columns.map((item) => (typeof item === 'string' ? column(item) : item)),
    ],
    primaryKey: { columns: ['id'] },
    ...stated,
  };
}

/** A nullable integer column. */
export function column(name: string, stated: Partial<Column> = {}): Column {
  return { name, type: 'integer', nullable: true, ...stated };
}

/** A column that computes from others. */
export function generated(name: string, expression: string, stored = false): Column {
  return column(name, { generated: { expression, stored } });
}

export function index(name: string, columns: readonly string[], stated: Partial<Index> = {}): Index {
  return { name, unique: false, parts: columns.map((item) => ({ column: item })), ...stated };
}

/** A foreign key to the `id` of a table. */
export function foreignKey(columnName: string, target: string, stated: Partial<ForeignKey> = {}): ForeignKey {
  return {
    columns: [columnName],
    references: { table: { name: target }, columns: ['id'] },
    onDelete: 'no action',
    onUpdate: 'no action',
    ...stated,
  };
}

/** A trigger that runs after each new row. */
export function trigger(name: string, body: string, stated: Partial<Trigger> = {}): Trigger {
  return { name, timing: 'after', events: [{ kind: 'insert' }], forEach: 'row', body, ...stated };
}
