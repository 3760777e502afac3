import type { Connection } from '@dovetail/core';
import type { Dialect, Limits } from '../dialect.js';
import * as common from './common.js';

const widths: Readonly<Record<string, number>> = {
  string: 1020,
  interval: 1020,
  uuid: 144,
  'varchar(400)': 1600,
  'CHARACTER VARYING(400)': 1600,
  'varchar(400) character set utf8mb4': 1600,
  'varbinary(400)': 400,
};

const unbounded = new Set(['text', 'json', 'blob', 'array', 'mediumtext', 'mediumblob']);

const wide = /[\u{10000}-\u{10ffff}]/gu;

const limits: Limits = {
  // dev.mysql.com/doc/refman/9.7/en/innodb-limits.html
  indexBytes: 3072,
  bytesOf(type) {
    if (type.kind === 'enum') return type.array ? Infinity : 2;
    const name = type.kind === 'raw' ? type.columnType : type.type;
    return unbounded.has(name) ? Infinity : (widths[name] ?? 16);
  },
  textsAboutNumbers: false,
  cascadesNull: false,
  // Names are of the basic multilingual plane (refman/9.7/en/identifiers.html).
  nameFor: (name) => name.replace(wide, 'beyond'),
  // MariaDB shows a question mark for the others.
  defaultFor: (text) => text.replace(wide, 'beyond'),
  // An item is of the basic multilingual plane too, and ends with no space (refman/9.7/en/enum.html).
  itemFor: (item) => `${item.replace(wide, 'beyond')}${item.endsWith(' ') ? '.' : ''}`,
};

export const mariadb: Dialect = {
  rawTypes: [
    ...common.raw('integer', 'bigint', 'BIGINT(20)', 'int8'),
    ...common.raw('text', 'varchar(400)', 'CHARACTER VARYING(400)', 'mediumtext', 'varchar(400) character set utf8mb4'),
    ...common.raw('real', 'double precision', 'REAL'),
    ...common.raw('decimal', 'numeric(18, 3)', 'DECIMAL(18,4)'),
    ...common.raw('blob', 'mediumblob', 'varbinary(400)'),
    ...common.raw('datetime', 'datetime(6)'),
  ],
  defaultCollation: 'utf8mb4_bin',
  collations: ['utf8mb4_bin', 'utf8mb4_unicode_ci', 'utf8mb4_general_ci'],
  tableOptions: [{}, { charset: 'utf8mb4', collation: 'utf8mb4_bin' }],
  defaults: {
    integer: ['(1 + 1)', '-1', '+7', '(2 * 3)', '(abs(-4))', "(length('a,b'))", '- 3', "'8'"],
    real: [...common.defaults.real, '(1.5 * 1.5)', '(-(2.5))'],
    decimal: [...common.defaults.decimal, '(0.5 + 0.25)'],
    boolean: [...common.defaults.boolean, '1', '(not 0)', '(1 = 2)'],
    text: [
      "(lower('X'))",
      "(concat('a', 'b_c'))",
      "('it''s')",
      "('NULL')",
      "(concat(upper('x'), ''''))",
      "(replace('a-b', '-', ','))",
      '(\'say "hi"\')',
      '(hex(7))',
      "(coalesce(null, ')'))",
      "(case when 1 < 2 then 'yes, it''s' else 'no' end)",
      String.raw`('a\\b\n')`,
    ],
    uuid: ['(uuid())', '(lower(uuid()))'],
    date: ['(curdate())', "('2024-02-29')", '(current_date + interval 1 day)'],
    datetime: ['(now())', "'2024-02-29 10:00:00'", '(now() + interval 1 hour)'],
    time: ['(curtime())', "'12:30:00'"],
    json: ["(json_array(1, 'it''s'))", "('{}')", `('{"a": "b, c"}')`, "(json_object('k', json_array(1, 2)))"],
    blob: ["('bytes')", '(unhex(616263))'],
    array: ["('a,b')"],
  },
  checks: {
    integer: [
      ...common.checks.integer,
      "cast({x} as char) <> ''",
      'abs({x}) >= 0 and ({x} & 0) = 0',
      "hex({x}) <> 'none' and hex({x}) not like 'x%'",
    ],
    real: common.checks.real,
    decimal: common.checks.decimal,
    boolean: ['{x} in (0, 1)', '{x} = true or {x} = false'],
    text: [
      'char_length({x}) > 0',
      "{x} <> '' or {x} = ''",
      "{x} not like 'it''s%'",
      "{x} in ('a', 'it''s', 'x, y', '(', ')') or char_length({x}) > 0",
      String.raw`{x} <> 'a\\b' and {x} <> '\\'`,
      "{x} not regexp '^[0-9]+xyz$'",
      "not ({x} <=> 'NULL_')",
      "{x} <> 'ACTIVE_' and {x} <> 'Active_'",
      ...common.checks.text,
      String.raw`{x} not like '%|%%' escape '|' or char_length({x}) > 0`,
      "instr({x}, '{ }') = 0",
      "concat({x}, 'A') <> 'A'",
      "sha2({x}, 256) <> 'none'",
      '{x} <> {y} collate utf8mb4_bin or {x} = {y} collate utf8mb4_bin',
    ],
    date: ["{x} >= '1970-01-01'", 'year({x}) > 1900 or {x} is null'],
    datetime: common.checks.datetime,
    json: ['json_valid({x})'],
    blob: ["length({x}) > 0 and {x} <> x'00'"],
  },
  generated: {
    integer: [...common.generated.integer, { expression: "concat('n_', {x})", type: 'text' }],
    text: [
      ...common.generated.text,
      { expression: `concat({x}, ', it''s "x"')`, type: 'text' },
      { expression: 'char_length({x})', type: 'integer' },
    ],
    json: [{ expression: "json_unquote(json_extract({x}, '$.tag'))", type: 'text' }],
    datetime: [{ expression: 'year({x})', type: 'integer' }],
  },
  virtualColumns: true,
  indexExpressions: {},
  predicates: {},
  twins: [...common.twins, ["'ACTIVE_'", "'active_'"], ["'n_'", "'n-'"], ['-5 and', '-5.5 and']],
  parameter: () => '?',
  // A JSON column reads as an object on MySQL, as a text on MariaDB.
  readable: (column) => `cast(${column} as binary)`,
  limits,
  spelling,
  insertFreely,
  integrityProblems,
};

/** MySQL has indexes on expressions besides. */
export const mysql: Dialect = {
  ...mariadb,
  limits: { ...limits, cascadesNull: true, defaultFor: (text) => text },
  // MySQL adds no column to a table whose default is another in each row.
  defaults: { ...mariadb.defaults, uuid: ["(lower('00000000-0000-4000-8000-00000000000A'))"] },
  indexExpressions: {
    integer: common.indexExpressions.integer,
    text: ['lower(left({x}, 50))', "concat(left({x}, 50), 'A')", 'substr({x}, 1, 2)', 'char_length({x})'],
    json: ["cast(json_extract({x}, '$.tag') as char(50))"],
  },
};

/** What is the same rule, and what MySQL shows once more as it has read its own text. */
function spelling(text: string): string {
  if (text === 'restrict') return 'no action';
  return text
    .replaceAll(/-\(([\d.]+)\)/g, '-$1')
    .replaceAll('1e9', '1000000000')
    .replaceAll('1e8', '100000000');
}

async function insertFreely(connection: Connection, insert: () => Promise<void>): Promise<void> {
  await connection.execute('set session foreign_key_checks = off');
  await connection.execute('begin');
  await insert();
  await connection.execute('commit');
  await connection.execute('set session foreign_key_checks = on');
}

async function integrityProblems(connection: Connection): Promise<readonly unknown[]> {
  const tables = await connection.query("show full tables where table_type = 'BASE TABLE'");
  if (tables.length === 0) return [];
  const names = tables.map((row) => `\`${String(Object.values(row)[0]).replaceAll('`', '``')}\``);
  const results = await connection.query(`check table ${names.join(', ')}`);
  return results.filter(({ Msg_text }) => Msg_text !== 'OK');
}
