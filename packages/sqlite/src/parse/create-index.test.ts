import type { Column, Index } from '@dovetail/core/driver';
import { expect, test } from 'vitest';
import { readCreateIndex } from './create-index.js';

const columns: readonly Column[] = [
  { name: 'a', type: 'text', nullable: true },
  { name: 'B', type: 'text', nullable: true, collation: 'nocase' },
];

const parts = (list: string): Index['parts'] => readCreateIndex(`CREATE INDEX i ON t (${list})`, columns).parts;

test('an index has a name, uniqueness, columns and a predicate', () => {
  const sql = `CREATE UNIQUE INDEX [my index] ON "t" (a, -- first\n b /* second */ DESC) WHERE a > ',)' and (b) -- end`;
  expect(readCreateIndex(sql, columns)).toEqual({
    name: 'my index',
    unique: true,
    parts: [{ column: 'a' }, { column: 'B', sort: 'desc' }],
    where: `a > ',)' and (b)`,
  });
});

test('columns are spelled as in their table, and lose the defaults', () => {
  expect(parts(`"A" asc, [b] collate NOCASE, 'a'`)).toEqual([{ column: 'a' }, { column: 'B' }, { column: 'a' }]);
});

test('a collation that is not the column’s own is kept', () => {
  expect(parts('a collate rtrim desc, b collate binary')).toEqual([
    { column: 'a', collation: 'rtrim', sort: 'desc' },
    { column: 'B', collation: 'binary' },
  ]);
});

test('expressions keep their text without the enclosing parentheses', () => {
  expect(parts('lower(a), (a || b) DESC, (a)')).toEqual([
    { expression: 'lower(a)' },
    { expression: 'a || b', sort: 'desc' },
    { expression: 'a' },
  ]);
});

test('a collation belongs to the expression where it stands behind an operand', () => {
  expect(parts('lower(a) collate nocase, a || b collate nocase, (a) collate nocase, (a collate rtrim)')).toEqual([
    { expression: 'lower(a)', collation: 'nocase' },
    { expression: 'a || b collate nocase' },
    { expression: 'a', collation: 'nocase' },
    { expression: 'a collate rtrim' },
  ]);
});

test('strings in double quotes become strings, and columns stay columns', () => {
  expect(parts(`coalesce("a", "no value")`)).toEqual([{ expression: `coalesce("a", 'no value')` }]);
});

test('what is no index is refused', () => {
  expect(() => readCreateIndex('CREATE INDEX i ON t ()', columns)).toThrow('expected a column or an expression');
  expect(() => readCreateIndex('CREATE INDEX i ON t (a) b', columns)).toThrow('expected the end, found b');
});
