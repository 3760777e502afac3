import type { ForeignKey, Index, IndexPart, Table } from '@dovetail/core/driver';
import { comparison } from './comparison.js';

/**
 * The table with the indexes that the server makes of itself: one for each foreign key that no index starts with the
 * columns of, under the foreign key's name. One that descends, or has the first characters alone, does not do
 * (refman/9.7/en/create-table-foreign-keys.html).
 */
export function withForeignKeyIndexes(table: Table): Table {
  const missing = table.foreignKeys.flatMap((foreignKey): Index[] => {
    const { name, columns } = foreignKey;
    if (name === undefined || hasIndexFor(foreignKey, table)) return [];
    return [{ name, unique: false, parts: columns.map((column) => ({ column })) }];
  });
  return missing.length === 0 ? table : { ...table, indexes: [...table.indexes, ...missing] };
}

function hasIndexFor({ columns }: ForeignKey, { primaryKey, indexes }: Table): boolean {
  const isKey = columns.every((column, position) => isSame(primaryKey?.columns[position], column));
  return isKey || indexes.some((index) => serves(index, columns));
}

/** Whether an index starts with the columns, whole and ascending. */
function serves({ type, parts }: Index, columns: readonly string[]): boolean {
  return type === undefined && columns.every((column, position) => isWhole(parts[position], column));
}

function isWhole(part: IndexPart | undefined, column: string): boolean {
  if (part === undefined || part.sort === 'desc' || part.length !== undefined) return false;
  return 'column' in part && isSame(part.column, column);
}

function isSame(name: string | undefined, column: string): boolean {
  return name !== undefined && comparison.foldName(name) === comparison.foldName(column);
}
