import { SchemaGenerator, type UpdateOptions } from '@dovetail/core';
import {
  type Change,
  type Connection,
  DovetailError,
  emptySchema,
  emptyTable,
  type Schema,
  type Table,
} from '@dovetail/core/driver';
import { serverUrl } from '../../../test/servers/url.js';
import { connect, type PostgresqlConnectionOptions } from './connection.js';
import { dropDatabase, ensureDatabase } from './database.js';
import { postgresqlDriver } from './driver.js';

/** The servers that the tests run against: their release and their URL. */
export const servers = [
  { release: 'newest', url: serverUrl('POSTGRESQL') },
  { release: 'oldest', url: serverUrl('POSTGRESQL_OLDEST') },
];

let count = 0;

/** Options for a database of its own, which does not exist yet. */
export function newDatabase(connectionString: string): PostgresqlConnectionOptions {
  count += 1;
  return { connectionString, dbName: `dovetail_unit_${process.pid}_${count}` };
}

/** Runs `body` in a new database, which is gone afterwards. */
export async function inDatabase<Result>(
  connectionString: string,
  body: (connection: Connection, options: PostgresqlConnectionOptions) => Promise<Result>,
): Promise<Result> {
  const options = newDatabase(connectionString);
  await ensureDatabase(options);
  const connection = await connect(options);
  try {
    return await body(connection, options);
  } finally {
    await connection.close();
    await dropDatabase(options);
  }
}

/** The generator for a desired schema that is given as such, not by entities. */
export function generatorFor(connection: Connection, desired: Schema): SchemaGenerator {
  return new SchemaGenerator({
    driver: postgresqlDriver,
    options: {},
    connection: () => connection,
    isConnected: () => true,
    desiredSchema: () => desired,
    openDatabase: () => Promise.resolve(false),
    dropDatabase: () => Promise.resolve(),
    databaseScript: () => ({ drop: '', create: '' }),
  });
}

/** Updates the database, and gives what that took and what would still be left to do. */
export async function evolve(
  connection: Connection,
  desired: Schema,
  options: UpdateOptions = {},
): Promise<{ readonly done: readonly Change[]; readonly left: string }> {
  const generator = generatorFor(connection, desired);
  const { steps } = await generator.updateSchema(options);
  return {
    done: [...new Set(steps.flatMap(({ changes }) => changes))],
    left: await generator.getUpdateSchemaSQL(),
  };
}

/** The error with which the update is refused. */
export async function refusal(connection: Connection, desired: Schema): Promise<DovetailError> {
  try {
    await generatorFor(connection, desired).updateSchema();
  } catch (error) {
    if (error instanceof DovetailError) return error;
    throw error;
  }
  throw new Error('The update was not refused.');
}

/** A table with no more than what is given. */
export function table(name: string, parts: Partial<Table>): Table {
  return { ...emptyTable, name, ...parts };
}

export function schemaOf(...tables: readonly Table[]): Schema {
  return { ...emptySchema, tables };
}
