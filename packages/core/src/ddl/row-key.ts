import type { DdlContext } from '../driver.js';
import type { FoldName } from '../model/names.js';
import type { ObjectName, Table } from '../model/schema.js';
import { findTable } from '../model/tables.js';
import { originalColumn } from './original-names.js';
import type { RowsDialect } from './rows.js';

/** A part of what tells a row from the others of its table, as the table is now. */
export interface RowKeyPart {
  /** How a person finds it: the column's name, or what the database calls a row's place. */
  readonly name: string;
  /** What reads it from a row of the table. */
  readonly expression: string;
}

/** The primary key of a table, or another key that is never null, or the row's place; nothing where there is none. */
export function rowKey(name: ObjectName, context: DdlContext, dialect: RowsDialect): readonly RowKeyPart[] {
  const { names, quote } = dialect;
  const table = findTable(context.actual, name, names);
  if (table === undefined) return [];
  const columns = keysOf(table).find((key) => isNeverNull(key, table, names.foldName));
  if (columns === undefined) return dialect.rowPlace?.(table) ?? [];
  return columns.map((column) => {
    const original = originalColumn(name, column, context, names);
    return { name: original, expression: quote(original) };
  });
}

function keysOf({ primaryKey, uniques, indexes }: Table): readonly (readonly string[])[] {
  const uniqueIndexes = indexes.filter(({ unique, where }) => unique && where === undefined);
  return [
    ...(primaryKey === undefined ? [] : [primaryKey.columns]),
    ...uniques.map(({ columns }) => columns),
    ...uniqueIndexes.flatMap(({ parts }) => {
      const columns = parts.flatMap((part) => ('column' in part && part.length === undefined ? [part.column] : []));
      return columns.length === parts.length ? [columns] : [];
    }),
  ];
}

function isNeverNull(key: readonly string[], { columns }: Table, fold: FoldName): boolean {
  return key.every((name) => columns.some((column) => fold(column.name) === fold(name) && !column.nullable));
}
