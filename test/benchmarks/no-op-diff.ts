// How long a diff of 1,000 tables that finds nothing takes, beside the bare queries of the catalog in the same run: those
// that the diff makes of PostgreSQL, fetched with `pg`; the batches of `show create table` of MySQL and MariaDB, fetched
// with `mysql2`. `npm run bench:no-op`; with other numbers of tables, and of tables with a check that the server prints in
// its own way: `npm run bench:no-op -- 100 100`.

import {
  Check,
  type DovetailBase,
  Entity,
  type EntityClass,
  Index,
  ManyToOne,
  PrimaryKey,
  Property,
  Unique,
} from '@dovetail/core';
import { Dovetail as MariadbDovetail } from '@dovetail/mariadb';
import { Dovetail as MysqlDovetail } from '@dovetail/mysql';
import { Dovetail as PostgresqlDovetail, postgresqlDriver } from '@dovetail/postgresql';
import { createConnection } from 'mysql2/promise';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startMariadb, startMysql } from '../servers/mysql-family.js';
import { startPostgresql } from '../servers/postgresql.js';
import type { RunningServer } from '../servers/server-process.js';

const [tables = 1_000, checked = 0] = process.argv.slice(2).map(Number);
const rounds = 15;
const dbName = 'benchmark';
const cache = fileURLToPath(new URL('../../.cache/servers', import.meta.url));

function makeEntities(now: string): EntityClass[] {
  return Array.from({ length: tables }, (_, number) => {
    class Made {}
    Object.defineProperty(Made, 'name', { value: `Table${number}` });
    const { prototype } = Made;
    PrimaryKey({ type: 'integer' })(prototype, 'id');
    Property({ type: 'string', length: 80 })(prototype, 'name');
    Property({ type: 'text', nullable: true })(prototype, 'note');
    Property({ type: 'decimal', precision: 10, scale: 2, default: 0 })(prototype, 'price');
    Property({ type: 'boolean', default: true })(prototype, 'active');
    Property({ type: 'datetime', defaultRaw: now })(prototype, 'createdAt');
    Property({ type: 'json', nullable: true })(prototype, 'data');
    ManyToOne({ entity: () => Made, nullable: true })(prototype, 'parent');
    Index({ properties: ['name', 'createdAt'] })(Made);
    Unique({ properties: ['name'] })(Made);
    if (number < checked) Check({ expression: 'price >= 0' })(Made);
    Entity({ tableName: `table_${number}` })(Made);
    return Made;
  });
}

/** A database whose tables are as the entities want them, and the bare queries of its catalog. */
interface Contest {
  readonly orm: DovetailBase;
  bare(): Promise<unknown>;
  close(): Promise<void>;
}

async function onPostgresql({ url }: RunningServer): Promise<Contest> {
  const options = { connectionString: url, dbName };
  const orm = await PostgresqlDovetail.init({ entities: makeEntities('now()'), ...options });
  await orm.schema.createSchema();
  const queries = await queriesOfDiff(options);
  const client = new pg.Client({ connectionString: new URL(`/${dbName}`, url).href });
  await client.connect();
  return {
    orm,
    async bare() {
      for (const { sql, parameters } of queries) await client.query(sql, [...parameters]);
    },
    close: () => client.end(),
  };
}

interface Query {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** What a diff asks the server. */
async function queriesOfDiff(options: Parameters<typeof postgresqlDriver.connect>[0]): Promise<Query[]> {
  const queries: Query[] = [];
  const connection = await postgresqlDriver.connect(options);
  const query: typeof connection.query = (sql, parameters = []) => {
    queries.push({ sql, parameters });
    return connection.query(sql, parameters);
  };
  await postgresqlDriver.introspect({ ...connection, query }, { namespaces: [] });
  await connection.close();
  return queries;
}

const batchSize = 250;

async function onMysql(
  { url }: RunningServer,
  Dovetail: typeof MysqlDovetail | typeof MariadbDovetail,
): Promise<Contest> {
  const orm = await Dovetail.init({ entities: makeEntities('current_timestamp'), url, dbName });
  await orm.schema.createSchema();
  const client = await createConnection({ uri: url, database: dbName, multipleStatements: true });
  const statements = Array.from({ length: tables }, (_, number) => `show create table table_${number}`);
  return {
    orm,
    async bare() {
      for (let start = 0; start < tables; start += batchSize) {
        await client.query(statements.slice(start, start + batchSize).join(';'));
      }
    },
    close: () => client.end(),
  };
}

async function timed(body: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await body();
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

async function compete(name: string, { orm, bare, close }: Contest): Promise<void> {
  await bare();
  const catalog: number[] = [];
  const diff: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    catalog.push(await timed(bare));
    diff.push(
      await timed(async () => {
        const sql = await orm.schema.getUpdateSchemaSQL();
        if (sql !== '') throw new Error(`The diff is not empty:\n${sql}`);
      }),
    );
  }
  await close();
  await orm.close();
  console.log(`${name}: ${tables} tables, the median of ${rounds} rounds`);
  console.log(`  bare catalog  ${median(catalog).toFixed(0)} ms`);
  console.log(`  no-op diff    ${median(diff).toFixed(0)} ms`);
  console.log(`  ratio         ${(median(diff) / median(catalog)).toFixed(2)}`);
}

async function onServer(
  start: () => Promise<RunningServer>,
  body: (server: RunningServer) => Promise<void>,
): Promise<void> {
  const server = await start();
  try {
    await body(server);
  } finally {
    await server.stop();
  }
}

await onServer(
  () => startPostgresql('newest'),
  async (server) => compete('PostgreSQL', await onPostgresql(server)),
);
await onServer(
  () => startMysql(cache),
  async (server) => compete('MySQL', await onMysql(server, MysqlDovetail)),
);
await onServer(
  () => startMariadb(cache),
  async (server) => compete('MariaDB', await onMysql(server, MariadbDovetail)),
);
