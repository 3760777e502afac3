import { expect, test } from 'vitest';
import { canonicalCollation, comparison } from './comparison.js';

const { foldName, sameExpression, sameType } = comparison;

test.each([
  ['a>1', 'A  >\n1'],
  ['a > 1 -- positive', '/* positive */ a > 1'],
  ['"a" > 1', '[A] > 1'],
  ['`a` > 1', 'a > 1'],
  ['(a > 1)', 'a > 1'],
  ['((a > 1))', '(a > 1)'],
  [`x'aB'`, `X'Ab'`],
  ['0xFF', '0XfF'],
  ['1E5', '1e5'],
  ['NOT a IS NULL', 'not a is null'],
])('the expression %s is the same as %s', (a, b) => {
  expect(sameExpression(a, b)).toBe(true);
});

test.each([
  ['rate > 1.5', 'rate > 2.5'],
  [`a = 'X'`, `a = 'x'`],
  [`a = 'b  c'`, `a = 'b c'`],
  [`a = 'b--'`, `a = 'b'`],
  [`a = 'b'`, 'a = "b"'],
  ['null', '"null"'],
  ['true', '[true]'],
  ['current_timestamp', '"current_timestamp"'],
  ['select distinct a', 'select "distinct" a'],
  ['(a) + (b)', 'a) + (b'],
  ['(a or b) and c', 'a or b and c'],
  ['a b', 'ab'],
  ['1 0', '10'],
  [`x'ab'`, `'ab'`],
  ['1', '1.0'],
  ['Ä', 'ä'],
  ['', 'a'],
])('the expression %s is not the same as %s', (a, b) => {
  expect(sameExpression(a, b)).toBe(false);
});

test('types are compared word by word, without regard to case and white space', () => {
  expect(sameType('VARCHAR(255)', 'varchar ( 255 )')).toBe(true);
  expect(sameType('DECIMAL(20, 5)', 'decimal(20,5)')).toBe(true);
  expect(sameType('unsigned big int', 'UNSIGNED  BIG INT')).toBe(true);
  expect(sameType('unsigned bigint', 'unsigned big int')).toBe(false);
  expect(sameType('varchar(255)', 'varchar(256)')).toBe(false);
  expect(sameType('', 'blob')).toBe(false);
});

test('names fold in ASCII alone', () => {
  expect(foldName('Straße_Ä')).toBe('straße_Ä');
});

test('the collation that every column has anyway is none', () => {
  expect(canonicalCollation('NOCASE')).toBe('nocase');
  expect(canonicalCollation('Binary')).toBeUndefined();
});
