import { mariadb, mysql } from './mysql-family.js';
import { postgresql } from './postgresql.js';
import { sqlite } from './sqlite.js';
import type { TestDatabase } from './test-database.js';

export { mariadb, mysql, postgresql, sqlite };
export type { TestDatabase, TestSite } from './test-database.js';

/** Every database that the suites run against, from this one place. */
export const databases: readonly TestDatabase[] = [sqlite, ...postgresql, mysql, mariadb];

/** One server of each database, for suites of what stands on the drivers and asks no server for its version. */
export const newestDatabases = databases.filter(({ name }) => !name.endsWith('(oldest)'));
