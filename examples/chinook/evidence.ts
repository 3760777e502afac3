import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';

/** What a table holds, taken down so that it can be compared with what it holds later. */
export interface Evidence {
  readonly table: string;
  readonly rows: number;
  readonly checksums: ReadonlyMap<string, bigint>;
}

export interface Comparison {
  readonly table: string;
  readonly rowsBefore: number;
  readonly rowsAfter: number;
  readonly columns: number;
  /** The columns, by their names of before, whose values are not the same. */
  readonly changedColumns: readonly string[];
}

export function takeEvidence(file: string): readonly Evidence[] {
  return withDatabase(file, (database) => {
    const tables = read(database, `select name from sqlite_schema where type = 'table' and name <> 'sqlite_sequence'`);
    return tables.map((table) => {
      const columns = read(database, `select name from pragma_table_info('${table}')`);
      const checksums = new Map(columns.map((column) => [column, checksum(database, table, column)]));
      return { table, rows: countRows(database, table), checksums };
    });
  });
}

/**
 * Compares what was found before with what the file holds now.
 *
 * @param nameNow what a column of before is called now
 */
export function compareEvidence(
  before: readonly Evidence[],
  file: string,
  nameNow: (table: string, column: string) => string,
): readonly Comparison[] {
  return withDatabase(file, (database) =>
    before.map(({ table, rows, checksums }) => ({
      table,
      rowsBefore: rows,
      rowsAfter: countRows(database, table),
      columns: checksums.size,
      changedColumns: [...checksums]
        .filter(([column, sum]) => sum !== checksum(database, table, nameNow(table, column)))
        .map(([column]) => column),
    })),
  );
}

/**
 * The sum, in 64 bits, of one hash a row: of its primary key and its value in this column, both with their storage
 * class (`quote` writes 1, 1.0 and '1' differently). The order of the rows doesn't matter; a value that is changed, lost
 * or found in another row does.
 */
function checksum(database: Database.Database, table: string, column: string): bigint {
  const keys = read(database, `select name from pragma_table_info('${table}') where pk > 0 order by pk`);
  const parts = [...keys, column].map((name) => `quote("${name}")`).join(` || ' ' || `);
  return read(database, `select ${parts} from "${table}"`)
    .map((text) => createHash('sha256').update(text).digest().readBigUInt64BE())
    .reduce((sum, hash) => BigInt.asUintN(64, sum + hash), 0n);
}

function countRows(database: Database.Database, table: string): number {
  return database.prepare<[], number>(`select count(*) from "${table}"`).pluck().get() ?? 0;
}

function read(database: Database.Database, sql: string): readonly string[] {
  return database.prepare<[], string>(sql).pluck().all();
}

function withDatabase<Result>(file: string, use: (database: Database.Database) => Result): Result {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return use(database);
  } finally {
    database.close();
  }
}
