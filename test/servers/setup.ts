import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { startMariadb, startMysql } from './mysql-family.js';
import { startPostgresql } from './postgresql.js';
import type { RunningServer } from './server-process.js';

declare module 'vitest' {
  interface ProvidedContext {
    readonly servers: Servers;
  }
}

/** The servers of the test run, each with its URL, or the reason why there is none. */
export type Servers = Readonly<Record<ServerName, { readonly url: string } | { readonly missing: string }>>;

export type ServerName = 'MARIADB' | 'MYSQL' | 'POSTGRESQL' | 'POSTGRESQL_OLDEST';

const cache = fileURLToPath(new URL('../../.cache/servers', import.meta.url));

/**
 * Starts the servers that the tests run against, once for all tests, and ends them after the last one, also when tests
 * fail. The environment variable `DOVETAIL_TEST_<NAME>_URL` names one that runs already.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started: RunningServer[] = [];
  const find = async (name: ServerName, start: () => Promise<RunningServer>): Promise<Servers[ServerName]> => {
    const variable = `DOVETAIL_TEST_${name}_URL`;
    const url = process.env[variable];
    if (url !== undefined) return { url };
    try {
      const server = await start();
      started.push(server);
      return { url: server.url };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { missing: `${reason}\nStart one, with "docker compose up" for example, and set ${variable}.` };
    }
  };
  const [MARIADB, MYSQL, POSTGRESQL, POSTGRESQL_OLDEST] = await Promise.all([
    find('MARIADB', () => startMariadb(cache)),
    find('MYSQL', () => startMysql(cache)),
    find('POSTGRESQL', () => startPostgresql('newest')),
    find('POSTGRESQL_OLDEST', () => startPostgresql('oldest')),
  ]);
  project.provide('servers', { MARIADB, MYSQL, POSTGRESQL, POSTGRESQL_OLDEST });
  return async () => {
    await Promise.all(started.map((server) => server.stop()));
  };
}
