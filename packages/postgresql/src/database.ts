import { type Connection, type ConnectionOptions, type DatabaseScript, DovetailError } from '@dovetail/core/driver';
import {
  codeOf,
  connect,
  insufficientPrivilege,
  missingDatabase,
  type PostgresqlConnectionOptions,
} from './connection.js';
import { quoteIdentifier } from './ddl/quote.js';

/**
 * Creates the database if it is missing, and says whether it did; its default schema as well.
 *
 * @throws DovetailError with the code `connection-failed`.
 */
export async function ensureDatabase(options: PostgresqlConnectionOptions): Promise<boolean> {
  // Asked of the database itself first, for a user of a hosted database may have no other to connect to.
  const created = !(await exists(options)) && (await create(options));
  if (options.schema !== undefined) await ensureSchema(options, options.schema);
  return created;
}

async function create(options: PostgresqlConnectionOptions): Promise<boolean> {
  return managing(options, async (connection) => {
    try {
      await connection.execute(createStatement(options));
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      const database = quoteIdentifier(options.dbName);
      throw await refusal(connection, error, {
        summary: 'Cannot create the database.',
        where: options.dbName,
        remedyFor: (role) =>
          `Let a superuser run: create database ${database} owner ${role}; or, for all databases: alter role ${role} createdb`,
      });
    }
  });
}

/** The default schema has to be there before anything can be in it. */
async function ensureSchema(options: PostgresqlConnectionOptions, schema: string): Promise<void> {
  const connection = await connect(options);
  try {
    const found = await connection.query('select from pg_catalog.pg_namespace where nspname = $1', [schema]);
    if (found.length === 0) await connection.execute(schemaStatement(schema));
  } catch (error) {
    const database = quoteIdentifier(options.dbName);
    throw await refusal(connection, error, {
      summary: 'Cannot create the default schema.',
      where: `${options.dbName}: schema "${schema}"`,
      remedyFor: (role) => `Let the owner of the database run: grant create on database ${database} to ${role}`,
    });
  } finally {
    await connection.close();
  }
}

async function exists(options: PostgresqlConnectionOptions): Promise<boolean> {
  rejectNameless(options);
  try {
    const connection = await connect(options);
    await connection.close();
    return true;
  } catch (error) {
    if (error instanceof DovetailError && codeOf(error.cause) === missingDatabase) return false;
    throw error;
  }
}

/** Another program was quicker, and told so by the check or by the catalog's own index. */
function isDuplicate(error: unknown): boolean {
  return ['42P04', '23505'].includes(codeOf(error) ?? '');
}

/** Removes the database if it exists, and ends the connections of others to it. */
export async function dropDatabase(options: PostgresqlConnectionOptions): Promise<void> {
  const database = quoteIdentifier(options.dbName);
  await managing(options, async (connection) => {
    try {
      await connection.execute(dropStatement(options));
    } catch (error) {
      throw await refusal(connection, error, {
        summary: 'Cannot drop the database.',
        where: options.dbName,
        remedyFor: (role) => `Let its owner drop it, or a superuser run: alter database ${database} owner to ${role}`,
      });
    }
  });
}

/** What `dropDatabase` does, and `ensureDatabase` after it: from another database, whose connection tells which. */
export function databaseScript(options: PostgresqlConnectionOptions): DatabaseScript {
  const { dbName, schema, managementDbName = defaultManagement } = options;
  const [database, management] = [quoteIdentifier(dbName), quoteIdentifier(managementDbName)];
  const inside = schema === undefined ? '' : `${schemaStatement(schema)};\n`;
  return {
    drop: `-- In the database ${management}:\n${dropStatement(options)};\n`,
    create: `${createStatement(options)};\n-- In the database ${database}:\n${inside}`,
  };
}

const defaultManagement = 'postgres';

function dropStatement({ dbName }: PostgresqlConnectionOptions): string {
  return `drop database if exists ${quoteIdentifier(dbName)} with (force)`;
}

function createStatement({ dbName }: PostgresqlConnectionOptions): string {
  return `create database ${quoteIdentifier(dbName)}`;
}

function schemaStatement(schema: string): string {
  return `create schema if not exists ${quoteIdentifier(schema)}`;
}

/** What could not be done to a whole database, and what gives this role the right where it has none. */
interface Refusal {
  readonly summary: string;
  readonly where: string;
  remedyFor(role: string): string;
}

async function refusal(
  connection: Connection,
  cause: unknown,
  { summary, where, remedyFor }: Refusal,
): Promise<unknown> {
  const isForbidden = codeOf(cause) === insufficientPrivilege;
  const reason = isForbidden && cause instanceof DovetailError ? cause.cause : cause;
  if (reason instanceof DovetailError || !(reason instanceof Error)) return cause;
  const remedy = isForbidden ? remedyFor(await roleOf(connection)) : '';
  return new DovetailError('statement-failed', summary, [{ where, what: reason.message, remedy }], { cause: reason });
}

async function roleOf(connection: Connection): Promise<string> {
  const [session] = await connection.query('select current_user::text as role');
  return quoteIdentifier(String(session?.role));
}

/** A database can be neither created nor dropped from within itself. */
async function managing<Result>(
  options: PostgresqlConnectionOptions,
  body: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const { managementDbName = defaultManagement } = options;
  const connection = await connect({ ...options, dbName: managementDbName }).catch((error: unknown) => {
    throw isClosed(error) ? closedError(managementDbName, error) : error;
  });
  try {
    return await body(connection);
  } finally {
    await connection.close();
  }
}

/** The server can be reached, and this database of it can not. */
function isClosed(error: unknown): error is DovetailError {
  return error instanceof DovetailError && [missingDatabase, insufficientPrivilege].includes(codeOf(error.cause) ?? '');
}

function closedError(where: string, cause: DovetailError): DovetailError {
  const what = cause.problems.map((problem) => problem.what).join('; ');
  return new DovetailError(
    'connection-failed',
    'Cannot open the database from which others are created and removed.',
    [{ where, what, remedy: 'Name one that this user may connect to, as managementDbName.' }],
    { cause },
  );
}

function rejectNameless({ dbName }: ConnectionOptions): void {
  if (dbName !== '') return;
  throw new DovetailError('invalid-configuration', 'The database has no name.', [
    { where: 'dbName', what: 'is empty', remedy: "Write dbName: 'library'." },
  ]);
}
