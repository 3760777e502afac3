import type { Change, Column, Table } from '@dovetail/core/driver';
import { describe, expect, test } from 'vitest';
import { evolve, inDatabase, schemaOf, servers, table } from './database.fixture.js';

/** Each expression as people write it, and another one that differs in a literal, a letter's case or a parenthesis. */
type Pair = readonly [written: string, changed: string];

const columns: readonly Column[] = [
  { name: 'id', type: 'int4', nullable: false },
  { name: 'name', type: 'varchar(80)', nullable: false },
  { name: 'note', type: 'text', nullable: true },
  { name: 'code', type: 'char(4)', nullable: true },
  { name: 'price', type: 'decimal(10,2)', nullable: false },
  { name: 'rate', type: 'float8', nullable: true },
  { name: 'stock', type: 'int', nullable: false },
  { name: 'small', type: 'int2', nullable: true },
  { name: 'big', type: 'int8', nullable: true },
  { name: 'active', type: 'bool', nullable: false },
  { name: 'born', type: 'date', nullable: true },
  { name: 'made', type: 'timestamptz', nullable: false },
  { name: 'local', type: 'timestamp(3)', nullable: true },
  { name: 'at', type: 'time', nullable: true },
  { name: 'data', type: 'jsonb', nullable: true },
  { name: 'tags', type: 'text[]', nullable: true },
  { name: 'span', type: 'interval', nullable: true },
  { name: 'User', type: 'text', nullable: true },
];

const checks: readonly Pair[] = [
  ['price between 1 and 10', 'price between 1 and 11'],
  ['price not between 1 and 10', 'price not between 2 and 10'],
  ['stock > 0', 'stock >= 0'],
  ['stock <> 13', 'stock <> 14'],
  ['stock != 15', 'stock != 16'],
  ["name like 'a%'", "name like 'A%'"],
  ["name not like 'a%'", "name not like 'b%'"],
  ["name ilike 'a_c'", "name ilike 'a_d'"],
  ["name like 'a!%' escape '!'", "name like 'a!_' escape '!'"],
  ["name similar to '(a|b)%'", "name similar to '(a|c)%'"],
  ["name ~ '^[a-z]+$'", "name ~ '^[A-Z]+$'"],
  ["name ~* '^x'", "name ~ '^x'"],
  ["name !~ '\\d'", "name !~ '\\D'"],
  ["name in ('a', 'b')", "name in ('a', 'B')"],
  ["name in ('only')", "name in ('Only')"],
  ["note in ('x', 'y')", "note in ('x', 'z')"],
  ["name not in ('a', 'b')", "name not in ('a', 'c')"],
  ['stock in (1, 2, 3)', 'stock in (1, 2, 4)'],
  ['stock = any (array[1, 2])', 'stock = any (array[1, 3])'],
  ['stock <> all (array[7, 8])', 'stock <> all (array[7, 9])'],
  ["note is null or note <> ''", "note is null or note <> ' '"],
  ['note is not null or stock > 5', 'note is not null or stock > 6'],
  ['active is true', 'active is not false'],
  ['active', 'not active'],
  ['not (active and stock = 0)', 'not active and stock = 0'],
  ['(stock + 1) * 2 > 3', 'stock + 1 * 2 > 3'],
  ['stock - (1 - small) > 0', 'stock - 1 - small > 0'],
  ['stock % 2 = 0', 'stock % 3 = 0'],
  ['-stock < 4', '-stock < 5'],
  ['abs(stock) < 100', 'abs(stock) < 101'],
  ['length(name) > 2', 'length(name) > 3'],
  ['char_length(trim(name)) > 0', 'char_length(trim(name)) > 1'],
  ['lower(name) = name', 'upper(name) = name'],
  ["name = lower('ABC')", "name = lower('ABc')"],
  ["position('x' in name) > 0", "position('X' in name) > 0"],
  ["substring(name from 1 for 2) = 'ab'", "substring(name from 1 for 2) = 'aB'"],
  ["coalesce(note, 'none') <> 'x'", "coalesce(note, 'None') <> 'x'"],
  ["nullif(note, '') is not null", "nullif(note, ' ') is not null"],
  ['greatest(stock, 1) < 50', 'greatest(stock, 2) < 50'],
  ['case when active then stock > 1 else true end', 'case when active then stock > 2 else true end'],
  ["case stock when 1 then 'a' else 'b' end = 'b'", "case stock when 1 then 'a' else 'B' end = 'b'"],
  ["born > date '2000-01-01'", "born > date '2000-01-02'"],
  ["born > '2000-01-01'", "born > '2001-01-01'"],
  ["made > timestamptz '2000-01-01 00:00:00+00'", "made > timestamptz '2000-01-01 00:00:01+00'"],
  ["made < local + interval '1 day'", "made < local + interval '2 days'"],
  ["span < interval '1 month'", "span < interval '1 Year'"],
  ['extract(year from born) > 1900', 'extract(year from born) > 1901'],
  ["date_part('month', born) < 13", "date_part('day', born) < 13"],
  ["made at time zone 'UTC' > '2000-01-01'", "made at time zone 'Europe/Paris' > '2000-01-01'"],
  ["data ->> 'kind' = 'a'", "data ->> 'Kind' = 'a'"],
  ['data @> \'{"a": 1}\'', 'data @> \'{"A": 1}\''],
  ["jsonb_typeof(data) = 'object'", "jsonb_typeof(data) = 'array'"],
  ["data ? 'a'", "data ? 'A'"],
  ['array_length(tags, 1) < 5', 'array_length(tags, 1) < 6'],
  ["tags <@ array['a', 'b']", "tags <@ array['a', 'B']"],
  ["tags[1] <> 'x'", "tags[2] <> 'x'"],
  ['(stock, small) > (1, 2)', '(stock, small) > (1, 3)'],
  ['cast(price as int) > 1', 'cast(price as int) > 2'],
  ["price::text <> '1.5'", "price::text <> '2.5'"],
  ["\"User\" <> 'it''s'", "\"User\" <> 'It''s'"],
  ["name is distinct from 'a'", "name is distinct from 'A'"],
  ['rate > 1.5', 'rate > 2.5'],
  ['rate > 1e-3', 'rate > 1e-4'],
];

const defaults: readonly (readonly [type: string, written: string, changed: string])[] = [
  ['int', '0', '1'],
  ['int', '-1', '-2'],
  ['int', '1 + 1', '1 + 2'],
  ['int', '(2 * (3 + 4))', '(2 * 3 + 4)'],
  ['int', "'5'", "'6'"],
  ['int', "'7'::int", "'8'::int"],
  ['smallint', '3', '4'],
  ['bigint', '5000000000', '5000000001'],
  ['bigint', '-5', '-6'],
  ['bigint', 'floor(random() * 10)::bigint', 'floor(random() * 20)::bigint'],
  ['numeric(10,2)', '0', '0.5'],
  ['numeric(10,2)', '1.50', '1.51'],
  ['numeric(10,2)', '-2.5', '-3.5'],
  ['real', '1.5', '2.5'],
  ['float8', '1e10', '1e11'],
  ['float8', 'random()', 'random() * 2'],
  ['float8', 'pi()', 'pi() / 2'],
  ['boolean', 'true', 'false'],
  ['boolean', "'t'", "'f'"],
  ['boolean', 'not false', 'not true'],
  ['text', "''", "' '"],
  ['text', "'it''s'", "'It''s'"],
  ['text', "'back\\slash'", "'back\\\\slash'"],
  ['text', "E'line\\nbreak'", "E'line\\tbreak'"],
  ['text', "'a' || 'b'", "'a' || 'B'"],
  ['text', "lower('X')", "lower('Y')"],
  ['text', "upper('x')::varchar(5)", "upper('x')::varchar(6)"],
  ['text', "concat('a', 1)", "concat('a', 2)"],
  ['text', 'current_user', 'session_user'],
  ['text', "'1'::text", "'2'::text"],
  ['text', 'md5(random()::text)', "md5(random()::text || 'x')"],
  ['text', "coalesce(null, 'x')", "coalesce(null, 'X')"],
  ['text', "case when true then 'a' else 'b' end", "case when true then 'a' else 'c' end"],
  ['text', "to_char(now(), 'YYYY')", "to_char(now(), 'yyyy-mm')"],
  ['varchar(10)', "'abc'", "'ABC'"],
  ['varchar(10)', "'x'::text", "'y'::text"],
  ['char(3)', "'abc'", "'abC'"],
  ['date', 'current_date', 'current_date + 1'],
  ['date', "'2020-01-01'", "'2020-01-02'"],
  ['date', "now() + interval '1 day'", "now() + interval '2 days'"],
  ['date', "date '1999-12-31'", "date '1999-12-30'"],
  ['timestamptz', 'now()', 'current_timestamp'],
  ['timestamptz', 'current_timestamp(3)', 'current_timestamp(2)'],
  ['timestamptz', "now() + interval '1 day'", "now() - interval '1 day'"],
  ['timestamptz', "'2020-01-01 00:00:00+02'", "'2020-01-01 00:00:00+03'"],
  ['timestamptz', 'clock_timestamp()', 'statement_timestamp()'],
  ['timestamp', 'localtimestamp', 'localtimestamp(0)'],
  ['timestamp', "now() at time zone 'utc'", "now() at time zone 'cet'"],
  ['timestamp', "timezone('utc', now())", "timezone('Utc', now())"],
  ['time', "'12:30'", "'12:31'"],
  ['time', 'localtime', 'localtime(0)'],
  ['interval', "'1 day'", "'1 hour'"],
  ['interval', "interval '2' month", "interval '3' month"],
  ['uuid', 'gen_random_uuid()', "'00000000-0000-0000-0000-000000000000'"],
  ['jsonb', "'{}'", "'[]'"],
  ['jsonb', '\'{"a": [1, 2]}\'::jsonb', '\'{"a": [1, 3]}\'::jsonb'],
  ['jsonb', "jsonb_build_object('k', 1)", "jsonb_build_object('K', 1)"],
  ['json', '\'{"a":1}\'', '\'{"a": 1}\''],
  ['text[]', "'{}'", "'{a}'"],
  ['text[]', "array['a', 'b']", "array['a', 'B']"],
  ['int[]', 'array[]::int[]', 'array[1]::int[]'],
  ['bytea', "'\\xab'", "'\\xac'"],
  ['inet', "'127.0.0.1'", "'127.0.0.2'"],
];

const generated: readonly (readonly [type: string, written: string, changed: string])[] = [
  ['int', 'stock + 1', 'stock + 2'],
  ['int', 'stock * (stock + 1)', 'stock * stock + 1'],
  ['int', '-stock', '+stock'],
  ['int', 'abs(stock)', 'abs(stock - 1)'],
  ['int', 'length(name)', 'length(note)'],
  ['int', 'coalesce(small, 0)', 'coalesce(small, 1)'],
  ['int', 'case when active then 1 else 0 end', 'case when active then 1 else 2 end'],
  ['int', 'stock % 7', 'stock % 8'],
  ['int', 'stock::int', 'big::int'],
  ['int', "(data ->> 'n')::int", "(data ->> 'N')::int"],
  ['bigint', 'stock', 'big'],
  ['bigint', 'big + stock', 'big - stock'],
  ['numeric(12,2)', 'price * stock', 'price + stock'],
  ['numeric(12,2)', 'price * 1.2', 'price * 1.3'],
  ['numeric(12,2)', 'round(price, 1)', 'round(price, 0)'],
  ['numeric', 'price / nullif(stock, 0)', 'price / nullif(stock, 1)'],
  ['text', "name || ' ' || note", "name || '-' || note"],
  ['text', 'lower(name)', 'upper(name)'],
  ['text', "coalesce(note, 'n/a')", "coalesce(note, 'N/A')"],
  ['text', "trim(both ' ' from name)", "trim(both '-' from name)"],
  ['text', 'substring(name, 1, 3)', 'substring(name, 1, 4)'],
  ['text', "replace(name, 'a', 'b')", "replace(name, 'A', 'b')"],
  ['text', "data ->> 'title'", "data ->> 'Title'"],
  ['text', "data #>> '{a,b}'", "data #>> '{a,c}'"],
  ['text', 'tags[1]', 'tags[2]'],
  ['boolean', 'stock > 10', 'stock > 11'],
  ['boolean', "name ~ '^a'", "name ~ '^A'"],
  ['boolean', 'price between 1 and 2', 'price between 1 and 3'],
  ['boolean', "name in ('a', 'b')", "name in ('a', 'c')"],
  ['date', 'born + 1', 'born + 2'],
  ['timestamp', "made at time zone 'UTC'", "made at time zone 'CET'"],
  ['tsvector', "to_tsvector('english', name)", "to_tsvector('simple', name)"],
];

const indexed: readonly Pair[] = [
  ['lower(name)', 'upper(name)'],
  ['(stock + 1)', '(stock + 2)'],
  ['stock * (small + 1)', 'stock * small + 1'],
  ["name || 'x'", "name || 'X'"],
  ["coalesce(note, '')", "coalesce(note, ' ')"],
  ["data ->> 'a'", "data ->> 'A'"],
  ["(data -> 'a') ->> 'b'", "(data -> 'a') ->> 'B'"],
  ["data #>> '{a,b}'", "data #>> '{a,B}'"],
  ["(data ->> 'n')::int", "(data ->> 'm')::int"],
  ['length(name)', 'length(note)'],
  ['substring(name from 1 for 3)', 'substring(name from 1 for 4)'],
  ['left(name, 2)', 'left(name, 3)'],
  ["case when active then 'a' else 'b' end", "case when active then 'a' else 'B' end"],
  ["date_part('year', born)", "date_part('month', born)"],
  ["date_part('day', made at time zone 'UTC')", "date_part('day', made at time zone 'CET')"],
  ["(made at time zone 'UTC')::date", "(made at time zone 'CET')::date"],
  ["born + interval '1 day'", "born + interval '2 days'"],
  ['array_length(tags, 1)', 'array_length(tags, 2)'],
  ['tags[1]', 'tags[2]'],
  ['abs(stock)', 'abs(small)'],
  ['-stock', '-small'],
  ['not active', 'active and true'],
  ['nullif(stock, 0)', 'nullif(stock, 1)'],
  ['greatest(stock, small)', 'least(stock, small)'],
  ['price * 1.5', 'price * 2.5'],
  ['cast(price as int)', 'cast(price as bigint)'],
  ["replace(name, '-', '')", "replace(name, '_', '')"],
  ['md5(name)', 'md5(note)'],
  ["name ~ '^a'", "name ~ '^A'"],
  ['stock in (1, 2)', 'stock in (1, 3)'],
  ['(stock > 1) = active', '(stock > 2) = active'],
];

function thing(pick: (pair: Pair) => string): Table {
  const numbered = <Item>(
    items: readonly (readonly [string, string, string])[],
    make: (type: string, text: string, index: number) => Item,
  ): Item[] => items.map(([type, written, changed], index) => make(type, pick([written, changed]), index));
  return table('thing', {
    columns: [
      ...columns,
      ...numbered(defaults, (type, text, index) => ({ name: `default_${index}`, type, nullable: true, default: text })),
      ...numbered(generated, (type, text, index) => ({
        name: `generated_${index}`,
        type,
        nullable: true,
        generated: { expression: text, stored: true },
      })),
    ],
    primaryKey: { columns: ['id'] },
    checks: checks.map((pair, index) => ({ name: `check_${index}`, expression: pick(pair) })),
    indexes: indexed.map((pair, index) => ({
      name: `index_${index}`,
      unique: false,
      parts: [{ expression: pick(pair) }],
      where: index % 5 === 0 ? pick(['stock > 1', 'stock > 2']) : undefined,
    })),
  });
}

/** What changed, each object once: one that is made anew counts as one. */
function changedObjects(changes: readonly Change[]): ReadonlySet<string> {
  return new Set(
    changes.map((change) => {
      switch (change.kind) {
        case 'add-check':
        case 'drop-check':
          return change.check.name ?? '';
        case 'add-index':
        case 'drop-index':
          return change.index.name;
        case 'add-column':
        case 'drop-column':
          return change.column.name;
        case 'alter-column':
          return change.to.name;
        default:
          return change.kind;
      }
    }),
  );
}

test('there are enough of them', () => {
  expect(checks.length).toBeGreaterThanOrEqual(60);
  expect(defaults.length).toBeGreaterThanOrEqual(60);
  expect(generated.length).toBeGreaterThanOrEqual(30);
  expect(indexed.length).toBeGreaterThanOrEqual(30);
});

describe.each(servers)('expressions as people write them, on the $release server', { timeout: 60_000 }, ({ url }) => {
  test('are quiet once they are created, and each change inside one is seen and converges', async () => {
    await inDatabase(url, async (connection) => {
      const created = await evolve(connection, schemaOf(thing(([written]) => written)));
      expect(created.left).toBe('');

      const altered = await evolve(connection, schemaOf(thing(([, changed]) => changed)));
      expect(altered.left).toBe('');
      expect([...changedObjects(altered.done)].sort()).toEqual(
        [
          ...checks.map((_, index) => `check_${index}`),
          ...defaults.map((_, index) => `default_${index}`),
          ...generated.map((_, index) => `generated_${index}`),
          ...indexed.map((_, index) => `index_${index}`),
        ].sort(),
      );
    });
  });
});
