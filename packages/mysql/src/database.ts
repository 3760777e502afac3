import { type Connection, type DatabaseScript, DovetailError, spelled } from '@dovetail/core/driver';
import { codeOf, connectServer, type MysqlConnectionOptions } from './connection.js';
import { quoteIdentifier } from './ddl/quote.js';
import { accountOf } from './privileges.js';

/** Creates the database if it is missing, and says whether it did. */
export async function ensureDatabase(options: MysqlConnectionOptions): Promise<boolean> {
  const { dbName } = options;
  const connection = await connectServer(options);
  try {
    if (await exists(dbName, connection)) return false;
    await connection.execute(createStatement(options));
    return true;
  } catch (error) {
    throw await refusal(connection, error, 'Cannot create the database.', dbName);
  } finally {
    await connection.close();
  }
}

/** MariaDB compares names in its catalog without regard to case. */
async function exists(database: string, connection: Connection): Promise<boolean> {
  const found = await connection.query(
    'select schema_name as name from information_schema.schemata where schema_name = ?',
    [database],
  );
  return found.some(({ name }) => spelled(String(name), connection) === spelled(database, connection));
}

/** Removes the whole database if it exists. */
export async function dropDatabase(options: MysqlConnectionOptions): Promise<void> {
  const connection = await connectServer(options);
  try {
    await connection.execute(dropStatement(options));
  } catch (error) {
    throw await refusal(connection, error, 'Cannot drop the database.', options.dbName);
  } finally {
    await connection.close();
  }
}

/** What `dropDatabase` does, and `ensureDatabase` after it. */
export function databaseScript(options: MysqlConnectionOptions): DatabaseScript {
  return {
    drop: `${dropStatement(options)};\n`,
    create: `${createStatement(options)};\nuse ${quoteIdentifier(options.dbName)};\n`,
  };
}

function dropStatement({ dbName }: MysqlConnectionOptions): string {
  return `drop database if exists ${quoteIdentifier(dbName)}`;
}

function createStatement({ dbName, charset = 'utf8mb4', collation }: MysqlConnectionOptions): string {
  const collate = collation === undefined ? '' : ` collate ${quoteIdentifier(collation)}`;
  return `create database if not exists ${quoteIdentifier(dbName)} character set ${quoteIdentifier(charset)}${collate}`;
}

/** Why the server did not do it, and who can. */
async function refusal(connection: Connection, cause: unknown, summary: string, dbName: string): Promise<unknown> {
  const isDenied = codeOf(cause) === 'ER_DBACCESS_DENIED_ERROR';
  const reason = isDenied && cause instanceof DovetailError ? cause.cause : cause;
  if (reason instanceof DovetailError || !(reason instanceof Error)) return cause;
  const problem = { where: dbName, what: reason.message, remedy: await remedyFor(connection, reason, dbName) };
  return new DovetailError('statement-failed', summary, [problem], { cause: reason });
}

async function remedyFor(connection: Connection, cause: Error, dbName: string): Promise<string> {
  switch (codeOf(cause)) {
    case 'ER_DBACCESS_DENIED_ERROR': {
      const [session] = await connection.query('select current_user() as user');
      const account = accountOf(String(session?.user));
      return `Let an administrator run: grant all on ${quoteIdentifier(dbName)}.* to ${account}`;
    }
    case 'ER_UNKNOWN_CHARACTER_SET':
    case 'ER_UNKNOWN_COLLATION':
    case 'ER_COLLATION_CHARSET_MISMATCH':
      return 'Correct the options charset and collation.';
    default:
      return '';
  }
}
