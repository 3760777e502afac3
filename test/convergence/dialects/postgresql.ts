import type { Connection } from '@dovetail/core';
import type { Dialect } from '../dialect.js';
import type { TypeSpec, ValueFamily } from '../model.js';

const raw = (family: ValueFamily, ...columnTypes: string[]): TypeSpec[] =>
  columnTypes.map((columnType) => ({ kind: 'raw', columnType, family }));

export const postgresql: Dialect = {
  rawTypes: [
    ...raw('integer', 'int', 'INT4', 'int8', 'bigint'),
    ...raw('text', 'varchar(400)', 'character varying(400)', 'VARCHAR', 'text'),
    ...raw('real', 'float8', 'double precision'),
    ...raw('decimal', 'numeric(12, 3)', 'DECIMAL(18,4)'),
    ...raw('blob', 'bytea'),
    ...raw('datetime', 'timestamptz', 'timestamptz(3)'),
  ],
  defaultCollation: 'default',
  collations: ['C', 'POSIX', 'en-x-icu'],
  tableOptions: [{}],
  defaults: {
    integer: ['1 + 1', '-1', '+7', '(2 * 3)', 'abs(-4)', "length('a,b')", '- 3', "'5'", "'7'::int"],
    real: ['1.5', '-2.5', '1e-3', '.5', '1.5 * 1.5', '-(2.5)', 'random()', 'pi()'],
    decimal: ['10.50', '-0.25', '0.5 + 0.25'],
    boolean: ['true', 'false', 'TRUE', "'t'", 'not false', '1 = 2'],
    text: [
      "lower('X')",
      "'a' || 'b'",
      "('it''s')",
      "'NULL'",
      "upper('x') || ''''",
      "replace('a-b', '-', ',')",
      '\'say "hi"\'',
      'md5(random()::text)',
      "coalesce(null, ')')",
      "case when 1 < 2 then 'yes, it''s' else 'no' end",
      "E'a\\\\b'",
    ],
    uuid: ['gen_random_uuid()'],
    date: ['current_date', "now() - interval '1 day'", "'2024-02-29'"],
    datetime: ['now()', 'CURRENT_TIMESTAMP', "now() + interval '1 day'", 'current_timestamp(3)'],
    time: ['localtime', "'12:30:00'"],
    json: ["'{}'", `'{"a": "b, c"}'`, "jsonb_build_object('k', 1)", "'[1, 2]'::jsonb"],
    blob: ["'\\x00ff'", "'\\xAB'::bytea"],
    array: ["'{a,b}'", "array['a', 'it''s']"],
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
      'abs({x}) >= 0',
      "case when {x} > 5 then 'big' else 'small' end in ('big', 'small')",
      '{x} <> -1 /* a note, with a comma and a ) */',
      '{x} < {y} or {x} >= {y}',
      'coalesce({x}, {y}, 0) != -1',
    ],
    real: ['{x} > -1000.5', '{x} >= 1e-3 or {x} < 0', '{x} * 2 > -1E6'],
    decimal: ['{x} between -1000 and 1000000', 'round({x}, 2) is not null or {x} is null'],
    boolean: ['{x} in (true, false)', '{x} is true or {x} is not true'],
    text: [
      'length({x}) > 0',
      "{x} <> ''",
      "{x} in ('a', 'it''s', 'x, y', '(', ')') or length({x}) > 1",
      "{x} <> 'a\\b' and {x} <> '\\'",
      "{x} is distinct from 'NULL'",
      "{x} <> 'ACTIVE' and {x} <> 'Active'",
      "{x} not between 'zzzz' and 'zzzzz'",
      "position('{ }' in {x}) = 0",
      "{x} || 'A' <> 'A'",
      // Columns of two collations are compared by neither.
      `{x} <> {y} collate "C" or {x} = {y} collate "C"`,
      "{x} not like '%\\%%' or length({x}) > 0",
      "{x} !~ '^[0-9]x$' or {x} is null",
      "{x} not ilike 'zzz%zz'",
    ],
    date: ["{x} >= '1970-01-01'", "{x} + 1 > '1970-01-01'"],
    datetime: ["{x} >= '1970-01-01' and {x} < '9999-12-31'", "{x} + interval '1 day' > {x}"],
    json: ['jsonb_typeof({x}) is not null or {x} is null'],
    blob: ['length({x}) > 0'],
  },
  generated: {
    integer: [
      { expression: '{x} * 2', type: 'integer' },
      { expression: '-{x} + 1', type: 'integer' },
      { expression: "case when {x} > 5 then 'big, ''really''' else 'SMALL' end", type: 'text' },
    ],
    text: [
      { expression: 'lower({x})', type: 'text' },
      { expression: `{x} || ', it''s "x"'`, type: 'text' },
      { expression: "coalesce({x}, 'None')", type: 'text' },
      { expression: "replace({x}, 'A', ') stored')", type: 'text' },
      { expression: 'length({x})', type: 'integer' },
    ],
    json: [{ expression: "{x} ->> 'tag'", type: 'text' }],
  },
  virtualColumns: false,
  indexExpressions: {
    integer: ['{x} + 1', '({x} + 1) * 2', '-{x}'],
    text: ['lower({x})', "{x} || 'A'", 'substr({x}, 1, 2)', "coalesce({x}, '')", 'length({x})'],
    json: ["{x} ->> 'tag'"],
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
    ['-5 and', '-6 and'],
    ['1e9', '1e8'],
    ['> 10', '> 11'],
    ['> 1 or', '> 2 or'],
    ['-1 or', '-2 or'],
    [' * 2', ' * 3'],
    ['%', '_'],
  ],
  parameter: (position, isArray) => (isArray ? `array[$${position}]` : `$${position}`),
  readable: (column) => `${column}::text`,
  insertFreely,
  integrityProblems,
};

/** Triggers of constraints rest in the role of a replica, which a superuser may take on. */
async function insertFreely(connection: Connection, insert: () => Promise<void>): Promise<void> {
  await connection.execute('begin');
  await connection.execute("set local session_replication_role = 'replica'");
  await insert();
  await connection.execute('commit');
}

/** Constraints that the database has not checked, and indexes that are not complete. */
async function integrityProblems(connection: Connection): Promise<readonly unknown[]> {
  return [
    ...(await connection.query('select conname from pg_constraint where not convalidated')),
    ...(await connection.query('select indexrelid::regclass::text from pg_index where not indisvalid')),
  ];
}
