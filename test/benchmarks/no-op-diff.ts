// How long a diff of 1,000 tables that finds nothing takes, beside the catalog queries that it makes, fetched with `pg`
// alone: `npm run bench:no-op`. With other numbers of tables, and of tables with a check that PostgreSQL prints in its
// own way: `npm run bench:no-op -- 100 100`.

import {
  Check,
  Dovetail,
  Entity,
  type EntityClass,
  Index,
  ManyToOne,
  postgresqlDriver as driver,
  PrimaryKey,
  Property,
  Unique,
} from '@dovetail/postgresql';
import pg from 'pg';
import { startPostgresql } from '../servers/postgresql.js';

const [tables = 1_000, checked = 0] = process.argv.slice(2).map(Number);
const rounds = 15;

function makeEntities(): EntityClass[] {
  return Array.from({ length: tables }, (_, number) => {
    class Made {}
    Object.defineProperty(Made, 'name', { value: `Table${number}` });
    const { prototype } = Made;
    PrimaryKey({ type: 'integer' })(prototype, 'id');
    Property({ type: 'string', length: 80 })(prototype, 'name');
    Property({ type: 'text', nullable: true })(prototype, 'note');
    Property({ type: 'decimal', precision: 10, scale: 2, default: 0 })(prototype, 'price');
    Property({ type: 'boolean', default: true })(prototype, 'active');
    Property({ type: 'datetime', defaultRaw: 'now()' })(prototype, 'createdAt');
    Property({ type: 'json', nullable: true })(prototype, 'data');
    ManyToOne({ entity: () => Made, nullable: true })(prototype, 'parent');
    Index({ properties: ['name', 'createdAt'] })(Made);
    Unique({ properties: ['name'] })(Made);
    if (number < checked) Check({ expression: 'price >= 0' })(Made);
    Entity({ tableName: `table_${number}` })(Made);
    return Made;
  });
}

interface Query {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** What a diff asks the server. */
async function queriesOfDiff(options: Parameters<typeof driver.connect>[0]): Promise<Query[]> {
  const queries: Query[] = [];
  const connection = await driver.connect(options);
  await driver.introspect(
    {
      ...connection,
      query: (sql, parameters = []) => {
        queries.push({ sql, parameters });
        return connection.query(sql, parameters);
      },
    },
    { namespaces: [] },
  );
  await connection.close();
  return queries;
}

async function timed(body: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await body();
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

const server = await startPostgresql('newest');
try {
  const options = { connectionString: server.url, dbName: 'benchmark' };
  const orm = await Dovetail.init({ entities: makeEntities(), ...options });
  await orm.schema.createSchema();
  const queries = await queriesOfDiff(options);
  const client = new pg.Client({ connectionString: new URL(`/${options.dbName}`, server.url).href });
  await client.connect();
  await client.query('select 1');

  const bare: number[] = [];
  const diff: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(
      await timed(async () => {
        for (const { sql, parameters } of queries) await client.query(sql, [...parameters]);
      }),
    );
    diff.push(
      await timed(async () => {
        const sql = await orm.schema.getUpdateSchemaSQL();
        if (sql !== '') throw new Error(`The diff is not empty:\n${sql}`);
      }),
    );
  }
  await client.end();
  await orm.close();
  console.log(`${tables} tables, ${queries.length} queries, the median of ${rounds} rounds:`);
  console.log(`  catalog queries  ${median(bare).toFixed(0)} ms`);
  console.log(`  no-op diff       ${median(diff).toFixed(0)} ms`);
  console.log(`  ratio            ${(median(diff) / median(bare)).toFixed(2)}`);
} finally {
  await server.stop();
}
