import { displayName, DovetailError, type Insertion, type ObjectName, type Row } from '@dovetail/core/driver';
import type { Connection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { quoteIdentifier } from './ddl/quote.js';

const mostRows = 1_000;
/** Well below the largest packet that servers take by default, 16 MiB (mariadb.com/kb/en/server-system-variables). */
const mostCharacters = 2 ** 21;

/**
 * Inserts the rows in statements of many. The numbers of one statement's rows follow each other, for it is known before
 * how many it inserts (refman/9.7/en/innodb-auto-increment-handling.html, "simple inserts").
 */
export async function insertRows(server: Connection, insertion: Insertion): Promise<readonly Row[]> {
  const numbered = numberedColumn(insertion);
  const step = numbered === undefined ? 1 : await stepOf(server);
  const sql = insertStatement(insertion);
  const numbers: Row[] = [];
  for (const rows of batches(insertion.rows)) {
    const [{ insertId }] = await server.query<ResultSetHeader>(sql, [rows]);
    if (numbered !== undefined) rows.forEach((_, index) => numbers.push({ [numbered]: insertId + index * step }));
  }
  return numbers;
}

function insertStatement({ table, columns }: Insertion): string {
  // mysql2 writes a list of lists as rows; without columns these are `()`, a row of defaults.
  return `insert into ${nameOf(table)} (${columns.map(quoteIdentifier).join(', ')}) values ?`;
}

function nameOf({ schema, name }: ObjectName): string {
  return schema === undefined ? quoteIdentifier(name) : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

function numberedColumn({ table, returning }: Insertion): string | undefined {
  const [column, ...others] = returning;
  if (column === undefined) return undefined;
  if (column.autoincrement && others.length === 0) return column.name;
  const names = returning.map(({ name }) => name).join(', ');
  throw new DovetailError('unsupported-feature', 'The server does not say which keys it made:', [
    {
      where: displayName(table),
      what: `the rows have no value for ${names}, and only the number of a row can be known after its insert`,
      remedy: 'Give each row its key: `randomUUID()` of node:crypto.',
    },
  ]);
}

async function stepOf(server: Connection): Promise<number> {
  const [[row]] = await server.query<RowDataPacket[]>('select @@session.auto_increment_increment as step');
  return Number(row?.step);
}

function* batches(rows: Insertion['rows']): Generator<Insertion['rows']> {
  let start = 0;
  let size = 0;
  for (const [index, row] of rows.entries()) {
    const added = row.reduce<number>((sum, value) => sum + sizeOf(value), 0);
    if (index > start && (index - start === mostRows || size + added > mostCharacters)) {
      yield rows.slice(start, index);
      start = index;
      size = 0;
    }
    size += added;
  }
  yield rows.slice(start);
}

/** What the value takes in the statement, roughly. */
function sizeOf(value: unknown): number {
  return typeof value === 'string' || value instanceof Uint8Array ? value.length : 8;
}
