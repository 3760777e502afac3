import type { Connection } from '@dovetail/core';
import type { Dialect } from '../dialect.js';
import type { TypeSpec, ValueFamily } from '../model.js';

const raw = (family: ValueFamily, ...columnTypes: string[]): TypeSpec[] =>
  columnTypes.map((columnType) => ({ kind: 'raw', columnType, family }));

export const sqlite: Dialect = {
  rawTypes: [
    ...raw('integer', 'INT', 'unsigned big int', 'int8'),
    ...raw('text', 'varchar(400)', 'NVARCHAR(400)', 'character varying(400)', 'clob'),
    ...raw('real', 'double precision', 'REAL'),
    ...raw('decimal', 'numeric(12, 3)', 'DECIMAL(18,4)'),
    ...raw('blob', 'BLOB'),
    ...raw('datetime', 'timestamp'),
  ],
  defaultCollation: 'binary',
  collations: ['nocase', 'rtrim', 'binary'],
  tableOptions: [{}, { strict: true }, { withoutRowid: true }, { strict: true, withoutRowid: true }],
  defaults: {
    integer: ['1 + 1', '-1', '+7', '(2 * 3)', 'abs(-4)', '0x1F', "length('a,b')", '- 3'],
    real: ['1.5', '-2.5', '1e-3', '.5', '1.5 * 1.5', '-(2.5)'],
    decimal: ['10.50', '-0.25', '0.5 + 0.25'],
    boolean: ['true', 'false', 'TRUE', '1', 'not 0', '1 = 2'],
    text: [
      "lower('X')",
      "'a' || 'b'",
      "('it''s')",
      "'NULL'",
      "upper('x') || ''''",
      "replace('a-b', '-', ',')",
      '\'say "hi"\'',
      'hex(randomblob(4))',
      "coalesce(null, ')')",
      "case when 1 < 2 then 'yes, it''s' else 'no' end",
    ],
    uuid: ['lower(hex(randomblob(16)))'],
    date: ['current_date', "date('now', '-1 day')", "'2024-02-29'"],
    datetime: [
      'current_timestamp',
      'CURRENT_TIMESTAMP',
      "datetime('now', '+1 day')",
      "strftime('%Y-%m-%d %H:%M:%f', 'now')",
    ],
    time: ['current_time', "'12:30:00'"],
    json: ["json_array(1, 'it''s')", "'{}'", `'{"a": "b, c"}'`, "json_object('k', json('[1, 2]'))"],
    blob: ["x'00ff'", "X'AB'", 'zeroblob(4)'],
    array: ["'a,b'"],
  },
  checks: {
    integer: [
      '{x} between 0 and 1000000',
      '{x} not between -20 and -10',
      '{x} > -1 or {x} = -5 and {x} < 1000000',
      '({x} > -1 or {x} = -5) and {x} < 1000000',
      'not {x} < -10',
      "cast({x} as text) <> ''",
      '{x} in (1, 2, 3) or {x} not in (1, 2, 3)',
      '{x} >= -2.5 AND {x} < 1e9',
      'abs({x}) >= 0 and ({x} & 0) = 0',
      "case when {x} > 5 then 'big' else 'small' end in ('big', 'small')",
      '{x} <> -1 /* a note, with a comma and a ) */',
      '{x} < {y} or {x} >= {y}',
      'coalesce({x}, {y}, 0) != -1',
    ],
    real: ['{x} > -1000.5', '{x} >= 1e-3 or {x} < 0', '{x} * 2 > -1E6'],
    decimal: ['{x} between -1000 and 1000000', 'round({x}, 2) is not null or {x} is null'],
    boolean: ['{x} in (0, 1)', '{x} = true or {x} = false'],
    text: [
      'length({x}) > 0',
      "{x} <> ''",
      "{x} not like 'it''s%'",
      "{x} in ('a', 'it''s', 'x, y', '(', ')') or length({x}) > 1",
      "{x} <> 'a\\b' and {x} <> '\\'",
      "{x} not glob '[0-9]*x'",
      "{x} is not 'NULL'",
      "{x} <> 'ACTIVE' and {x} <> 'Active'",
      "{x} not between 'zzzz' and 'zzzzz'",
      "{x} not like '%\\%%' escape '\\' or length({x}) > 0",
      "instr({x}, '{ }') = 0",
      "{x} || 'A' <> 'A'",
      '{x} <> {y} or {x} = {y} collate nocase',
    ],
    date: ["{x} >= '1970-01-01'", 'date({x}) is not null or {x} is null'],
    datetime: ["{x} >= '1970-01-01' and {x} < '9999-12-31'"],
    json: ['json_valid({x})'],
    blob: ["length({x}) > 0 and {x} <> x'00'"],
  },
  generated: {
    integer: [
      { expression: '{x} * 2', type: 'integer' },
      { expression: '-{x} + 1', type: 'integer' },
      { expression: "case when {x} > 5 then 'big, ''really''' else 'SMALL' end", type: 'text' },
      { expression: "'n' || {x}", type: 'text' },
    ],
    text: [
      { expression: 'lower({x})', type: 'text' },
      { expression: `{x} || ', it''s "x"'`, type: 'text' },
      { expression: "coalesce({x}, 'None')", type: 'text' },
      { expression: "replace({x}, 'A', ') stored')", type: 'text' },
      { expression: 'length({x})', type: 'integer' },
    ],
    json: [{ expression: "json_extract({x}, '$.tag')", type: 'text' }],
    datetime: [{ expression: 'substr({x}, 1, 10)', type: 'text' }],
  },
  virtualColumns: true,
  indexExpressions: {
    integer: ['{x} + 1', '({x} + 1) * 2', '-{x}'],
    text: ['lower({x})', "{x} || 'A'", 'substr({x}, 1, 2)', "coalesce({x}, '')", 'length({x})'],
    json: ["json_extract({x}, '$.tag')"],
  },
  predicates: {
    integer: ['{x} is not null', '{x} > 10', '{x} in (1, 2)', '{x} > 1 or {x} = 0 and {x} <> 7'],
    text: ["{x} <> 'A'", "{x} in ('a', 'B''s')", "{x} like 'a%'", '{x} is not null'],
    datetime: ['{x} is null'],
    boolean: ['{x}', 'not {x}'],
  },
  twins: [
    ["'ACTIVE'", "'active'"],
    ["'A'", "'a'"],
    ["'a'", "' a'"],
    ["'SMALL'", "'small'"],
    ["'None'", "'none'"],
    ["it''s", "It''s"],
    ["'NULL'", "'null'"],
    ['1000000', '1000001'],
    ['-5 and', '-5.5 and'],
    ['1e9', '1e8'],
    ['> 10', '> 1.0'],
    ['> 1 or', '> 2 or'],
    ['-1 or', '-2 or'],
    [' * 2', ' * 3'],
    ['%', '_'],
  ],
  parameter: () => '?',
  readable: (column) => column,
  insertFreely,
  integrityProblems,
};

/** The pragma does nothing inside a transaction (sqlite.org/pragma.html#pragma_foreign_keys). */
async function insertFreely(connection: Connection, insert: () => Promise<void>): Promise<void> {
  await connection.query('pragma foreign_keys = off');
  await connection.execute('begin');
  await insert();
  await connection.execute('commit');
  await connection.query('pragma foreign_keys = on');
}

async function integrityProblems(connection: Connection): Promise<readonly unknown[]> {
  const integrity = await connection.query('pragma integrity_check');
  return [
    ...integrity.filter(({ integrity_check }) => integrity_check !== 'ok'),
    ...(await connection.query('pragma foreign_key_check')),
  ];
}
