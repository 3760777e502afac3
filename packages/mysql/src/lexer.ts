/**
 * The lexical rules of MySQL and MariaDB (dev.mysql.com/doc/refman/9.7/en/literals.html) under the `sql_mode` that
 * `connection.ts` sets: a backslash escapes, double quotes enclose strings. Everything that this package asks of an SQL
 * text it asks of its tokens.
 */

import { isIdentifier, type Lexer, textOf, type Token, type TokenKind } from '@dovetail/core/driver';

const shortOperators = '()+-*/%=<>,;&|~.!^:{}';
/** By their first character, the longest first. */
const longOperators: Readonly<Record<string, readonly string[]>> = {
  '-': ['->>', '->'],
  '|': ['||'],
  '&': ['&&'],
  '<': ['<=>', '<=', '<>', '<<'],
  '>': ['>=', '>>'],
  '!': ['!='],
  ':': [':='],
};

/** Sticky, so that each looks at the very place where a token starts. */
const patterns = {
  blank: /(?:\s+|--(?=\s|$)[^\n]*|#[^\n]*|\/\*M?!\d*|\/\*(?!M?!)[\s\S]*?(?:\*\/|$)|\*\/)*/y,
  bits: /(?:[bx]'[0-9a-f]*'|0x[0-9a-f]+(?![\w$\u0080-\uffff])|0b[01]+(?![\w$\u0080-\uffff]))/iy,
  number: /(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/iy,
  word: /[\w$\u0080-\uffff]+/y,
  variable: /@@?(?:[\w$.\u0080-\uffff]+|`(?:[^`]|``)*`|'[^']*')?/y,
  backticks: /`(?:[^`]|``)*`/y,
  single: /'(?:[^'\\]|''|\\[\s\S])*'/y,
  double: /"(?:[^"\\]|""|\\[\s\S])*"/y,
} as const;

export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let start = endOf(patterns.blank, sql, 0) ?? 0;
  while (start < sql.length) {
    const token = readToken(sql, start);
    tokens.push(token);
    // What a version comment holds is read as if it stood outside of one.
    start = endOf(patterns.blank, sql, token.end) ?? token.end;
  }
  return tokens;
}

export const lexer: Lexer = { tokenize, unquote, isName: isIdentifier };

/** Whether the text holds an identifier that names `name`, however it is quoted. */
export function mentions(sql: string, name: string): boolean {
  const folded = name.toLowerCase();
  return tokenize(sql).some((token) => isIdentifier(token) && unquote(token).toLowerCase() === folded);
}

/** The text from its first token to its last: without the white space and the comments around them. */
export function trimSql(sql: string): string {
  return textOf(sql, tokenize(sql));
}

/** What an identifier names or a string holds. */
export function unquote({ kind, text }: Token): string {
  if (kind === 'quoted') return text.slice(1, -1).replaceAll('``', '`');
  if (kind !== 'string') return text;
  const quote = text.charAt(0);
  return text.slice(1, -1).replace(/\\([\s\S])|''|""/g, (sequence, escaped: string | undefined) => {
    if (escaped !== undefined) return escapes[escaped] ?? escaped;
    return sequence.startsWith(quote) ? quote : sequence;
  });
}

/** What a character after a backslash means, where that is not the character itself. */
const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\x1a',
  '%': '\\%',
  _: '\\_',
};

function readToken(sql: string, start: number): Token {
  const read = (kind: TokenKind, pattern: RegExp): Token | undefined => {
    const end = endOf(pattern, sql, start);
    return end === undefined ? undefined : token(sql, kind, start, end);
  };
  switch (sql.charAt(start)) {
    case '`':
      return read('quoted', patterns.backticks) ?? token(sql, 'illegal', start, sql.length);
    case "'":
      return read('string', patterns.single) ?? token(sql, 'illegal', start, sql.length);
    case '"':
      return read('string', patterns.double) ?? token(sql, 'illegal', start, sql.length);
    case '@':
      return read('variable', patterns.variable) ?? token(sql, 'illegal', start, start + 1);
    default:
      return read('binary', patterns.bits) ?? numberOrWord(sql, start) ?? operatorToken(sql, start);
  }
}

/** A name may start with digits: `2fa` is a word, `2e5` and `2` are numbers. */
function numberOrWord(sql: string, start: number): Token | undefined {
  const number = endOf(patterns.number, sql, start);
  const word = endOf(patterns.word, sql, start);
  if (number !== undefined && number >= (word ?? 0)) return token(sql, 'number', start, number);
  return word === undefined ? undefined : token(sql, 'word', start, word);
}

function operatorToken(sql: string, start: number): Token {
  const first = sql.charAt(start);
  const long = longOperators[first]?.find((operator) => sql.startsWith(operator, start));
  if (long !== undefined) return token(sql, 'operator', start, start + long.length);
  return token(sql, shortOperators.includes(first) ? 'operator' : 'illegal', start, start + 1);
}

function endOf(pattern: RegExp, sql: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(sql) ? pattern.lastIndex : undefined;
}

function token(sql: string, kind: TokenKind, start: number, end: number): Token {
  const text = sql.slice(start, end);
  const keyword = kind === 'word' ? text.toLowerCase() : kind === 'operator' ? text : '';
  return { kind, text, keyword, start, end };
}
