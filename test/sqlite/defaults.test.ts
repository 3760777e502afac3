import { Property, raw, sql, t } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { entity, id, integer, type Members, text } from '../conformance/entity.js';
import { given } from '../conformance/given.js';
import { sqlite } from '../databases/sqlite.js';
import { becomeByRebuilding } from './site.js';
import { matching } from '../conformance/matching.js';

const author = (members: Members) => entity('Author', { id, ...members });

/** What SQLite prints for a default that is as written, given or computed. */
const defaults: readonly (readonly [name: string, column: Members[string], quoted: string | RegExp])[] = [
  ['a text with a quote', text({ default: "it's" }), "'it''s'"],
  ['the empty text', text({ default: '' }), "''"],
  ['the text NULL', text({ default: 'NULL' }), "'NULL'"],
  ['the text of a function', text({ default: 'current_timestamp' }), "'current_timestamp'"],
  ['a text with line breaks and comments', text({ default: 'a\n-- b\t/* c */' }), "'a\n-- b\t/* c */'"],
  ['a text with a double quote', text({ default: 'say "x"' }), `'say "x"'`],
  ['a text of digits', text({ default: '007' }), "'007'"],
  ['zero', integer({ default: 0 }), '0'],
  ['a negative number', integer({ default: -42 }), '-42'],
  ['a bigint', Property({ type: t.bigint, default: 9007199254740993n }), '9007199254740993'],
  ['a fraction', Property({ type: t.double, default: 0.1 }), '0.1'],
  ['a tiny fraction', Property({ type: t.double, default: 1e-9 }), /^1(\.0)?e-0?9$/],
  ['true', Property({ type: t.boolean, default: true }), '1'],
  ['false', Property({ type: t.boolean, default: false }), '0'],
  ['bytes', Property({ type: t.blob, default: Uint8Array.of(0, 39, 255) }), "X'0027FF'"],
  ['a blob literal', Property({ type: t.blob, defaultRaw: "x'00fF'" }), "X'00FF'"],
  ['a date', Property({ type: t.datetime, default: new Date('2024-02-29T12:30:00Z') }), "'2024-02-29 12:30:00'"],
  ['JSON', Property({ type: t.json, default: { a: ["it's"] } }), `'{"a":["it''s"]}'`],
  [
    'current_timestamp',
    Property({ type: t.datetime, defaultRaw: 'current_timestamp' }),
    /^'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d'$/,
  ],
  ['CURRENT_DATE in capitals', text({ defaultRaw: 'CURRENT_DATE' }), /^'\d{4}-\d\d-\d\d'$/],
  ['now', Property({ type: t.datetime, default: sql.now(3) }), /^'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}'$/],
  ['an expression in parentheses', text({ defaultRaw: "(lower('ABC') || 'd')" }), "'abcd'"],
  ['an expression without parentheses', text({ default: raw("lower('ABC')") }), "'abc'"],
  ['a random value', text({ defaultRaw: '(hex(randomblob(4)))' }), /^'[0-9A-F]{8}'$/],
  ['hexadecimal', integer({ defaultRaw: '0x10' }), '16'],
];

describe.each(defaults)('the default %s', (_name, column, quoted) => {
  const quotedValues = 'select quote(value) as quoted from author order by id';
  const expected = [{ quoted: quoted instanceof RegExp ? matching(quoted) : quoted }];

  test('is given to rows that exist, in a column that is added', async () => {
    const site = await given(sqlite, [author({})]);
    await site.insert('author', { id: 1 });

    await site.become([author({ value: column })]);

    expect(await site.connection.query(quotedValues)).toEqual(expected);
  });

  test('survives a rebuild, and is given to new rows', async () => {
    const site = await given(sqlite, [author({ value: column, code: text() })]);

    await becomeByRebuilding(1, site, [author({ value: column, code: integer() })]);

    await site.insert('author', { id: 1, code: 1 });
    expect(await site.connection.query(quotedValues)).toEqual(expected);
  });
});

describe('a generated column is added to a table with rows', () => {
  test.each(['virtual', 'stored'])('%s', async (storage) => {
    const site = await given(sqlite, [author({ name: text() })]);
    await site.insert('author', { id: 1, name: 'Ann' });

    await site.become([
      author({ name: text(), short: text({ nullable: true, generated: `(substr(name, 1, 1)) ${storage}` }) }),
    ]);

    expect(await site.rows('author')).toEqual([{ id: 1, name: 'Ann', short: 'A' }]);
  });
});
