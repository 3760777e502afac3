import { Dovetail, sqliteDriver } from '@dovetail/sqlite';
import Database from 'better-sqlite3';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestDatabase, TestSite } from './test-database.js';

/** SQLite, each database a file in a folder of its own. */
export const sqlite: TestDatabase = {
  name: 'SQLite',
  packageName: '@dovetail/sqlite',
  capabilities: sqliteDriver.capabilities(),
  driver: sqliteDriver,
  collation: 'nocase',
  triggerBody: (statement) => `${statement};`,
  create: createSite,
};

async function createSite(): Promise<TestSite> {
  const folder = await mkdtemp(join(tmpdir(), 'dovetail-test-'));
  const dbName = join(folder, 'test.db');
  await sqliteDriver.ensureDatabase({ dbName });
  const connection = await sqliteDriver.connect({ dbName });
  const opened: Dovetail[] = [];
  return {
    connectionOptions: { dbName },
    connection,
    introspect: () => sqliteDriver.introspect(connection, { namespaces: [] }),
    async runScript(script) {
      const shell = new Database(dbName);
      shell.exec(script);
      shell.close();
    },
    async init(options) {
      const orm = await Dovetail.init({ ...options, dbName });
      opened.push(orm);
      return orm;
    },
    async dispose() {
      for (const orm of opened) await orm.close();
      await connection.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
