import type { Column, Table } from '@dovetail/core/driver';
import { comparison } from './comparison.js';

const { foldName } = comparison;

/**
 * The column that stands for the rowid: the one of type INTEGER that alone is the primary key
 * (sqlite.org/lang_createtable.html#rowid). It holds integers and nothing else.
 */
export function rowidAlias({ primaryKey, columns, options }: Table): Column | undefined {
  const [name, ...others] = primaryKey?.columns ?? [];
  if (name === undefined || others.length > 0 || options.withoutRowid === true) return undefined;
  return columns.find((column) => foldName(column.name) === foldName(name) && foldName(column.type) === 'integer');
}

/** A name of the rowid that no column has, in any of the tables; `undefined` where there is none. */
export function rowidName(tables: readonly Table[]): string | undefined {
  if (tables.some(({ options }) => options.withoutRowid === true)) return undefined;
  const taken = new Set(tables.flatMap(({ columns }) => columns.map(({ name }) => foldName(name))));
  return ['rowid', '_rowid_', 'oid'].find((candidate) => !taken.has(candidate));
}
