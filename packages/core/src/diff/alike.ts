import type { Comparison } from '../driver.js';
import type { ColumnAttribute } from '../model/change.js';
import { type FoldName, type Names, objectKey, sameNames } from '../model/names.js';
import type { Column, ObjectName, Table } from '../model/schema.js';
import { differingAttributes } from './columns.js';

/** The name that a table is going to have. */
export type NewName = (table: ObjectName) => ObjectName;

/** The name that a column of a table is going to have, as far as it is known; the table is called by its new name. */
export type NewColumnName = (table: ObjectName, column: string) => string;

export interface NewNames {
  readonly table: NewName;
  readonly column: NewColumnName;
}

/** Whether two tables have the same columns, under the same names, and the same key. */
export function alikeTables(a: Table, b: Table, comparison: Comparison): boolean {
  const { foldName: fold } = comparison;
  if (a.columns.length !== b.columns.length) return false;
  if (!sameNames(a.primaryKey?.columns ?? [], b.primaryKey?.columns ?? [], fold)) return false;
  const columns = new Map(a.columns.map((column) => [fold(column.name), column]));
  return b.columns.every((column) => {
    const other = columns.get(fold(column.name));
    return other !== undefined && differingAttributes(other, column, comparison).length === 0;
  });
}

/** Whether two columns have the same definition, and are the same to their tables. */
export function alikeColumns(
  [table, column]: readonly [Table, Column],
  [otherTable, other]: readonly [Table, Column],
  newNames: NewNames,
  comparison: Comparison,
): boolean {
  // A generated column holds nothing of its own, so dropping and adding one loses nothing and needs no guess.
  if (column.generated !== undefined) return false;
  if (roleOf(table, column, comparison, newNames.table) !== roleOf(otherTable, other, comparison)) return false;
  const differing = differingAttributes(column, other, comparison);
  if (differing.length === 0) return true;
  const keys = keysOf(table, column, comparison, newNames);
  return (
    differing.every((attribute) => ofKey.has(attribute)) &&
    keys.length > 0 &&
    sameNames(keys, keysOf(otherTable, other, comparison), (key) => key)
  );
}

/** What a column has of the key that it references, and gets anew with it. */
const ofKey: ReadonlySet<ColumnAttribute> = new Set<ColumnAttribute>(['type', 'charset', 'collation']);

/** One text for a column of a table, in whatever case its names are written. */
export function columnKey(table: ObjectName, column: string, names: Names): string {
  return JSON.stringify([objectKey(table, names), names.foldName(column)]);
}

/** The columns of other tables that a column references, by their new names. */
function keysOf(table: Table, { name }: Column, names: Names, newNames?: NewNames): readonly string[] {
  const { foldName: fold } = names;
  return table.foreignKeys
    .flatMap(({ columns, references }): string[] => {
      const key = references.columns[columns.findIndex((column) => fold(column) === fold(name))];
      if (key === undefined) return [];
      const target = newNames?.table(references.table) ?? references.table;
      return [columnKey(target, newNames?.column(target, key) ?? key, names)];
    })
    .sort();
}

/**
 * Whether two tables join the same others, of which at least one is renamed: a pivot table is called after the tables
 * that it joins, and so are its columns.
 */
export function alikePivots(a: Table, b: Table, newName: NewName, comparison: Comparison): boolean {
  const { foldName: fold } = comparison;
  if (!isPivot(a, fold) || !isPivot(b, fold) || a.columns.length !== b.columns.length) return false;
  const follows = a.foreignKeys.some(
    ({ references: { table } }) => objectKey(newName(table), comparison) !== objectKey(table, comparison),
  );
  const free = new Set(b.columns);
  const isPaired = (column: Column): boolean => {
    const partner = [...free].find((other) =>
      alikeColumns([a, column], [b, other], { table: newName, column: (_, name) => name }, comparison),
    );
    return partner !== undefined && free.delete(partner);
  };
  return follows && a.columns.every(isPaired);
}

/** A table that joins others: two foreign keys at least, and nothing else but perhaps a number. */
function isPivot({ columns, foreignKeys }: Table, fold: FoldName): boolean {
  const referencing = new Set(foreignKeys.flatMap((foreignKey) => foreignKey.columns.map(fold)));
  const others = columns.filter(({ name }) => !referencing.has(fold(name)));
  return foreignKeys.length > 1 && others.length <= 1 && others.every(({ autoincrement }) => autoincrement === true);
}

/** What a column is to its table besides a value: part of its key, a reference to others, by their new names. */
function roleOf(table: Table, { name }: Column, names: Names, newName: NewName = (other) => other): string {
  const { foldName: fold } = names;
  const holds = (columns: readonly string[]): boolean => columns.some((column) => fold(column) === fold(name));
  const targets = table.foreignKeys
    .filter(({ columns }) => holds(columns))
    .map(({ references }) => objectKey(newName(references.table), names));
  return JSON.stringify([holds(table.primaryKey?.columns ?? []), targets.sort()]);
}
