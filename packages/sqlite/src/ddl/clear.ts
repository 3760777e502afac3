import type { Table } from '@dovetail/core/driver';
import { quoteIdentifier, quoteString } from './quote.js';

/**
 * Empties tables; those with AUTOINCREMENT start at 1 again. Tables with triggers come first, for what a trigger writes
 * into others has to go as well.
 */
export function clearStatements(tables: readonly Table[]): string[] {
  const [active, quiet] = [tables.filter(hasTriggers), tables.filter((table) => !hasTriggers(table))];
  return [...active, ...quiet].flatMap((table) => [
    `delete from ${quoteIdentifier(table.name)}`,
    ...(table.columns.some(({ autoincrement }) => autoincrement === true)
      ? [`delete from sqlite_sequence where name = ${quoteString(table.name)}`]
      : []),
  ]);
}

function hasTriggers({ triggers }: Table): boolean {
  return triggers.length > 0;
}
