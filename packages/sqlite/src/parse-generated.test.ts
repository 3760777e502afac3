import { describe, expect, it } from 'vitest';
import { parseGenerated } from '@dovetail/core/driver';
import { lexer } from './lexer.js';

describe('the text of a generated column', () => {
  it.each([
    ['(a + b) stored', 'a + b', true],
    ['(a + b) VIRTUAL', 'a + b', false],
    ['(a + b)', 'a + b', false],
    ['a + b stored', 'a + b', true],
    ['((a + b)) stored', 'a + b', true],
    ['(a) + (b) stored', '(a) + (b)', true],
    ["(a || ' stored') virtual", "a || ' stored'", false],
    ["(a || ') stored')", "a || ') stored'", false],
    ['(a /* stored */) -- virtual', 'a', false],
    ['price * stored', 'price * stored', false],
    ['stored', 'stored', false],
    ['"virtual" stored', '"virtual"', true],
  ])('%s', (text, expression, stored) => {
    expect(parseGenerated(text, lexer)).toEqual({ expression, stored });
  });

  it.each([
    ['', 'the generated expression is empty'],
    ['() stored', 'the generated expression is empty'],
    ['(a + b', 'the parentheses of the generated expression are not balanced'],
    [') a (', 'the parentheses of the generated expression are not balanced'],
    ["a || 'b", "the generated expression can't be read at `'b`"],
  ])('is an error: %s', (text, message) => {
    expect(() => parseGenerated(text, lexer)).toThrow(message);
  });
});
