import type { Connection, DovetailBase, DovetailOptions, Schema } from '@dovetail/core';
import { Dovetail as MariadbDovetail, mariadbDriver } from '@dovetail/mariadb';
import { Dovetail as MysqlDovetail, mysqlDriver } from '@dovetail/mysql';
import { Dovetail as PostgresqlDovetail, postgresqlDriver } from '@dovetail/postgresql';
import { Dovetail as SqliteDovetail, sqliteDriver } from '@dovetail/sqlite';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a database is, as plain data that can be handed to another process. */
export type Place =
  | { readonly system: 'SQLite'; readonly dbName: string }
  | { readonly system: 'PostgreSQL' | 'MySQL' | 'MariaDB'; readonly dbName: string; readonly url: string };

/** A place that no other round has, on the server of that URL. */
export function placeNamed(system: string, url: string | undefined): Place {
  const dbName = `dovetail-fault-${randomUUID()}`;
  switch (system) {
    case 'PostgreSQL':
    case 'MySQL':
    case 'MariaDB':
      if (url === undefined) throw new Error(`Where is the server of ${system}?`);
      return { system, dbName, url };
    default:
      return { system: 'SQLite', dbName: join(tmpdir(), `${dbName}.db`) };
  }
}

/** What goes is allowed to go, and nothing is taken for renamed. */
export const updateOptions = { allow: ['data-loss'], assumeRenames: false } as const;

type Entities = Omit<DovetailOptions, 'dbName'>;

/** What is done with a database from outside of Dovetail's own connection. */
export interface Access {
  init(options: Entities): Promise<DovetailBase>;
  connect(): Promise<Connection>;
  introspect(connection: Connection): Promise<Schema>;
  create(): Promise<unknown>;
  remove(): Promise<void>;
}

export function accessTo(place: Place): Access {
  switch (place.system) {
    case 'SQLite': {
      const options = { dbName: place.dbName };
      return {
        init: (entities) => SqliteDovetail.init({ ...entities, ...options }),
        // Who waits keeps the whole program waiting, the update that holds the lock included.
        connect: () => sqliteDriver.connect({ ...options, busyTimeout: 0 }),
        introspect: (connection) => sqliteDriver.introspect(connection, { namespaces: [] }),
        create: () => sqliteDriver.ensureDatabase(options),
        remove: () => sqliteDriver.dropDatabase(options),
      };
    }
    case 'PostgreSQL': {
      const options = { dbName: place.dbName, connectionString: place.url };
      return {
        init: (entities) => PostgresqlDovetail.init({ ...entities, ...options }),
        connect: () => postgresqlDriver.connect(options),
        introspect: (connection) => postgresqlDriver.introspect(connection, { namespaces: [] }),
        create: () => postgresqlDriver.ensureDatabase(options),
        remove: () => postgresqlDriver.dropDatabase(options),
      };
    }
    case 'MySQL':
    case 'MariaDB': {
      const options = { dbName: place.dbName, url: place.url, collation: 'utf8mb4_bin' };
      const [Dovetail, driver] =
        place.system === 'MySQL' ? [MysqlDovetail, mysqlDriver] : [MariadbDovetail, mariadbDriver];
      return {
        init: (entities) => Dovetail.init({ ...entities, ...options }),
        connect: () => driver.connect(options),
        introspect: (connection) => driver.introspect(connection, { namespaces: [] }),
        create: () => driver.ensureDatabase(options),
        remove: () => driver.dropDatabase(options),
      };
    }
  }
}

/** Runs `body` with a connection of its own. */
export async function withConnection<Result>(
  access: Access,
  body: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = await access.connect();
  try {
    return await body(connection);
  } finally {
    await connection.close();
  }
}

/** Runs `body` with Dovetail for these entities, on a connection of its own. */
export async function withOrm<Result>(
  access: Access,
  options: Entities,
  body: (orm: DovetailBase) => Promise<Result>,
): Promise<Result> {
  const orm = await access.init(options);
  try {
    return await body(orm);
  } finally {
    await orm.close().catch(() => undefined);
  }
}
