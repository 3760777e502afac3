import type { GeneratedText, Texts } from '../dialect.js';
import type { TypeSpec, ValueFamily } from '../model.js';

// What several databases write alike; each dialect has its own besides.

export function raw(family: ValueFamily, ...columnTypes: string[]): TypeSpec[] {
  return columnTypes.map((columnType) => ({ kind: 'raw', columnType, family }));
}

export const defaults = {
  real: ['1.5', '-2.5', '1e-3', '.5'],
  decimal: ['10.50', '-0.25'],
  boolean: ['true', 'false', 'TRUE'],
} satisfies Texts;

export const checks = {
  integer: [
    '{x} between 0 and 1000000',
    '{x} not between -20 and -10',
    '{x} > -1 or {x} = -5 and {x} < 1000000',
    '({x} > -1 or {x} = -5) and {x} < 1000000',
    'not {x} < -10',
    '{x} in (1, 2, 3) or {x} not in (1, 2, 3)',
    '{x} >= -2.5 AND {x} < 1e9',
    "case when {x} > 5 then 'big' else 'small' end in ('big', 'small')",
    '{x} <> -1 /* a note, with a comma and a ) */',
    '{x} < {y} or {x} >= {y}',
    'coalesce({x}, {y}, 0) != -1',
  ],
  real: ['{x} > -1000.5', '{x} >= 1e-3 or {x} < 0', '{x} * 2 > -1E6'],
  decimal: ['{x} between -1000 and 1000000', 'round({x}, 2) is not null or {x} is null'],
  text: ["{x} not between 'zzzz' and 'zzzzz'"],
  datetime: ["{x} >= '1970-01-01' and {x} < '9999-12-31'"],
} satisfies Texts;

export const generated = {
  integer: [
    { expression: '{x} * 2', type: 'integer' },
    { expression: '-{x} + 1', type: 'integer' },
    { expression: "case when {x} > 5 then 'big, ''really''' else 'SMALL' end", type: 'text' },
  ],
  text: [
    { expression: 'lower({x})', type: 'text' },
    { expression: "coalesce({x}, 'None')", type: 'text' },
    { expression: "replace({x}, 'A', ') stored')", type: 'text' },
  ],
} satisfies Readonly<Record<string, readonly GeneratedText[]>>;

export const indexExpressions = {
  integer: ['{x} + 1', '({x} + 1) * 2', '-{x}'],
} satisfies Texts;

export const twins: readonly (readonly [string, string])[] = [
  ["'A'", "'a'"],
  ["'a'", "' a'"],
  ["'SMALL'", "'small'"],
  ["'None'", "'none'"],
  ["it''s", "It''s"],
  ['1000000', '1000001'],
  ['1e9', '1e8'],
  ['* 2', '* 3'],
];

/** The operators of the SQL standard, as PostgreSQL and SQLite have them. */
export const standard = {
  defaults: {
    text: [
      "lower('X')",
      "'a' || 'b'",
      "('it''s')",
      "'NULL'",
      "upper('x') || ''''",
      "replace('a-b', '-', ',')",
      '\'say "hi"\'',
      "coalesce(null, ')')",
      "case when 1 < 2 then 'yes, it''s' else 'no' end",
    ],
  },
  checks: {
    integer: ["cast({x} as text) <> ''"],
    text: [
      'length({x}) > 0',
      "{x} <> ''",
      "{x} in ('a', 'it''s', 'x, y', '(', ')') or length({x}) > 1",
      "{x} <> 'a\\b' and {x} <> '\\'",
      "{x} <> 'ACTIVE' and {x} <> 'Active'",
      "{x} || 'A' <> 'A'",
    ],
  },
  generated: {
    text: [
      { expression: `{x} || ', it''s "x"'`, type: 'text' },
      { expression: 'length({x})', type: 'integer' },
    ],
  },
  indexExpressions: {
    text: ['lower({x})', "{x} || 'A'", 'substr({x}, 1, 2)', "coalesce({x}, '')", 'length({x})'],
  },
  predicates: {
    integer: ['{x} is not null', '{x} > 10', '{x} in (1, 2)', '{x} > 1 or {x} = 0 and {x} <> 7'],
    text: ["{x} <> 'A'", "{x} in ('a', 'B''s')", "{x} like 'a%'", '{x} is not null'],
    datetime: ['{x} is null'],
    boolean: ['{x}', 'not {x}'],
  },
  twins: [
    ["'ACTIVE'", "'active'"],
    ["'NULL'", "'null'"],
    ['> 1 or', '> 2 or'],
    ['-1 or', '-2 or'],
    ['%', '_'],
  ],
} satisfies {
  readonly defaults: Texts;
  readonly checks: Texts;
  readonly generated: Readonly<Record<string, readonly GeneratedText[]>>;
  readonly indexExpressions: Texts;
  readonly predicates: Texts;
  readonly twins: readonly (readonly [string, string])[];
};
