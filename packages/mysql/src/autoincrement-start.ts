import { type Connection, objectKey, type ObjectName, spelled, type Table } from '@dovetail/core/driver';
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
  const nameInDatabase = (table: Table): ObjectName => formerNames.get(existing.get(keyOf(table)) ?? table) ?? table;
  const next = await nextNumbers(connection, asking.map(nameInDatabase));
  return tables.map((table) => {
    const { autoincrementStart: start = 0 } = table.options;
    const isReached = asking.includes(table) && start <= (next.get(keyOf(nameInDatabase(table))) ?? 0);
    return isReached ? { ...table, options: { ...table.options, autoincrementStart: undefined } } : table;
  });
}

/** The session has them from the storage engine, not from statistics (refman/9.7/en/information-schema-optimization.html). */
async function nextNumbers(
  connection: Connection,
  tables: readonly ObjectName[],
): Promise<ReadonlyMap<string, number>> {
  const schemas = new Set(tables.map(({ schema }) => (schema === undefined ? 'database()' : quoteString(schema))));
  const rows = await connection.query(
    `select nullif(table_schema, database()) as other, table_name as name, auto_increment as next
from information_schema.tables where table_schema in (${[...schemas].join(', ')}) and auto_increment is not null`,
  );
  return new Map(
    rows.map(({ other, name, next }) => [
      keyOf({
        name: spelled(String(name), connection),
        ...(typeof other === 'string' && { schema: spelled(other, connection) }),
      }),
      Number(next),
    ]),
  );
}

/** What the database still calls the tables that an update is going to rename. */
const formerNames = new WeakMap<Table, ObjectName>();

/** Has the tables known by the names that they had before their renames, of two lists in one order. */
export function rememberFormerNames(before: readonly Table[], renamed: readonly Table[]): void {
  before.forEach((table, position) => {
    const now = renamed[position];
    if (now !== undefined && keyOf(now) !== keyOf(table)) formerNames.set(now, table);
  });
}

function keyOf(name: ObjectName): string {
  return objectKey(name, comparison);
}
