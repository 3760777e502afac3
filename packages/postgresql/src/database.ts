import { type Connection, type ConnectionOptions, DovetailError } from '@dovetail/core/driver';
import { codeOf, connect, type PostgresqlConnectionOptions } from './connection.js';
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
      await connection.execute(`create database ${quoteIdentifier(options.dbName)}`);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  });
}

/** The default schema has to be there before anything can be in it. */
async function ensureSchema(options: PostgresqlConnectionOptions, schema: string): Promise<void> {
  const connection = await connect(options);
  try {
    const found = await connection.query('select from pg_catalog.pg_namespace where nspname = $1', [schema]);
    if (found.length === 0) await connection.execute(`create schema if not exists ${quoteIdentifier(schema)}`);
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
    if (error instanceof DovetailError && codeOf(error.cause) === '3D000') return false;
    throw error;
  }
}

/** Another program was quicker, and told so by the check or by the catalog's own index. */
function isDuplicate(error: unknown): boolean {
  return ['42P04', '23505'].includes(codeOf(error) ?? '');
}

/** Removes the database if it exists, and ends the connections of others to it. */
export async function dropDatabase(options: PostgresqlConnectionOptions): Promise<void> {
  await managing(options, (connection) =>
    connection.execute(`drop database if exists ${quoteIdentifier(options.dbName)} with (force)`),
  );
}

/** A database can be neither created nor dropped from within itself. */
async function managing<Result>(
  options: PostgresqlConnectionOptions,
  body: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const { managementDbName = 'postgres' } = options;
  const connection = await connect({ ...options, dbName: managementDbName });
  try {
    return await body(connection);
  } finally {
    await connection.close();
  }
}

function rejectNameless({ dbName }: ConnectionOptions): void {
  if (dbName !== '') return;
  throw new DovetailError('invalid-configuration', 'The database has no name.', [
    { where: 'dbName', what: 'is empty', remedy: "Write dbName: 'library'." },
  ]);
}
