import { type Connection, DovetailError } from '@dovetail/core';
import { Dovetail, postgresqlDriver } from '@dovetail/postgresql';
import { afterAll } from 'vitest';
import { serverUrl, type ServerName } from '../servers/url.js';
import type { TestDatabase, TestSite } from './test-database.js';

/** PostgreSQL, the newest and the oldest release that Dovetail supports; each site is a database of its own. */
export const postgresql: readonly TestDatabase[] = [
  testDatabase('POSTGRESQL', 'newest'),
  testDatabase('POSTGRESQL_OLDEST', 'oldest', '14'),
];

function testDatabase(server: ServerName, release: string, version?: string): TestDatabase {
  return {
    name: `PostgreSQL (${release})`,
    packageName: '@dovetail/postgresql',
    capabilities: postgresqlDriver.capabilities(version),
    driver: postgresqlDriver,
    collation: 'dovetail_nocase',
    triggerBody: (statement) => `run(${postgresqlDriver.ddl.quoteString(statement)})`,
    create: () => createSite(serverUrl(server)),
  };
}

/** What the suites take for granted: a collation, and a function for triggers that runs what it is given. */
const preparation = `
  create collation dovetail_nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
  create function run() returns trigger language plpgsql as $$ begin execute tg_argv[0]; return new; end $$`;

/** Leaves nothing of a site but the database: to empty one is much quicker than to make one. */
const removal = `
  do $$ declare name text; begin
    for name in select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' loop
      execute format('drop schema %I cascade', name);
    end loop;
  end $$;
  create schema public`;

interface Database {
  readonly connection: Connection;
  readonly options: { readonly connectionString: string; readonly dbName: string };
}

/** Databases that are empty again, by server. Their connections stay open: a new one has all of the catalog to read. */
const spare = new Map<string, Database[]>();
let count = 0;

afterAll(async () => {
  for (const { connection, options } of [...spare.values()].flat()) {
    await connection.close();
    await postgresqlDriver.dropDatabase(options);
  }
  spare.clear();
});

async function emptyDatabase(connectionString: string): Promise<Database> {
  const known = spare.get(connectionString)?.pop();
  if (known !== undefined) return known;
  count += 1;
  const options = { connectionString, dbName: `dovetail_test_${process.pid}_${count}` };
  await postgresqlDriver.dropDatabase(options);
  await postgresqlDriver.ensureDatabase(options);
  return { connection: await postgresqlDriver.connect(options), options };
}

async function createSite(connectionString: string): Promise<TestSite> {
  const database = await emptyDatabase(connectionString);
  const { connection, options } = database;
  await connection.execute(preparation);
  const opened: Dovetail[] = [];
  return {
    connectionOptions: options,
    connection,
    introspect: () => postgresqlDriver.introspect(connection, { namespaces: [] }),
    runScript: (script) => connection.execute(script),
    async init(initOptions) {
      const orm = await Dovetail.init({ ensureDatabase: false, ...initOptions, ...options });
      opened.push(orm);
      return orm;
    },
    async dispose() {
      for (const orm of opened) await orm.close();
      if (await isEmptied(connection)) {
        spare.set(connectionString, [...(spare.get(connectionString) ?? []), database]);
      } else {
        await connection.close();
        await postgresqlDriver.dropDatabase(options);
      }
    },
  };
}

/**
 * A test that drops its database ends this connection, whether it makes the database anew or not. One that fails may
 * leave a transaction behind.
 */
async function isEmptied(connection: Connection): Promise<boolean> {
  try {
    await connection.execute('rollback');
    await connection.execute(removal);
    await connection.execute('discard all');
    return true;
  } catch (error) {
    if (error instanceof DovetailError && error.code === 'connection-failed') return false;
    throw error;
  }
}
