import { connectServer, type MysqlConnectionOptions } from './connection.js';
import { quoteIdentifier } from './ddl/quote.js';

/** Creates the database if it is missing, and says whether it did. */
export async function ensureDatabase(options: MysqlConnectionOptions): Promise<boolean> {
  const { dbName, charset = 'utf8mb4', collation } = options;
  const connection = await connectServer(options);
  try {
    const found = await connection.query('select 1 from information_schema.schemata where schema_name = ?', [dbName]);
    if (found.length > 0) return false;
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

/** Removes the whole database if it exists. */
export async function dropDatabase(options: MysqlConnectionOptions): Promise<void> {
  const connection = await connectServer(options);
  try {
    await connection.execute(`drop database if exists ${quoteIdentifier(options.dbName)}`);
  } finally {
    await connection.close();
  }
}
