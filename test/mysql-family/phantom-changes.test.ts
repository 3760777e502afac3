import { Check, Entity, Index, PrimaryKey, Property, type DovetailBase, type EntityClass } from '@dovetail/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mariadb, mysql, type TestSite } from '../databases/index.js';

/** A column type and the default of it, as people write it; the second is another one, or another letter case. */
const defaults: readonly (readonly [type: string, sql: string, other?: string])[] = [
  ['varchar(20)', `'a'`, `'A'`],
  ['varchar(20)', `"double"`, `'Double'`],
  ['varchar(20)', `'snake_case'`, `'snake-case'`],
  ['varchar(20)', `'it''s'`, `'its'`],
  ['varchar(20)', `'say "x"'`, `'say x'`],
  ['varchar(20)', String.raw`'back\\slash'`, String.raw`'back/slash'`],
  ['varchar(20)', String.raw`'it\'s'`, `'it'`],
  ['varchar(20)', `''`, `' '`],
  ['varchar(20)', `'100%'`, `'100'`],
  ['varchar(20)', `'(now())'`, `'now()'`],
  ['varchar(20)', `'null'`, `'NULL'`],
  ['varchar(20)', `(concat('ü', '😀'))`, `(concat('Ü', '😀'))`],
  ['varchar(20)', `(lower('X'))`, `(lower('Y'))`],
  ['varchar(20)', `(concat('a_b', 'c'))`, `(concat('a_b', 'C'))`],
  ['varchar(36)', `(uuid())`, `(upper(uuid()))`],
  ['varchar(36)', `uuid()`],
  ['varchar(20)', `(cast(1 as char))`, `(cast(2 as char))`],
  ['varchar(20)', `(if(1 > 2, 'x', 'y'))`, `(if(1 > 2, 'x', 'Y'))`],
  ['varchar(20)', `(case when 1 = 1 then 'a' else 'b' end)`, `(case when 1 = 1 then 'a' else 'c' end)`],
  ['char(3)', `'abc'`, `'abd'`],
  ['text', `('long text')`, `('Long text')`],
  ['text', `(repeat('ab', 3))`, `(repeat('ab', 4))`],
  ['json', `(json_object())`, `(json_array())`],
  ['json', `(json_object('a', 1, 'b', json_array(1, 2)))`, `(json_object('a', 1, 'b', json_array(1, 3)))`],
  ['json', `('{}')`, `('[]')`],
  ['json', `('{"n": 123456789012345678901234567890}')`, `('{"n": 123456789012345678901234567891}')`],
  ['json', `('{"a": "it''s"}')`, `('{"a": "its"}')`],
  ['blob', `('bytes')`, `('Bytes')`],
  ['binary(3)', `'abc'`, `'abd'`],
  ['varbinary(4)', `0x616263`, `0x616264`],
  ['varbinary(4)', `x'6162'`, `x'6163'`],
  ['bit(3)', `b'101'`, `b'111'`],
  ['int', `0`, `1`],
  ['int', `-1`, `1`],
  ['int', `+5`, `6`],
  ['int', `'7'`, `'8'`],
  ['int', `(1 + 1)`, `(1 + 2)`],
  ['int', `(floor(7 / 2))`, `(floor(9 / 2))`],
  ['int unsigned', `4294967295`, `4294967294`],
  ['bigint', `9223372036854775807`, `9223372036854775806`],
  ['bigint unsigned', `18446744073709551615`, `18446744073709551614`],
  ['tinyint(1)', `true`, `false`],
  ['tinyint(1)', `FALSE`, `TRUE`],
  ['boolean', `1`, `0`],
  ['decimal(10,2)', `0`, `1`],
  ['decimal(10,2)', `9.9`, `9.8`],
  ['numeric(6,3)', `-0.5`, `0.5`],
  ['double', `1.5`, `2.5`],
  ['double', `1e3`, `1e4`],
  ['float', `0.25`, `0.5`],
  ['year', `2024`, `2025`],
  ['date', `'2024-02-29'`, `'2024-02-28'`],
  ['date', `(curdate())`, `(curdate() + interval 1 day)`],
  ['date', `(current_date + interval 1 month)`, `(current_date + interval 2 month)`],
  ['time', `'10:00:00'`, `'11:00:00'`],
  ['time(3)', `'10:00:00.5'`, `'10:00:00.6'`],
  ['datetime', `'2024-02-29 12:30:00'`, `'2024-02-29 12:30:01'`],
  ['datetime', `now()`, `'2024-01-01 00:00:00'`],
  ['datetime(3)', `now(3)`, `'2024-01-01 00:00:00'`],
  ['datetime(6)', `CURRENT_TIMESTAMP(6)`, `(now(6) + interval 1 hour)`],
  ['timestamp', `localtimestamp`, `'2024-01-01 00:00:00'`],
  ["enum('a','b,c','it''s')", `'b,c'`, `'it''s'`],
  ["set('x','y','z')", `'x,z'`, `'x,y'`],
];

const checks: readonly (readonly [sql: string, other?: string])[] = [
  [`n > 1`, `n > 2`],
  [`n >= 1 and n <= 10`, `n >= 1 and n <= 11`],
  [`n between 1 and 10`, `n between 1 and 20`],
  [`n not between 1 and 10`, `n between 1 and 10`],
  [`n in (1, 2, 3)`, `n in (1, 2)`],
  [`s in ('a', 'b_c')`, `s in ('a', 'B_c')`],
  [`s not in ('a', 'b')`, `s not in ('a', 'c')`],
  [`s <> ''`, `s <> ' '`],
  [`s != 'x'`, `s != 'X'`],
  [`s like 'a%'`, `s like 'b%'`],
  [`s not like 'a_%'`, `s not like 'b_%'`],
  [String.raw`s like 'a\_%'`, String.raw`s like 'b\_%'`],
  [`s is not null`, `s is null`],
  [`s is null or n > 0`, `s is null and n > 0`],
  [`n > 0 or n < -10 and s = 'x'`, `(n > 0 or n < -10) and s = 'x'`],
  [`not (n = 5)`, `n = 5`],
  [`n % 2 = 0`, `n % 3 = 0`],
  [`mod(n, 2) = 1`, `mod(n, 2) = 0`],
  [`n + 1 > 2 * 3`, `n + 1 > 2 * 4`],
  [`(n + 1) * 2 > 3`, `n + 1 * 2 > 3`],
  [`-n < 5`, `-n < 6`],
  [`abs(n) < 100`, `abs(n) < 101`],
  [`length(s) > 2`, `length(s) > 3`],
  [`char_length(s) between 1 and 5`, `char_length(s) between 1 and 6`],
  [`lower(s) = s`, `upper(s) = s`],
  [`trim(s) <> ''`, `ltrim(s) <> ''`],
  [`concat(s, '_x') <> 'a_x'`, `concat(s, '_y') <> 'a_x'`],
  [`substring(s, 1, 1) = 'a'`, `substring(s, 1, 1) = 'A'`],
  [`left(s, 1) = 'a'`, `right(s, 1) = 'a'`],
  [`coalesce(s, 'none') <> 'none'`, `coalesce(s, 'None') <> 'none'`],
  [`ifnull(n, 0) >= 0`, `ifnull(n, 1) >= 0`],
  [`nullif(n, 0) is not null`, `nullif(n, 1) is not null`],
  [`case when n > 1 then s else 'b' end <> 'x_y'`, `case when n > 1 then s else 'b' end <> 'X_y'`],
  [`case s when 'x' then 1 else 0 end = 1`, `case s when 'X' then 1 else 0 end = 1`],
  [`if(n > 1, 1, 0) = 1`, `if(n > 1, 1, 0) = 0`],
  [`s regexp '^[a-z]+$'`, `s regexp '^[A-Z]+$'`],
  [`s rlike 'a|b'`, `s rlike 'a|c'`],
  [`cast(n as char) <> '5'`, `cast(n as char) <> '6'`],
  [`cast(s as unsigned) > 0`, `cast(s as unsigned) > 1`],
  [`convert(s, signed) > 0`, `convert(s, signed) > 1`],
  [`d > '2020-01-01'`, `d > '2020-01-02'`],
  [`d > date '2020-01-01'`, `d > date '2020-01-02'`],
  [`year(d) > 2000`, `year(d) > 2001`],
  [`d < date_add('2030-01-01', interval 1 day)`, `d < date_add('2030-01-01', interval 2 day)`],
  [`d + interval 1 day > '2020-01-01'`, `d + interval 2 day > '2020-01-01'`],
  [`extract(month from d) = 1`, `extract(month from d) = 2`],
  [`d <> makedate(2020, n)`, `d <> makedate(2021, n)`],
  [`datediff(d, '2020-01-01') > 0`, `datediff(d, '2020-01-01') > 1`],
  [`json_valid(j)`, `json_valid(s)`],
  [`json_extract(j, '$.a') is not null`, `json_extract(j, '$.A') is not null`],
  [`json_length(j) > 0`, `json_length(j) > 1`],
  [`n <=> 5`, `n <=> 6`],
  [`n & 1 = 1`, `n & 2 = 2`],
  [`n | 1 > 0`, `n | 2 > 0`],
  [`n << 1 > 0`, `n << 2 > 0`],
  [`n xor 1`, `n xor 0`],
  [`s = binary 'a'`, `s = binary 'A'`],
  [`s collate utf8mb4_bin <> 'a'`, `s collate utf8mb4_bin <> 'A'`],
  [`greatest(n, 1) < 50`, `least(n, 1) < 50`],
  [`n is true`, `n is false`],
];

const generated: readonly (readonly [type: string, sql: string, other?: string])[] = [
  ['int', `n + 1`, `n + 2`],
  ['int', `(n * 2) stored`, `(n * 3) stored`],
  ['int', `n * 2 + 1`, `n * (2 + 1)`],
  ['int', `-n`, `n`],
  ['bigint', `n * n virtual`, `n + n virtual`],
  ['decimal(10,2)', `(n / 4) stored`, `(n / 5) stored`],
  ['varchar(50)', `concat(s, '_', n)`, `concat(s, '-', n)`],
  ['varchar(50)', `concat('it''s ', s)`, `concat('its ', s)`],
  ['varchar(50)', String.raw`concat('a\\b', s)`, String.raw`concat('a/b', s)`],
  ['varchar(50)', `concat_ws(' ', s, s)`, `concat_ws('_', s, s)`],
  ['varchar(50)', `upper(s) stored`, `lower(s) stored`],
  ['varchar(50)', `coalesce(s, 'none')`, `coalesce(s, 'None')`],
  ['varchar(50)', `trim(both 'x' from s)`, `trim(both 'y' from s)`],
  ['varchar(50)', `replace(s, 'a', 'b')`, `replace(s, 'a', 'B')`],
  ['varchar(50)', `substr(s, 1, 2)`, `substr(s, 1, 3)`],
  ['varchar(50)', `lpad(s, 5, '_')`, `lpad(s, 5, '-')`],
  ['varchar(50)', `case when n > 1 then 'big' else 'small' end`, `case when n > 1 then 'Big' else 'small' end`],
  ['varchar(50)', `if(n is null, 'x', 'y')`, `if(n is null, 'X', 'y')`],
  ['varchar(50)', `json_unquote(json_extract(j, '$.name'))`, `json_unquote(json_extract(j, '$.Name'))`],
  ['varchar(50)', `json_value(j, '$.a_b')`, `json_value(j, '$.A_b')`],
  ['json', `json_object('s', s, 'n', n)`, `json_object('S', s, 'n', n)`],
  ['int', `char_length(s)`, `length(s)`],
  ['int', `year(d)`, `month(d)`],
  ['date', `(d + interval 1 day)`, `(d + interval 2 day)`],
  ['date', `date_add(d, interval 1 month) stored`, `date_add(d, interval 2 month) stored`],
  ['tinyint(1)', `n > 5`, `n > 6`],
  ['tinyint(1)', `n between 1 and 5`, `n between 1 and 6`],
  ['tinyint(1)', `s in ('a', 'b')`, `s in ('a', 'B')`],
  ['varchar(90)', `hex(s)`, `reverse(s)`],
  ['int', `cast(s as unsigned)`, `cast(s as signed)`],
];

const functional: readonly (readonly [sql: string, other?: string])[] = [
  [`n + 1`, `n + 2`],
  [`lower(s)`, `upper(s)`],
  [`n * 2 - 1`, `n * (2 - 1)`],
  [`abs(n)`, `sign(n)`],
  [`mod(n, 3)`, `mod(n, 4)`],
  [`concat(s, '_', n)`, `concat(s, '-', n)`],
  [`concat('it''s', s)`, `concat('its', s)`],
  [`substring(s, 1, 5)`, `substring(s, 1, 6)`],
  [`left(s, 3)`, `left(s, 4)`],
  [`trim(s)`, `ltrim(s)`],
  [`coalesce(s, 'x')`, `coalesce(s, 'X')`],
  [`case when n > 1 then n end`, `case when n > 2 then n end`],
  [`if(n > 1, 'a', 'b')`, `if(n > 1, 'A', 'b')`],
  [`year(d)`, `month(d)`],
  [`d + interval 1 day`, `d + interval 2 day`],
  [`cast(s as unsigned)`, `cast(s as signed)`],
  [`cast(json_extract(j, '$.a') as char(20))`, `cast(json_extract(j, '$.A') as char(20))`],
  [`cast(j->>'$.name_x' as char(30))`, `cast(j->>'$.name_X' as char(30))`],
  [`s = 'x'`, `s = 'X'`],
  [`char_length(s)`, `length(s)`],
];

/** An entity with the columns that expressions may use, and what is decorated besides. */
function entity(name: string, decorate: (subject: EntityClass, prototype: object) => void): EntityClass {
  class Subject {
    declare id: number;
    declare n: number;
    declare s: string;
    declare d: string;
    declare j: unknown;
  }
  PrimaryKey({ type: 'integer' })(Subject.prototype, 'id');
  Property({ type: 'integer' })(Subject.prototype, 'n');
  Property({ type: 'string', length: 30 })(Subject.prototype, 's');
  Property({ type: 'date' })(Subject.prototype, 'd');
  Property({ type: 'json' })(Subject.prototype, 'j');
  decorate(Subject, Subject.prototype);
  Entity({ tableName: name })(Subject);
  Object.defineProperty(Subject, 'name', { value: name });
  return Subject;
}

/** The entities of all cases, with each case as it is or as its other one. */
function entities(isOther: boolean, hasFunctional: boolean): EntityClass[] {
  const pick = (sql: string, other: string | undefined): string => (isOther ? (other ?? sql) : sql);
  return [
    entity('with_defaults', (_subject, prototype) =>
      defaults.forEach(([columnType, sql, other], index) =>
        Property({ columnType, defaultRaw: pick(sql, other), fieldName: `c${index}` })(prototype, `c${index}`),
      ),
    ),
    entity('with_checks', (subject) =>
      checks.forEach(([sql, other], index) =>
        Check({ name: `with_checks_${index}`, expression: pick(sql, other) })(subject),
      ),
    ),
    entity('with_generated', (_subject, prototype) =>
      generated.forEach(([columnType, sql, other], index) =>
        Property({ columnType, nullable: true, generated: pick(sql, other), fieldName: `c${index}` })(
          prototype,
          `c${index}`,
        ),
      ),
    ),
    ...(hasFunctional
      ? [
          entity('with_indexes', (subject) =>
            functional.forEach(([sql, other], index) =>
              Index({ name: `functional_${index}`, expression: `(${pick(sql, other)})` })(subject),
            ),
          ),
        ]
      : []),
  ];
}

describe.each([mysql, mariadb])('$name', ({ create, capabilities }) => {
  const hasFunctional = capabilities.features.includes('index-expression');
  let site: TestSite;
  let orm: DovetailBase;

  beforeAll(async () => {
    site = await create();
    orm = await site.init({ entities: entities(false, hasFunctional) });
    await orm.schema.createSchema();
  }, 60_000);

  afterAll(() => site.dispose());

  test('what was created is not changed again', async () => {
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
  });

  test('another literal in each is seen, and what was updated is not changed again', async () => {
    const changed = await site.init({ entities: entities(true, hasFunctional) });
    const plan = await changed.schema.plan({ allow: ['data-loss'] });
    const seen = new Set(plan.steps.flatMap((step) => step.changes.flatMap(nameOfChange)));
    expect(expectedNames(hasFunctional).filter((name) => !seen.has(name))).toEqual([]);
    await changed.schema.apply(plan);
    expect(await changed.schema.getUpdateSchemaSQL()).toBe('');
  });
});

type Change = Awaited<ReturnType<DovetailBase['schema']['plan']>>['steps'][number]['changes'][number];

function nameOfChange(change: Change): string[] {
  switch (change.kind) {
    case 'alter-column':
      return [`${change.table.name}.${change.to.name}`];
    case 'add-check':
      return [change.check.name ?? ''];
    case 'add-index':
      return [change.index.name];
    default:
      return [];
  }
}

function expectedNames(hasFunctional: boolean): string[] {
  const named = (cases: readonly (readonly unknown[])[], at: number, name: (index: number) => string): string[] =>
    cases.flatMap((example, index) => (example[at] === undefined ? [] : [name(index)]));
  return [
    ...named(defaults, 2, (index) => `with_defaults.c${index}`),
    ...named(checks, 1, (index) => `with_checks_${index}`),
    ...named(generated, 2, (index) => `with_generated.c${index}`),
    ...(hasFunctional ? named(functional, 1, (index) => `functional_${index}`) : []),
  ];
}
