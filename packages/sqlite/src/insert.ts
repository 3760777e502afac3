import type { Insertion, Row } from '@dovetail/core/driver';
import type Database from 'better-sqlite3';
import { quoteIdentifier, quoteIdentifiers } from './ddl/quote.js';
import { narrowIntegers } from './narrow-integers.js';

/**
 * Inserts the rows one after the other with one prepared statement: nothing crosses a network, so this is as quick as
 * statements of many rows, and each row tells its own number.
 */
export function insertRows(database: Database.Database, insertion: Insertion): readonly Row[] {
  const { rows, returning } = insertion;
  const [numbered] = returning;
  if (numbered === undefined) {
    const statement = database.prepare(insertStatement(insertion));
    for (const row of rows) statement.run(row);
    return [];
  }
  // The last rowid is what a column that numbers rows holds (sqlite.org/lang_createtable.html#rowid); to ask for it is
  // quicker than `returning`.
  if (returning.length === 1 && numbered.autoincrement) {
    const statement = database.prepare(insertStatement(insertion));
    return rows.map((row) => ({ [numbered.name]: lastRowid(database, statement.run(row).lastInsertRowid) }));
  }
  const columns = returning.map(({ name }) => quoteIdentifier(name)).join(', ');
  const statement = database
    .prepare<unknown[], Record<string, unknown>>(`${insertStatement(insertion)} returning ${columns}`)
    .safeIntegers();
  return rows.flatMap((row) => statement.all(row).map(narrowIntegers));
}

/** The rowid as a number; where a number can't hold it, it is asked for as a bigint. */
function lastRowid(database: Database.Database, rowid: number | bigint): unknown {
  if (Number.isSafeInteger(rowid)) return rowid;
  return database.prepare('select last_insert_rowid()').pluck().safeIntegers().get();
}

function insertStatement({ table, columns }: Insertion): string {
  const into = `insert into ${quoteIdentifier(table.name)}`;
  if (columns.length === 0) return `${into} default values`;
  return `${into} ${quoteIdentifiers(columns)} values (${columns.map(() => '?').join(', ')})`;
}
