import { type Connection, spelled } from '@dovetail/core/driver';
import { connectServer, type MysqlConnectionOptions } from './connection.js';
import { quoteIdentifier } from './ddl/quote.js';

/** Creates the database if it is missing, and says whether it did. */
export async function ensureDatabase(options: MysqlConnectionOptions): Promise<boolean> {
  const { dbName, charset = 'utf8mb4', collation } = options;
  const connection = await connectServer(options);
  try {
    if (await exists(dbName, connection)) return false;
    const collate = collation === undefined ? '' : ` collate ${quoteIdentifier(collation)}`;
    const name = quoteIdentifier(dbName);
    await connection.execute(
      `create database if not exists ${name} character set ${quoteIdentifier(charset)}${collate}`,
    );
    return true;
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
    await connection.execute(`drop database if exists ${quoteIdentifier(options.dbName)}`);
  } finally {
    await connection.close();
  }
}
