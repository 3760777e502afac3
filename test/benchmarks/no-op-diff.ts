// How long a diff of 1,000 tables that finds nothing takes, beside the bare queries of the catalog in the same run: those
// that the diff makes of PostgreSQL, fetched with `pg`; the batches of `show create table` of MySQL and MariaDB, fetched
// with `mysql2`. Once with a program that has compared before, as an update does several times, and once with one that has
// just connected and describes its entities first. `npm run bench:no-op`; with other numbers of tables, and of tables with a check that the server prints in
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
  /** Connects anew. */
  connect(): Promise<DovetailBase>;
  bare(): Promise<unknown>;
  close(): Promise<void>;
}

async function onPostgresql({ url }: RunningServer): Promise<Contest> {
  const options = { connectionString: url, dbName };
  const entities = makeEntities('now()');
  const connect = (): Promise<DovetailBase> => PostgresqlDovetail.init({ entities, ...options });
  await create(connect);
  const queries = await queriesOfDiff(options);
  const client = new pg.Client({ connectionString: new URL(`/${dbName}`, url).href });
  await client.connect();
  return {
    connect,
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
  const entities = makeEntities('current_timestamp');
  const connect = (): Promise<DovetailBase> => Dovetail.init({ entities, url, dbName });
  await create(connect);
  const client = await createConnection({ uri: url, database: dbName, multipleStatements: true });
  const statements = Array.from({ length: tables }, (_, number) => `show create table table_${number}`);
  return {
    connect,
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

async function create(connect: () => Promise<DovetailBase>): Promise<void> {
  const orm = await connect();
  await orm.schema.createSchema();
  await orm.close();
}

async function diff(orm: DovetailBase): Promise<void> {
  const sql = await orm.schema.getUpdateSchemaSQL();
  if (sql !== '') throw new Error(`The diff is not empty:\n${sql}`);
}

async function compete(name: string, { connect, bare, close }: Contest): Promise<void> {
  await bare();
  const orm = await connect();
  await diff(orm);
  const times = { bare: new Array<number>(), again: new Array<number>(), first: new Array<number>() };
  for (let round = 0; round < rounds; round += 1) {
    times.bare.push(await timed(bare));
    times.again.push(await timed(() => diff(orm)));
    const fresh = await connect();
    times.first.push(await timed(() => diff(fresh)));
    await fresh.close();
  }
  await close();
  await orm.close();
  const ratio = (of: readonly number[]): string => (median(of) / median(times.bare)).toFixed(2);
  console.log(`${name}: ${tables} tables, the median of ${rounds} rounds`);
  console.log(`  bare catalog                     ${median(times.bare).toFixed(0)} ms`);
  console.log(`  no-op diff                       ${median(times.again).toFixed(0)} ms, ratio ${ratio(times.again)}`);
  console.log(`  the first one of a connection    ${median(times.first).toFixed(0)} ms, ratio ${ratio(times.first)}`);
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
