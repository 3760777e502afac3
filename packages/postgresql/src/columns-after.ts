import { type Column, findTable, type PlannedUpdate, sameObject, type Schema, type Table } from '@dovetail/core/driver';
import { comparison } from './comparison.js';

/**
 * The columns that a table has after an update, in their order: a view that takes all of them is expanded by PostgreSQL
 * when it is made (postgresql.org/docs/current/sql-createview.html), and takes those as well that no entity has and the
 * update leaves where they are.
 */
export function columnsAfter(table: Table, actual: Schema, { shrinking }: PlannedUpdate): readonly Column[] {
  const existing = findTable(actual, table, comparison)?.columns ?? [];
  const dropped = shrinking.find((other) => sameObject(other, table, comparison))?.dropped ?? [];
  const wanted = new Map(table.columns.map((column) => [column.name, column]));
  const kept = existing.filter(({ name }) => !wanted.has(name) && !dropped.includes(name));
  if (kept.length === 0) return table.columns;
  const before = existing.flatMap((column) => wanted.get(column.name) ?? (kept.includes(column) ? bare(column) : []));
  const added = table.columns.filter(({ name }) => !existing.some((column) => column.name === name));
  return [...before, ...added];
}

/** As much of a column as a view sees. */
function bare({ name, type, collation }: Column): Column {
  return { name, type, collation, nullable: true };
}
