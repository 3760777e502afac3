import { Entity, PrimaryKey, Property, t } from '@dovetail/core';
import { createSeeder, type NewRow, type SeedDatabase, type Seeder } from '@dovetail/seeder';
import Database from 'better-sqlite3';
import { createConnection } from 'mysql2/promise';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { Dovetail as MariadbDovetail } from '@dovetail/mariadb';
import { Dovetail as MysqlDovetail } from '@dovetail/mysql';
import { Dovetail as PostgresqlDovetail } from '@dovetail/postgresql';
import { Dovetail as SqliteDovetail } from '@dovetail/sqlite';
import type { DovetailBase } from '@dovetail/core';
import { type ServerName, serverUrl } from '../servers/url.js';

const count = 100_000;
const batch = 1_000;
const rounds = 5;

@Entity()
class Reading {
  @PrimaryKey() id!: number;
  @Property() station!: string;
  @Property() level!: number;
  @Property({ type: t.double }) temperature!: number;
  @Property({ length: 3 }) taken!: Date;
  @Property() valid!: boolean;
}

const columns = ['station', 'level', 'temperature', 'taken', 'valid'];
const start = Date.UTC(2024, 0, 1);

const rows: readonly NewRow<Reading>[] = Array.from({ length: count }, (_, index) => ({
  station: `station ${index % 100}`,
  level: index,
  temperature: index / 7,
  taken: new Date(start + index * 1000),
  valid: index % 3 === 0,
}));

/** The same rows as a program of the bare driver would have them. */
const values: readonly unknown[][] = rows.map(({ station, level, temperature, taken, valid }) => [
  station,
  level,
  temperature,
  taken?.toISOString().replace('T', ' ').replace('Z', ''),
  Number(valid),
]);

class ReadingSeeder implements Seeder {
  async run(db: SeedDatabase): Promise<void> {
    await db.insert(Reading, rows);
  }
}

/** What the bare driver does with the same rows, in one transaction. */
type Insert = () => Promise<void>;

interface Contest {
  readonly orm: DovetailBase;
  readonly bare: Insert;
  dispose(): Promise<void>;
}

async function onSqlite(): Promise<Contest> {
  const folder = await mkdtemp(join(tmpdir(), 'dovetail-bench-'));
  const dbName = join(folder, 'bench.db');
  const orm = await SqliteDovetail.init({ entities: [Reading], dbName });
  await orm.schema.updateSchema();
  const database = new Database(dbName);
  const statement = `insert into reading (${columns.join(', ')}) values (?, ?, ?, ?, ?)`;
  return {
    orm,
    async bare() {
      const prepared = database.prepare(statement);
      database.transaction(() => {
        for (const row of values) prepared.run(row);
      })();
    },
    async dispose() {
      database.close();
      await orm.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function onPostgresql(server: ServerName): Promise<Contest> {
  const options = { connectionString: serverUrl(server), dbName: `dovetail_bench_${process.pid}` };
  const orm = await PostgresqlDovetail.init({ entities: [Reading], ...options });
  await orm.schema.updateSchema();
  const url = new URL(options.connectionString);
  url.pathname = options.dbName;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const places = Array.from(
    { length: batch },
    (_, row) => `(${columns.map((_, column) => `$${row * columns.length + column + 1}`).join(', ')})`,
  );
  const statement = `insert into reading (${columns.join(', ')}) values ${places.join(', ')}`;
  const booleans = values.map((row) => [...row.slice(0, -1), row.at(-1) === 1]);
  return {
    orm,
    async bare() {
      await client.query('begin');
      for (let index = 0; index < count; index += batch) {
        await client.query(statement, booleans.slice(index, index + batch).flat());
      }
      await client.query('commit');
    },
    async dispose() {
      await client.end();
      await orm.schema.dropSchema({ dropDb: true });
    },
  };
}

async function onMysql(server: ServerName, Dovetail: typeof MysqlDovetail | typeof MariadbDovetail): Promise<Contest> {
  const options = { url: serverUrl(server), dbName: `dovetail-bench-${process.pid}` };
  const orm = await Dovetail.init({ entities: [Reading], ...options });
  await orm.schema.updateSchema();
  const client = await createConnection({ uri: options.url, database: options.dbName });
  const statement = `insert into reading (${columns.join(', ')}) values ?`;
  return {
    orm,
    async bare() {
      await client.query('begin');
      for (let index = 0; index < count; index += batch) {
        await client.query(statement, [values.slice(index, index + batch)]);
      }
      await client.query('commit');
    },
    async dispose() {
      await client.end();
      await orm.schema.dropSchema({ dropDb: true });
    },
  };
}

async function rate(insert: Insert): Promise<number> {
  const before = performance.now();
  await insert();
  return (count / (performance.now() - before)) * 1000;
}

test.each([
  { name: 'SQLite', open: onSqlite },
  { name: 'PostgreSQL', open: () => onPostgresql('POSTGRESQL') },
  { name: 'MySQL', open: () => onMysql('MYSQL', MysqlDovetail) },
  { name: 'MariaDB', open: () => onMysql('MARIADB', MariadbDovetail) },
])('insert against the bare driver on $name', async ({ name, open }) => {
  const { orm, bare, dispose } = await open();
  const seeder = createSeeder(orm);
  const ours: number[] = [];
  const theirs: number[] = [];
  // In turns, so that a slow moment of the machine hits both; each time into an empty table.
  for (let round = 0; round < rounds; round += 1) {
    await orm.connection.execute('delete from reading');
    theirs.push(await rate(bare));
    await orm.connection.execute('delete from reading');
    ours.push(await rate(() => seeder.run(ReadingSeeder)));
    const [found] = await orm.connection.query('select count(*) as n from reading');
    expect(Number(found?.n)).toBe(count);
  }
  await dispose();
  const [insert, driver] = [median(ours), median(theirs)];
  const perSecond = (value: number): string => Math.round(value).toLocaleString('en');
  console.log(
    `${name}: insert ${perSecond(insert)} rows a second, the bare driver ${perSecond(driver)}: ${Math.round((insert / driver) * 100)} %`,
  );
});

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
