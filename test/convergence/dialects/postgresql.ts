import type { Connection } from '@dovetail/core';
import type { Dialect } from '../dialect.js';
import * as common from './common.js';

export const postgresql: Dialect = {
  rawTypes: [
    ...common.raw('integer', 'int', 'INT4', 'int8', 'bigint'),
    ...common.raw('text', 'varchar(400)', 'character varying(400)', 'VARCHAR', 'text'),
    ...common.raw('real', 'float8', 'double precision'),
    ...common.raw('decimal', 'numeric(12, 3)', 'DECIMAL(18,4)'),
    ...common.raw('blob', 'bytea'),
    ...common.raw('datetime', 'timestamptz', 'timestamptz(3)'),
  ],
  defaultCollation: 'default',
  collations: ['C', 'POSIX', 'en-x-icu'],
  tableOptions: [{}],
  defaults: {
    integer: ['1 + 1', '-1', '+7', '(2 * 3)', 'abs(-4)', "length('a,b')", '- 3', "'5'", "'7'::int"],
    real: [...common.defaults.real, '1.5 * 1.5', '-(2.5)', 'random()', 'pi()'],
    decimal: [...common.defaults.decimal, '0.5 + 0.25'],
    boolean: [...common.defaults.boolean, "'t'", 'not false', '1 = 2'],
    text: [...common.standard.defaults.text, 'md5(random()::text)', "E'a\\\\b'"],
    uuid: ['gen_random_uuid()'],
    date: ['current_date', "now() - interval '1 day'", "'2024-02-29'"],
    datetime: ['now()', 'CURRENT_TIMESTAMP', "now() + interval '1 day'", 'current_timestamp(3)'],
    time: ['localtime', "'12:30:00'"],
    json: ["'{}'", `'{"a": "b, c"}'`, "jsonb_build_object('k', 1)", "'[1, 2]'::jsonb"],
    blob: ["'\\x00ff'", "'\\xAB'::bytea"],
    array: ["'{a,b}'", "array['a', 'it''s']"],
  },
  checks: {
    integer: [...common.checks.integer, ...common.standard.checks.integer, 'abs({x}) >= 0'],
    real: common.checks.real,
    decimal: common.checks.decimal,
    boolean: ['{x} in (true, false)', '{x} is true or {x} is not true'],
    text: [
      ...common.standard.checks.text,
      "{x} is distinct from 'NULL'",
      ...common.checks.text,
      "position('{ }' in {x}) = 0",
      // Columns of two collations are compared by neither.
      `{x} <> {y} collate "C" or {x} = {y} collate "C"`,
      "{x} not like '%\\%%' or length({x}) > 0",
      "{x} !~ '^[0-9]x$' or {x} is null",
      "{x} not ilike 'zzz%zz'",
    ],
    date: ["{x} >= '1970-01-01'", "{x} + 1 > '1970-01-01'"],
    datetime: [...common.checks.datetime, "{x} + interval '1 day' > {x}"],
    json: ['jsonb_typeof({x}) is not null or {x} is null'],
    blob: ['length({x}) > 0'],
  },
  generated: {
    integer: [...common.generated.integer],
    text: [...common.generated.text, ...common.standard.generated.text],
    json: [{ expression: "{x} ->> 'tag'", type: 'text' }],
  },
  virtualColumns: false,
  indexExpressions: {
    integer: common.indexExpressions.integer,
    text: common.standard.indexExpressions.text,
    json: ["{x} ->> 'tag'"],
  },
  predicates: common.standard.predicates,
  twins: [...common.twins, ...common.standard.twins, ['-5 and', '-6 and'], ['> 10', '> 11']],
  parameter: (position, isArray) => (isArray ? `array[$${position}]` : `$${position}`),
  readable: (column) => `${column}::text`,
  spelling,
  insertFreely,
  integrityProblems,
};

/** The list of an `in`, which PostgreSQL prints in other words once it has read its own text, as a change of type makes it. */
function spelling(text: string): string {
  return text
    .replaceAll(/\(('(?:[^']|'')*'::character varying)\)::text/g, '$1')
    .replaceAll(/\((ARRAY\[[^\]]*\])\)::text\[\]/g, '$1');
}

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
