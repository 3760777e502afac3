import type { Insertion, Row } from '@dovetail/core/driver';
import { quoteIdentifier, quoteIdentifiers, quoteName } from './ddl/quote.js';

/** The most parameters that a statement can have: their number is a 16-bit integer in the protocol. */
const mostParameters = 65_535;
/** Larger statements are no quicker. */
const mostRows = 1_000;

type Run = (sql: string, parameters: readonly unknown[]) => Promise<readonly Row[]>;

/** Inserts the rows in statements of many; `returning` gives them in the order of `values`. */
export async function insertRows(run: Run, insertion: Insertion): Promise<readonly Row[]> {
  const { columns, rows } = insertion;
  const size = columns.length === 0 ? 1 : Math.min(mostRows, Math.floor(mostParameters / columns.length));
  const wholeBatch = insertStatement(insertion, Math.min(size, rows.length));
  const returned: (readonly Row[])[] = [];
  for (let start = 0; start < rows.length; start += size) {
    const batch = rows.slice(start, start + size);
    const sql = batch.length === size ? wholeBatch : insertStatement(insertion, batch.length);
    returned.push(await run(sql, batch.flat()));
  }
  return returned.flat();
}

function insertStatement({ table, columns, returning }: Insertion, rows: number): string {
  const names = returning.map(({ name }) => quoteIdentifier(name)).join(', ');
  const values =
    columns.length === 0
      ? 'default values'
      : `${quoteIdentifiers(columns)} values ${placeholders(rows, columns.length)}`;
  return `insert into ${quoteName(table)} ${values}${names === '' ? '' : ` returning ${names}`}`;
}

function placeholders(rows: number, columns: number): string {
  const row = (index: number): string =>
    Array.from({ length: columns }, (_, column) => `$${index * columns + column + 1}`).join(', ');
  return Array.from({ length: rows }, (_, index) => `(${row(index)})`).join(', ');
}
