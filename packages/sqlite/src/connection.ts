import {
  type Connection,
  type ConnectionOptions,
  DovetailError,
  type OptionNames,
  type Row,
} from '@dovetail/core/driver';
import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { checkFolder, isInMemory } from './database-file.js';
import { insertRows } from './insert.js';
import { narrowIntegers } from './narrow-integers.js';

/** What `Dovetail.init` takes to reach a SQLite database. */
export interface SqliteConnectionOptions extends ConnectionOptions {
  /** The path of the file, relative to the working folder; `:memory:` for a database that lives as long as its connection. */
  readonly dbName: string;
  /** Opens the file for reading alone. The default is false. */
  readonly readonly?: boolean;
  /** How long a statement waits for another connection to finish, in milliseconds. The default is 5,000. */
  readonly busyTimeout?: number;
}

export const connectionOptions: OptionNames<SqliteConnectionOptions> = {
  dbName: true,
  readonly: true,
  busyTimeout: true,
};

/**
 * Opens the database, which must exist unless it is `:memory:`.
 *
 * @throws DovetailError with the code `connection-failed` where the file is missing, cannot be read or is no SQLite
 * database, `database-busy` where another connection has it locked, `invalid-configuration` where there is no path.
 *
 * @example
 * const connection = await connect({ dbName: 'music.db' });
 * const rows = await connection.query('select count(*) as tracks from track');
 */
export async function connect(options: SqliteConnectionOptions): Promise<Connection> {
  checkFolder(options.dbName);
  const database = open(options);
  return {
    serverVersion: versionOf(database),
    query: async (sql, parameters = []) => run(database, sql, parameters),
    execute: async (sql, parameters = []) => void run(database, sql, parameters),
    placeholder: () => '?',
    insert: async (insertion) => reportingReadonly(database, () => insertRows(database, insertion)),
    close: async () => void database.close(),
  };
}

function open({ dbName, readonly = false, busyTimeout = 5_000 }: SqliteConnectionOptions): Database.Database {
  let database: Database.Database | undefined;
  try {
    database = new Database(dbName, { readonly, timeout: busyTimeout, fileMustExist: !isInMemory(dbName) });
    // SQLite does not look into the file before its first query.
    database.prepare('select count(*) from sqlite_schema').get();
    return database;
  } catch (error) {
    database?.close();
    throw describeOpening(dbName, error);
  }
}

function versionOf(database: Database.Database): string {
  return String(database.prepare('select sqlite_version()').pluck().get());
}

function run(database: Database.Database, sql: string, parameters: readonly unknown[]): readonly Row[] {
  return reportingReadonly(database, () => {
    const statement = database.prepare<unknown[], Record<string, unknown>>(sql);
    if (!statement.reader) {
      statement.run(...parameters);
      return [];
    }
    return statement
      .safeIntegers()
      .all(...parameters)
      .map(narrowIntegers);
  });
}

function reportingReadonly<Result>(database: Database.Database, body: () => Result): Result {
  try {
    return body();
  } catch (error) {
    throw isReadonly(error) ? readonlyError(database.name, error) : error;
  }
}

function describeOpening(dbName: string, cause: unknown): unknown {
  if (isUnbuilt(cause)) return unbuiltError(cause);
  switch (codeOf(cause)) {
    case 'SQLITE_NOTADB':
      return connectionFailed(dbName, 'is not a SQLite database', 'Give the path of another file.', cause);
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_CANTOPEN_ISDIR':
      return existsSync(dbName)
        ? connectionFailed(dbName, 'is a folder, or may not be read', 'Check the path and its permissions.', cause)
        : missingDatabase(dbName, cause);
    case 'SQLITE_CORRUPT':
      return connectionFailed(dbName, 'is damaged', 'Restore it from a backup, or try "sqlite3 file .recover".', cause);
    case 'SQLITE_BUSY':
      return new DovetailError(
        'database-busy',
        'Cannot open the database.',
        [{ where: dbName, what: 'is locked by another connection', remedy: 'Try again when it has finished.' }],
        { cause },
      );
    default:
      return isReadonly(cause) ? readonlyError(dbName, cause) : connectionFailed(dbName, String(cause), '', cause);
  }
}

function missingDatabase(where: string, cause: unknown): DovetailError {
  return new DovetailError(
    'connection-failed',
    'Cannot open the database.',
    [
      {
        where,
        what: 'does not exist',
        remedy: 'Create it with ensureDatabase, or check the path.',
        code: 'missing-database',
      },
    ],
    { cause },
  );
}

function connectionFailed(where: string, what: string, remedy: string, cause: unknown): DovetailError {
  return new DovetailError('connection-failed', 'Cannot open the database.', [{ where, what, remedy }], { cause });
}

/** The native part of the driver was not built, or for another version of Node.js. */
function isUnbuilt(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return code === 'ERR_DLOPEN_FAILED' || error.message.startsWith('Could not locate the bindings file');
}

function unbuiltError(cause: unknown): DovetailError {
  const problem = {
    where: 'better-sqlite3',
    what: `has no native part that was built for this Node.js, ${process.version}`,
    remedy:
      'Run "npm rebuild better-sqlite3", or "pnpm approve-builds" where pnpm has not built it; it may need a compiler: ' +
      'see its troubleshooting guide.',
  };
  return new DovetailError('invalid-configuration', 'The driver of SQLite cannot be loaded.', [problem], { cause });
}

function readonlyError(where: string, cause: unknown): DovetailError {
  const problem = {
    where,
    what: 'is read-only',
    remedy: 'Make the file and its folder writable, or open it without `readonly`.',
  };
  return new DovetailError('statement-failed', 'Cannot write to the database.', [problem], { cause });
}

function isReadonly(error: unknown): boolean {
  return codeOf(error)?.startsWith('SQLITE_READONLY') ?? false;
}

/** SQLite's name of what went wrong (sqlite.org/rescode.html). */
function codeOf(error: unknown): string | undefined {
  return error instanceof Database.SqliteError ? error.code : undefined;
}
