import type { Connection, Schema } from '@dovetail/core';
import { mariadb, mysql, postgresql, sqlite, type TestDatabase, type TestSite } from '../databases/index.js';
import { readFixture } from '../fixtures/read-fixture.js';
import { forMariadb, runClientScript } from '../mysql-family/client-script.js';

/** A schema that somebody runs in production, on a database that it was written for. */
export interface RealSchema {
  readonly name: string;
  readonly database: TestDatabase;
  load(site: TestSite): Promise<void>;
}

const of = (
  database: TestDatabase,
  names: readonly string[],
  run: (connection: Connection, name: string) => Promise<void>,
): RealSchema[] =>
  names.map((name) => ({
    name: `${name} on ${database.name}`,
    database,
    // A dump sets what lasts as long as its connection.
    async load(site) {
      const orm = await site.init({ entities: [], discovery: { warnWhenNoEntities: false } });
      await run(orm.connection, name);
      await orm.close();
    },
  }));

const mysqlNames = ['chinook', 'guacamole', 'hydra', 'sakila', 'temporal-visibility'];

export const realSchemas: readonly RealSchema[] = [
  ...sqliteSchemas(['chinook', 'hydra', 'northwind', 'sakila-jooq', 'temporal-visibility']),
  ...postgresql.flatMap((database) =>
    of(database, ['chinook', 'guacamole', 'hydra', 'pagila', 'temporal-visibility'], (connection, name) =>
      connection.execute(readFixture('postgresql', name)),
    ),
  ),
  ...of(mysql, mysqlNames, (connection, name) => runClientScript(connection, readFixture('mysql', name))),
  // MariaDB has no indexes on expressions, which this one has.
  ...of(
    mariadb,
    mysqlNames.filter((name) => name !== 'temporal-visibility'),
    (connection, name) => runClientScript(connection, forMariadb(readFixture('mysql', name))),
  ),
];

/** A SQLite library of today refuses `"$.path"` where a string is meant; its rows are no matter here. */
function sqliteSchemas(names: readonly string[]): RealSchema[] {
  return names.map((name) => ({
    name: `${name} on ${sqlite.name}`,
    database: sqlite,
    load: (site) => site.runScript(`begin; ${readFixture('sqlite', name).replaceAll(/"(\$\.\w+)"/g, "'$1'")}; commit`),
  }));
}

/** Leaves of a schema what no entity can say: functions, domains, sequences, virtual tables. */
export async function dropTables(
  site: TestSite,
  { tables, views, enums }: Schema,
  database: TestDatabase,
): Promise<void> {
  const { ddl } = database.driver;
  const isPostgresql = postgresql.includes(database);
  const drop = (kind: string, name: string): string =>
    `drop ${kind} if exists ${ddl.quoteIdentifier(name)}${isPostgresql ? ' cascade' : ''};`;
  const statements = [
    ...views.map(({ name, materialized = false }) => drop(materialized ? 'materialized view' : 'view', name)),
    ...tables.map(({ name }) => drop('table', name)),
    ...enums.map(({ name }) => drop('type', name)),
  ];
  const before = database === sqlite ? 'pragma foreign_keys = off;' : isPostgresql ? '' : 'set foreign_key_checks = 0;';
  await site.runScript([before, ...statements].join('\n'));
}
