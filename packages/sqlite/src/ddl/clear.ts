import type { Table } from '@dovetail/core/driver';
import { quoteIdentifier, quoteString } from './quote.js';

/** Empties tables; those with AUTOINCREMENT start at 1 again. */
export function clearStatements(tables: readonly Table[]): string[] {
  return tables.flatMap((table) => [
    `delete from ${quoteIdentifier(table.name)}`,
    ...(table.columns.some(({ autoincrement }) => autoincrement === true)
      ? [`delete from sqlite_sequence where name = ${quoteString(table.name)}`]
      : []),
  ]);
}
