import { expect, test } from 'vitest';
import { parenthesised, quoteIdentifier, quoteString } from './quote.js';

test('a quote inside of a name or text is doubled', () => {
  expect(quoteIdentifier('a"b`c]')).toBe('"a""b`c]"');
  expect(quoteString(`it's "so"`)).toBe(`'it''s "so"'`);
});

test.each([
  ['a > 1', '(a > 1)'],
  ['(a > 1)', '(a > 1)'],
  ['(a) + (b)', '((a) + (b))'],
  [`')' || '('`, `(')' || '(')`],
  ['a > 1 -- swallows the rest', '(a > 1)'],
  ['/* (a) */ b', '(b)'],
])('parenthesised makes of %s: %s', (expression, expected) => {
  expect(parenthesised(expression)).toBe(expected);
});
