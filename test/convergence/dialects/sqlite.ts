import type { Connection } from '@dovetail/core';
import type { Dialect } from '../dialect.js';
import * as common from './common.js';

export const sqlite: Dialect = {
  rawTypes: [
    ...common.raw('integer', 'INT', 'unsigned big int', 'int8'),
    ...common.raw('text', 'varchar(400)', 'NVARCHAR(400)', 'character varying(400)', 'clob'),
    ...common.raw('real', 'double precision', 'REAL'),
    ...common.raw('decimal', 'numeric(12, 3)', 'DECIMAL(18,4)'),
    ...common.raw('blob', 'BLOB'),
    ...common.raw('datetime', 'timestamp'),
  ],
  defaultCollation: 'binary',
  collations: ['nocase', 'rtrim', 'binary'],
  tableOptions: [{}, { strict: true }, { withoutRowid: true }, { strict: true, withoutRowid: true }],
  defaults: {
    integer: ['1 + 1', '-1', '+7', '(2 * 3)', 'abs(-4)', '0x1F', "length('a,b')", '- 3'],
    real: [...common.defaults.real, '1.5 * 1.5', '-(2.5)'],
    decimal: [...common.defaults.decimal, '0.5 + 0.25'],
    boolean: [...common.defaults.boolean, '1', 'not 0', '1 = 2'],
    text: [...common.standard.defaults.text, 'hex(randomblob(4))'],
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
    integer: [...common.checks.integer, ...common.standard.checks.integer, 'abs({x}) >= 0 and ({x} & 0) = 0'],
    real: common.checks.real,
    decimal: common.checks.decimal,
    boolean: ['{x} in (0, 1)', '{x} = true or {x} = false'],
    text: [
      ...common.standard.checks.text,
      "{x} not like 'it''s%'",
      "{x} not glob '[0-9]*x'",
      "{x} is not 'NULL'",
      ...common.checks.text,
      "{x} not like '%\\%%' escape '\\' or length({x}) > 0",
      "instr({x}, '{ }') = 0",
      '{x} <> {y} or {x} = {y} collate nocase',
    ],
    date: ["{x} >= '1970-01-01'", 'date({x}) is not null or {x} is null'],
    datetime: common.checks.datetime,
    json: ['json_valid({x})'],
    blob: ["length({x}) > 0 and {x} <> x'00'"],
  },
  generated: {
    integer: [...common.generated.integer, { expression: "'n' || {x}", type: 'text' }],
    text: [...common.generated.text, ...common.standard.generated.text],
    json: [{ expression: "json_extract({x}, '$.tag')", type: 'text' }],
    datetime: [{ expression: 'substr({x}, 1, 10)', type: 'text' }],
  },
  virtualColumns: true,
  indexExpressions: {
    integer: common.indexExpressions.integer,
    text: common.standard.indexExpressions.text,
    json: ["json_extract({x}, '$.tag')"],
  },
  predicates: common.standard.predicates,
  twins: [...common.twins, ...common.standard.twins, ['-5 and', '-5.5 and'], ['> 10', '> 1.0']],
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
