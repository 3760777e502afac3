import {
  certificateRemedy,
  type Connection,
  type ConnectionOptions,
  DovetailError,
  isOfCertificate,
  isRow,
  lockNotGiven,
  messageOf,
  notPermitted,
  type OptionNames,
  type Problem,
  ranTooLong,
  type Row,
} from '@dovetail/core/driver';
import {
  createConnection,
  type Connection as ServerConnection,
  type ConnectionOptions as ServerOptions,
  type TypeCast,
} from 'mysql2/promise';
import { lockHolders } from './lock-holders.js';
import { insertRows } from './insert.js';
import { statementProgress } from './statement-progress.js';
import { tableNameCase } from './table-spelling.js';

/** What `Dovetail.init` takes to reach a MySQL or MariaDB database. */
export interface MysqlConnectionOptions extends ConnectionOptions {
  /** The name of the database. */
  readonly dbName: string;
  /** Where the server is, `mysql://user:password@host:3306`; what is stated besides it wins. */
  readonly url?: string;
  /** The default is `localhost`. */
  readonly host?: string;
  /** The default is 3306. */
  readonly port?: number;
  /** Who connects. The default is the user of the URL. */
  readonly user?: string;
  /** The password of the user. The default is that of the URL, or none. */
  readonly password?: string;
  /** The path of the server's socket, instead of a host and port. */
  readonly socketPath?: string;
  /** How the connection is encrypted, as mysql2 takes it. */
  readonly ssl?: ServerOptions['ssl'];
  /** The character set that `ensureDatabase` gives to a new database. The default is `utf8mb4`. */
  readonly charset?: string;
  /** The collation that `ensureDatabase` gives to a new database. The default is that of the character set. */
  readonly collation?: string;
}

export const connectionOptions: OptionNames<MysqlConnectionOptions> = {
  dbName: true,
  url: true,
  host: true,
  port: true,
  user: true,
  password: true,
  socketPath: true,
  ssl: true,
  charset: true,
  collation: true,
};

/**
 * What every session is set to, so that entities mean the same whatever the server's `sql_mode` is: strict, which refuses
 * a value that does not fit instead of changing it; a backslash escapes, and double quotes enclose strings. Dates with
 * zeros stay allowed, for a table that holds some could not be altered otherwise (refman/9.7/en/sql-mode.html). What MySQL
 * tells of the rows of a table is of now; MariaDB has no such setting, and reads over it
 * (mariadb.com/kb/en/comment-syntax). What functions make has the collation of the connection, and a literal in the catalog's
 * words (`_utf8mb4'x'`) the default one of its character set, which `set names` chooses: mysql2 has one of its own.
 */
const session = `set names utf8mb4, session sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
  session sql_quote_show_create = on, session time_zone = '+00:00'
  /*!80000 , session information_schema_stats_expiry = 0 */`;

/**
 * Opens the database, which must exist.
 *
 * @throws DovetailError with the code `connection-failed`, without the password in it.
 */
export async function connect(options: MysqlConnectionOptions): Promise<Connection> {
  return connectServer(options, options.dbName);
}

/** Opens a connection to the server, without a database unless one is named. */
export async function connectServer(options: MysqlConnectionOptions, database?: string): Promise<Connection> {
  const server = await open(options, database);
  const advising = async <Result>(send: () => Promise<Result>): Promise<Result> => {
    try {
      return await send();
    } catch (error) {
      throw await withAdvice(error, server.threadId, options);
    }
  };
  const query = async (sql: string, parameters: readonly unknown[] = []): Promise<readonly Row[]> =>
    advising(async () => {
      const [result] = await server.query({ sql, values: [...parameters], typeCast });
      return rowsOf(result);
    });
  await query(session);
  const [settings] = await query('select version() as version, @@lower_case_table_names as lower_case_table_names');
  return {
    serverVersion: String(settings?.version),
    tableNameCase: tableNameCase(settings?.lower_case_table_names),
    query,
    execute: async (sql, parameters) => {
      await query(sql, parameters);
    },
    cancel: () =>
      beside(options, async (other) => {
        await other(`kill query ${server.threadId}`);
      }),
    progress: () => beside(options, (other) => statementProgress(other, server.threadId)),
    placeholder: () => '?',
    insert: (insertion) => advising(() => insertRows(server, insertion)),
    close: () => server.end(),
  };
}

/** What the server says of a statement, with what to do about it where that is known. */
async function withAdvice(error: unknown, thread: number, options: MysqlConnectionOptions): Promise<unknown> {
  if (isLost(error)) return connectionLost(error);
  const code = codeOf(error) ?? '';
  if (code === 'ER_LOCK_WAIT_TIMEOUT') return lockError(error, thread, options);
  if (deniedCodes.includes(code)) return notPermitted(error);
  return hasRunTooLong(error) ? ranTooLong(error, timeoutSettings) : error;
}

/** What the user may not do (dev.mysql.com/doc/mysql-errors/9.7/en/server-error-reference.html). */
const deniedCodes: readonly string[] = [
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_COLUMNACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_SPECIFIC_ACCESS_DENIED_ERROR',
  'ER_PROCACCESS_DENIED_ERROR',
];

/** `ER_QUERY_TIMEOUT` of MySQL and `ER_STATEMENT_TIMEOUT` of MariaDB, whose errors mysql2 has no names for. */
const timeoutNumbers: readonly unknown[] = [3024, 1969];
const timeoutSettings = 'max_execution_time of MySQL, max_statement_time of MariaDB';

function hasRunTooLong(error: unknown): boolean {
  return error instanceof Error && 'errno' in error && timeoutNumbers.includes(error.errno);
}

/** An update sets the second one to the first; what else is run waits as long as the session says. */
const lockSettings = 'lockTimeout, or innodb_lock_wait_timeout where no update runs';

/** Runs `body` on a connection of its own, for what a session can't do for itself while a statement of it runs. */
async function beside<Result>(
  options: MysqlConnectionOptions,
  body: (query: Connection['query']) => Promise<Result>,
): Promise<Result> {
  const server = await open(options, undefined);
  try {
    return await body(async (sql, parameters = []) => {
      const [result] = await server.query({ sql, values: [...parameters] });
      return rowsOf(result);
    });
  } finally {
    await server.end();
  }
}

/** A lock was not given in time: to whom it was given before can be asked now. */
async function lockError(cause: unknown, thread: number, options: MysqlConnectionOptions): Promise<DovetailError> {
  const holders = await beside(options, (query) => lockHolders(query, options.dbName, thread)).catch(() => []);
  return lockNotGiven(cause, holders, lockSettings);
}

/** The columns in which the server shows statements, of names and of expressions in whatever characters they have. */
const statements: ReadonlySet<string> = new Set(['Create Table', 'Create View', 'Statement']);

/** Statements come as they are stored, of the character set utf8mb3 by name alone: see `readUnconverted`. */
const typeCast: TypeCast = (field, next) => (statements.has(field.name) ? field.string('utf8') : next());

/** Several statements give their rows as one list: `show create table` names its table in each. */
function rowsOf(result: unknown): readonly Row[] {
  if (!Array.isArray(result)) return [];
  return result.flatMap((item: unknown) => (Array.isArray(item) ? item.filter(isRow) : isRowOfOne(item)));
}

function isRowOfOne(item: unknown): Row[] {
  return isRow(item) && !isHeader(item) ? [item] : [];
}

/** What mysql2 gives for a statement without rows, beside those of others. */
function isHeader(row: Row): boolean {
  return row.constructor.name === 'ResultSetHeader';
}

async function open(options: MysqlConnectionOptions, database: string | undefined): Promise<ServerConnection> {
  const { url, host, port, user, password, socketPath, ssl } = options;
  if (url !== undefined) rejectOtherUrl(url);
  const stated = Object.entries({ uri: url, host, port, user, password, socketPath, ssl, database });
  try {
    const connection = await createConnection({
      ...Object.fromEntries(stated.filter(([, value]) => value !== undefined)),
      charset: 'utf8mb4',
      dateStrings: true,
      supportBigNumbers: true,
      // Introspection and scratch tables send their statements in batches; nothing else holds several.
      multipleStatements: true,
    });
    // A connection that is lost while nothing runs must not end the process; the next statement says so.
    connection.on('error', () => undefined);
    return connection;
  } catch (cause) {
    throw describeOpening(options, database, cause);
  }
}

/** `localhost:3306/library` is a URL too, of the scheme `localhost`. The text is not quoted: a password may be in it. */
function rejectOtherUrl(url: string): void {
  if (URL.canParse(url) && ['mysql:', 'mariadb:'].includes(new URL(url).protocol)) return;
  throw new DovetailError('invalid-configuration', 'The URL of the server cannot be read.', [
    { where: 'url', what: 'is no URL of MySQL', remedy: 'Write mysql://user:password@host:3306.' },
  ]);
}

/** After a fatal error, in the words of mysql2, the connection can't be used any more. */
function isLost(error: unknown): boolean {
  return error instanceof Error && 'fatal' in error && error.fatal === true;
}

function connectionLost(cause: unknown): DovetailError {
  const what = messageOf(cause);
  return new DovetailError(
    'connection-failed',
    'The connection to the database was lost.',
    [{ where: 'connection', what, remedy: 'Connect again; running the update again finishes the work.' }],
    { cause },
  );
}

const missingDatabase = 'ER_BAD_DB_ERROR';

function describeOpening(options: MysqlConnectionOptions, database: string | undefined, cause: unknown): DovetailError {
  const reason = cause instanceof Error ? cause.message || String(codeOf(cause)) : String(cause);
  const problem: Problem = {
    where: placeOf(options, database),
    what: reason,
    remedy: remedyFor(cause),
    ...(codeOf(cause) === missingDatabase && { code: 'missing-database' }),
  };
  return new DovetailError('connection-failed', 'Cannot open the database.', [problem], { cause });
}

function remedyFor(cause: unknown): string {
  if (isOfCertificate(cause)) return certificateRemedy;
  switch (codeOf(cause)) {
    case missingDatabase:
      return 'Create it with ensureDatabase.';
    case 'ER_ACCESS_DENIED_ERROR':
      return 'Check user and password.';
    case 'ER_DBACCESS_DENIED_ERROR':
      return 'Create it with ensureDatabase, or let an administrator grant this user the rights on it.';
    case 'ER_SECURE_TRANSPORT_REQUIRED':
      return 'Encrypt the connection: ssl: {}.';
    case 'HANDSHAKE_NO_SSL_SUPPORT':
      return 'Take the option ssl off.';
    default:
      return 'Check that the server runs, and the host, port, user and password.';
  }
}

/** The server, and the database of it where one is named; without user and password. */
export function placeOf(options: MysqlConnectionOptions, database: string | undefined): string {
  return database === undefined ? serverOf(options) : `${serverOf(options)}/${database}`;
}

function serverOf({ url, host, port, socketPath }: MysqlConnectionOptions): string {
  if (socketPath !== undefined) return socketPath;
  const parsed = url === undefined || !URL.canParse(url) ? undefined : new URL(url);
  return `${host ?? parsed?.hostname ?? 'localhost'}:${port ?? parsed?.port ?? 3306}`;
}

/** The server's or the operating system's name of what went wrong. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof DovetailError) return codeOf(error.cause);
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
