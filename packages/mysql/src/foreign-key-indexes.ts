import { type ForeignKey, type Index, type Table } from '@dovetail/core/driver';
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
  return [primaryKey?.columns ?? [], ...indexes.map(ascendingColumns)].some((indexed) =>
    columns.every((column, position) => comparison.foldName(indexed[position] ?? '') === comparison.foldName(column)),
  );
}

/** The columns that an index starts with, as far as they are whole and ascend. */
function ascendingColumns({ type, parts }: Index): readonly string[] {
  if (type !== undefined) return [];
  const end = parts.findIndex((part) => !('column' in part) || part.sort === 'desc' || part.length !== undefined);
  return parts.slice(0, end === -1 ? parts.length : end).flatMap((part) => ('column' in part ? part.column : []));
}
