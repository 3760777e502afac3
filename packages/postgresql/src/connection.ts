import type { ConnectionOptions as TlsOptions } from 'node:tls';
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
import pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';
import { quoteIdentifier } from './ddl/quote.js';
import { cancelStatement } from './cancel.js';
import { lockHolders } from './lock-holders.js';
import { insertRows } from './insert.js';
import { statementProgress } from './statement-progress.js';

/**
 * What `Dovetail.init` takes to reach a PostgreSQL database. An option wins over the connection string, and what neither
 * says comes from libpq's variables (`PGHOST`).
 */
export interface PostgresqlConnectionOptions extends ConnectionOptions {
  /** The name of the database; it wins over the one of a connection string. */
  readonly dbName: string;
  /** A URL: `postgres://user:password@host:5432/database?sslmode=require`. What is stated beside it wins over it. */
  readonly connectionString?: string;
  /** The server's name or address, or the folder of its Unix socket. The default is `localhost`. */
  readonly host?: string;
  /** The server's port. The default is 5432. */
  readonly port?: number;
  /** Who connects. The default is the user of the connection string, or `PGUSER`, or that of the operating system. */
  readonly user?: string;
  /** The password, or what gives it each time a connection is opened: a token that expires. */
  readonly password?: string | (() => string | Promise<string>);
  /** Whether the connection is encrypted, and by which certificates. */
  readonly ssl?: boolean | TlsOptions;
  /** The database to be connected to while another one is created or removed. The default is `postgres`. */
  readonly managementDbName?: string;
  /** How long to wait for the server to answer, in milliseconds. The default is 10,000. */
  readonly connectTimeout?: number;
  /** How long a statement may run, in milliseconds. There is no limit by default. */
  readonly statementTimeout?: number;
  /** How this program is called in the server's lists of connections. The default is `dovetail`. */
  readonly applicationName?: string;
  /** The default schema: what carries no other is in it. The default is the first one of the server's `search_path`. */
  readonly schema?: string;
}

export const connectionOptions: OptionNames<PostgresqlConnectionOptions> = {
  dbName: true,
  connectionString: true,
  host: true,
  port: true,
  user: true,
  password: true,
  ssl: true,
  managementDbName: true,
  connectTimeout: true,
  statementTimeout: true,
  applicationName: true,
  schema: true,
};

/**
 * Opens the database.
 *
 * @throws DovetailError with the code `connection-failed`, without the password in it.
 *
 * @example
 * const connection = await connect({ dbName: 'music', user: 'me', password: () => readToken() });
 * const rows = await connection.query('select count(*) as tracks from track');
 */
export async function connect(options: PostgresqlConnectionOptions): Promise<Connection> {
  const client = await open(options);
  const [session] = await run(
    client,
    "select current_setting('server_version') as version, pg_backend_pid() as pid, current_schema()::text as schema",
    [],
  );
  const pid = Number(session?.pid);
  // How often the server was asked to stop a statement, and has answered: what begins afterwards is not meant.
  const cancels = { requested: 0, answered: 0 };
  const query: Connection['query'] = async (sql, parameters = []) => {
    const { answered } = cancels;
    try {
      return await run(client, sql, parameters);
    } catch (error) {
      switch (codeOf(error)) {
        case lockNotAvailable:
          throw await lockError(error, pid, options);
        case insufficientPrivilege:
          throw notPermitted(error);
        case queryCanceled:
          throw cancels.requested > answered ? error : ranTooLong(error, timeoutSettings);
        default:
          throw error;
      }
    }
  };
  return {
    serverVersion: String(session?.version).split(' ')[0] ?? '',
    defaultSchema: typeof session?.schema === 'string' ? session.schema : undefined,
    query,
    async execute(sql, parameters) {
      await query(sql, parameters);
    },
    cancel: async () => {
      cancels.requested += 1;
      await cancelStatement(client).finally(() => {
        cancels.answered += 1;
      });
    },
    progress: () => beside(options, (other) => statementProgress(other, pid)),
    placeholder: (position) => `$${position}`,
    insert: (insertion) => insertRows((sql, parameters) => run(client, sql, parameters), insertion),
    close: () => client.end(),
  };
}

const lockNotAvailable = '55P03';
const queryCanceled = '57014';
export const insufficientPrivilege = '42501';

const timeoutSettings = 'the option statementTimeout, or statement_timeout of the role or of the database';

/** Runs `body` on a connection of its own, for what a session can't do for itself while a statement of it runs. */
async function beside<Result>(
  options: PostgresqlConnectionOptions,
  body: (query: Connection['query']) => Promise<Result>,
): Promise<Result> {
  const client = await open(options);
  try {
    return await body((sql, parameters = []) => run(client, sql, parameters));
  } finally {
    await client.end();
  }
}

/** A lock was not given in time: to whom it was given before can be seen from another connection alone. */
async function lockError(cause: unknown, pid: number, options: PostgresqlConnectionOptions): Promise<DovetailError> {
  const holders = await beside(options, (query) => lockHolders(query, pid)).catch(() => []);
  return lockNotGiven(cause, holders);
}

async function open(options: PostgresqlConnectionOptions): Promise<pg.Client> {
  rejectPort(options);
  const client = new pg.Client(clientConfig(options));
  // A connection that is lost while nothing runs must not end the process; the next statement says so.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw connectionFailed(placeOf(options), error);
  }
}

/** Which database the options are of, as pg reads them; it has its own defaults, and takes some from the environment. */
export function placeOf(options: PostgresqlConnectionOptions): string {
  const { host, port } = new pg.Client(clientConfig(options));
  return `${host}:${port}/${options.dbName}`;
}

/** pg neither connects to a port that there is not nor gives up. */
function rejectPort({ port }: PostgresqlConnectionOptions): void {
  if (port === undefined || (Number.isInteger(port) && port > 0 && port < 65_536)) return;
  throw new DovetailError('invalid-configuration', 'The connection cannot be opened.', [
    { where: 'port', what: `is ${port}`, remedy: 'write a number from 1 to 65535; the default is 5432' },
  ]);
}

function clientConfig(options: PostgresqlConnectionOptions): pg.ClientConfig {
  const { dbName, connectionString, host, port, user, password, ssl, statementTimeout, schema } = options;
  return {
    ...(connectionString !== undefined && readConnectionString(connectionString)),
    database: dbName,
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(ssl !== undefined && { ssl }),
    // A parameter of the session's start, so that a pooler hands on nothing that was set later.
    ...(schema !== undefined && { options: `-c search_path=${escapeOption(searchPath(schema))}` }),
    ...(statementTimeout !== undefined && { statement_timeout: statementTimeout }),
    application_name: options.applicationName ?? 'dovetail',
    connectionTimeoutMillis: options.connectTimeout ?? 10_000,
  };
}

/** Where bare names are looked up, the namespace first. The types of extensions mostly are in `public`. */
export function searchPath(schema: string): string {
  return `${quoteIdentifier(schema)}, public`;
}

/** Spaces and backslashes separate options (postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-OPTIONS). */
function escapeOption(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll(' ', '\\ ');
}

/** What the string says; given to pg as it is, it would win over all options. */
function readConnectionString(connectionString: string): pg.ClientConfig {
  const url = parseUrl(connectionString);
  return Object.fromEntries(
    Object.entries(parseIntoClientConfig(url.href)).filter(([, value]) => value !== '' && value !== undefined),
  );
}

/** `localhost:5432/library` is a URL too, of the scheme `localhost`. */
function parseUrl(connectionString: string): URL {
  const url = URL.canParse(connectionString) ? new URL(connectionString) : undefined;
  if (url !== undefined && schemes.includes(url.protocol)) return url;
  // The text is not quoted, for a password may be in it.
  throw new DovetailError('invalid-configuration', 'The connection string cannot be read.', [
    {
      where: 'connectionString',
      what: 'is no URL of PostgreSQL',
      remedy: 'Write postgres://user:password@host:5432/database.',
    },
  ]);
}

const schemes = ['postgres:', 'postgresql:', 'socket:'];

async function run(client: pg.Client, sql: string, parameters: readonly unknown[]): Promise<readonly Row[]> {
  try {
    // Without parameters, pg sends a text as it stands, and a text of several statements gives several results.
    const result: unknown = await (parameters.length === 0 ? client.query(sql) : client.query(sql, [...parameters]));
    return rowsOf(Array.isArray(result) ? result.at(-1) : result);
  } catch (error) {
    throw isLost(error) ? connectionLost(error) : error;
  }
}

function rowsOf(result: unknown): readonly Row[] {
  return result instanceof pg.Result ? result.rows.filter(isRow) : [];
}

/** PostgreSQL's code of what went wrong (postgresql.org/docs/current/errcodes-appendix.html). */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof DovetailError) return codeOf(error.cause);
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** Errors of the class 57P end the session; those without a code come from the socket. */
function isLost(error: unknown): boolean {
  return error instanceof pg.DatabaseError ? (error.code?.startsWith('57P') ?? false) : error instanceof Error;
}

function connectionLost(cause: unknown): DovetailError {
  const what = messageOf(cause);
  return new DovetailError(
    'connection-failed',
    'The connection to the database was lost. What was not committed is rolled back by the server.',
    [{ where: 'connection', what, remedy: 'Connect again; running the update again finishes the work.' }],
    { cause },
  );
}

/** `invalid_catalog_name`. */
export const missingDatabase = '3D000';

function connectionFailed(where: string, cause: unknown): DovetailError {
  const problem: Problem = {
    where,
    what: reasonOf(cause),
    remedy: remedyFor(cause),
    ...(codeOf(cause) === missingDatabase && { code: 'missing-database' }),
  };
  return new DovetailError('connection-failed', 'Cannot open the database.', [problem], { cause });
}

/** When a name has several addresses, Node.js tries them all, and the error holds one for each. */
function reasonOf(cause: unknown): string {
  return cause instanceof AggregateError ? cause.errors.map(String).join('; ') : messageOf(cause);
}

function remedyFor(cause: unknown): string {
  const { message = '' } = cause instanceof Error ? cause : {};
  if (isOfCertificate(cause)) return certificateRemedy;
  if (message.includes('no encryption')) return 'Encrypt the connection: ssl: true.';
  if (message.includes('does not support SSL')) return 'Take the option ssl off.';
  if (message.startsWith('SASL')) return 'Check user and password.';
  switch (codeOf(cause)) {
    case missingDatabase:
      return 'Create it with ensureDatabase, or check dbName.';
    case '28P01':
    case '28000':
      return 'Check user and password.';
    case insufficientPrivilege:
      return 'Let its owner grant this user the right to connect to it.';
    default:
      return 'Check that the server runs and can be reached: host, port and ssl.';
  }
}
