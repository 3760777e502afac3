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
