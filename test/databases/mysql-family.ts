import type { Driver } from '@dovetail/core/driver';
import { Dovetail as MariadbDovetail, mariadbDriver } from '@dovetail/mariadb';
import { Dovetail as MysqlDovetail, mysqlDriver, type MysqlConnectionOptions } from '@dovetail/mysql';
import { randomUUID } from 'node:crypto';
import { serverUrl } from '../servers/url.js';
import type { TestDatabase, TestSite } from './test-database.js';

/** MySQL, each database one of the server that the test run has. */
export const mysql: TestDatabase = mysqlAt(() => serverUrl('MYSQL'));

/** MariaDB, likewise. */
export const mariadb: TestDatabase = mariadbAt(() => serverUrl('MARIADB'));

/** MySQL on a server of its own. */
export function mysqlAt(url: () => string): TestDatabase {
  return testDatabase(url, '@dovetail/mysql', mysqlDriver, MysqlDovetail);
}

/** MariaDB on a server of its own. */
export function mariadbAt(url: () => string): TestDatabase {
  return testDatabase(url, '@dovetail/mariadb', mariadbDriver, MariadbDovetail);
}

function testDatabase(
  url: () => string,
  packageName: string,
  driver: Driver<MysqlConnectionOptions>,
  Dovetail: typeof MysqlDovetail | typeof MariadbDovetail,
): TestDatabase {
  return {
    name: driver.name,
    packageName,
    capabilities: driver.capabilities(),
    driver,
    collation: 'utf8mb4_unicode_ci',
    triggerBody: (statement) => `${statement};`,
    create: () => createSite(url(), driver, Dovetail),
  };
}

async function createSite(
  url: string,
  driver: Driver<MysqlConnectionOptions>,
  Dovetail: typeof MysqlDovetail | typeof MariadbDovetail,
): Promise<TestSite> {
  // As on the other databases, letters differ by their case unless a column says otherwise.
  const options = { url, dbName: `dovetail-test-${randomUUID()}`, collation: 'utf8mb4_bin' };
  await driver.ensureDatabase(options);
  const connection = await driver.connect(options);
  const opened: Awaited<ReturnType<typeof Dovetail.init>>[] = [];
  return {
    connectionOptions: options,
    connection,
    introspect: () => driver.introspect(connection, { namespaces: [] }),
    // mysql2 sends the script as it stands, for the driver's connections take several statements.
    runScript: (script) => connection.execute(script),
    async init(others) {
      const orm = await Dovetail.init({ ...others, ...options });
      opened.push(orm);
      return orm;
    },
    async dispose() {
      for (const orm of opened) await orm.close();
      await connection.close();
      await driver.dropDatabase(options);
    },
  };
}
