import { expect, test } from 'vitest';
import { canonicalType, constantType } from './type-name.js';
import { inDatabase, servers } from './database.fixture.js';
import { comparison } from './comparison.js';

const spellings = [
  'int',
  'INT4',
  'int2',
  'int8',
  'bool',
  'float',
  'float4',
  'float8',
  'decimal',
  'decimal(10, 2)',
  'numeric(5)',
  'varchar',
  'VARCHAR(20)',
  'char varying(3)',
  'character  varying (3)',
  'char',
  'char(4)',
  'character',
  'bit',
  'bit(3)',
  'varbit(5)',
  'timestamp',
  'timestamp(3)',
  'timestamptz',
  'timestamptz(3)',
  'timestamp (2) with time zone',
  'time',
  'time(1)',
  'timetz',
  'timetz(2)',
  'int[]',
  'int[3][]',
  'varchar(5)[]',
  'timestamptz(0)[]',
  'interval',
  'interval(3)',
  'jsonb',
  'uuid[]',
];

test.each(servers)('types are spelled as the catalog of the $release server prints them', async ({ url }) => {
  await inDatabase(url, async (connection) => {
    const columns = spellings.map((spelling, index) => `c${index} ${spelling}`);
    await connection.execute(`create table t (${columns.join(', ')})`);
    const rows = await connection.query(
      "select format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = 't'::regclass and attnum > 0 order by attnum",
    );
    expect(spellings.map(canonicalType)).toEqual(rows.map(({ type }) => type));
  });
});

test.each([
  ['"mood"', 'mood'],
  ['"Mood"', '"Mood"'],
  ['"my ""own"" type"', '"my ""own"" type"'],
  ['"shop"."size"[]', 'shop.size[]'],
  ['"order"', '"order"'],
  ['vector(3)', 'vector(3)'],
  ['geometry(Point,4326)', 'geometry(Point,4326)'],
])('%s is printed as %s', (written, printed) => {
  expect(canonicalType(written)).toBe(printed);
});

test.each([
  ['varchar(20)', 'character varying'],
  ['char(3)', 'bpchar'],
  ['timestamptz(3)', 'timestamp with time zone'],
  ['numeric(10,2)', 'numeric'],
  ['varchar(5)[]', 'character varying[]'],
])('a constant of %s is cast to %s', (type, cast) => {
  expect(constantType(type)).toBe(cast);
});

test.each([
  ['integer', 'bigint'],
  ['varchar(5)', 'varchar(6)'],
  ['int', 'int[]'],
  ['timestamp', 'timestamptz'],
  ['"Mood"', '"mood"'],
])('%s and %s are not the same', (a, b) => {
  expect(comparison.sameType(a, b)).toBe(false);
});
