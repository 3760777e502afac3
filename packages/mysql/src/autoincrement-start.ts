import { type Connection, objectKey, type Table } from '@dovetail/core/driver';
import { comparison } from './comparison.js';
import { quoteString } from './ddl/quote.js';

/** Leaves out each start that the numbering of its table has reached: only one that is ahead of it asks for a change. */
export async function withoutReachedStarts(
  connection: Connection,
  tables: readonly Table[],
  existing: ReadonlyMap<string, Table>,
): Promise<readonly Table[]> {
  const asking = tables.filter((table) => table.options.autoincrementStart !== undefined && existing.has(keyOf(table)));
  if (asking.length === 0) return tables;
  const next = await nextNumbers(connection, asking);
  return tables.map((table) => {
    const { autoincrementStart: start = 0 } = table.options;
    const isReached = asking.includes(table) && start <= (next.get(keyOf(table)) ?? 0);
    return isReached ? { ...table, options: { ...table.options, autoincrementStart: undefined } } : table;
  });
}

/** The session has them from the storage engine, not from statistics (refman/9.7/en/information-schema-optimization.html). */
async function nextNumbers(connection: Connection, tables: readonly Table[]): Promise<ReadonlyMap<string, number>> {
  const schemas = new Set(tables.map(({ schema }) => (schema === undefined ? 'database()' : quoteString(schema))));
  const rows = await connection.query(
    `select nullif(table_schema, database()) as other, table_name as name, auto_increment as next
from information_schema.tables where table_schema in (${[...schemas].join(', ')}) and auto_increment is not null`,
  );
  return new Map(
    rows.map(({ other, name, next }) => [
      keyOf({ name: String(name), ...(typeof other === 'string' && { schema: other }) }),
      Number(next),
    ]),
  );
}

function keyOf(name: Pick<Table, 'schema' | 'name'>): string {
  return objectKey(name, comparison.foldName);
}
