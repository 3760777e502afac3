/**
 * The lexical rules of MySQL and MariaDB (dev.mysql.com/doc/refman/9.7/en/literals.html) under the `sql_mode` that
 * `connection.ts` sets: a backslash escapes, double quotes enclose strings. Everything that this package asks of an SQL
 * text it asks of its tokens.
 */

import {
  behind,
  isDigit,
  isIdentifier,
  isNamePart,
  isSpace,
  type Lexer,
  skipName,
  textOf,
  type Token,
  type TokenKind,
} from '@dovetail/core/driver';

const enum Code {
  Exclamation = 0x21,
  DoubleQuote = 0x22,
  Hash = 0x23,
  Quote = 0x27,
  Star = 0x2a,
  Minus = 0x2d,
  Dot = 0x2e,
  Slash = 0x2f,
  At = 0x40,
  UpperB = 0x42,
  UpperM = 0x4d,
  UpperX = 0x58,
  Backslash = 0x5c,
  Backtick = 0x60,
  LowerB = 0x62,
  LowerX = 0x78,
}

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
  bits: /(?:[bx]'[0-9a-f]*'|0x[0-9a-f]+(?![\w$\u0080-\uffff])|0b[01]+(?![\w$\u0080-\uffff]))/iy,
  number: /(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/iy,
  variable: /@@?(?:[\w$.\u0080-\uffff]+|`(?:[^`]|``)*`|'[^']*')?/y,
} as const;

export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let start = skipBlank(sql, 0);
  while (start < sql.length) {
    const token = readToken(sql, start);
    tokens.push(token);
    start = skipBlank(sql, token.end);
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

/** The text of one statement without a semicolon at its end, and without what is around it. */
export function bareStatement(sql: string): string {
  const tokens = tokenize(sql);
  return textOf(sql, tokens.at(-1)?.keyword === ';' ? tokens.slice(0, -1) : tokens);
}

/** What an identifier names or a string holds. */
export function unquote({ kind, text }: Token): string {
  if (kind !== 'quoted' && kind !== 'string') return text;
  const inner = text.slice(1, -1);
  if (kind === 'quoted') return inner.includes('`') ? inner.replaceAll('``', '`') : inner;
  const quote = text.charAt(0);
  if (!inner.includes('\\') && !inner.includes(quote)) return inner;
  return inner.replace(/\\([\s\S])|''|""/g, (sequence, escaped: string | undefined) => {
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
  const code = sql.charCodeAt(start);
  switch (code) {
    case Code.Backtick:
      return enclosedToken(sql, 'quoted', start);
    case Code.Quote:
    case Code.DoubleQuote:
      return enclosedToken(sql, 'string', start);
    case Code.At:
      return token(sql, 'variable', start, endOf(patterns.variable, sql, start) ?? start + 1);
    case Code.UpperB:
    case Code.LowerB:
    case Code.UpperX:
    case Code.LowerX:
      if (sql.charCodeAt(start + 1) === Code.Quote) return numberToken(sql, start);
      break;
  }
  if (isDigit(code) || (code === Code.Dot && isDigit(sql.charCodeAt(start + 1)))) return numberToken(sql, start);
  if (isNamePart(code)) return token(sql, 'word', start, skipName(sql, start));
  return operatorToken(sql, start);
}

/** A quote that is doubled stands for itself, and so does what a backslash precedes in a string. */
function enclosedToken(sql: string, kind: 'quoted' | 'string', start: number): Token {
  const quote = sql.charCodeAt(start);
  for (let at = start + 1; at < sql.length; at += 1) {
    const code = sql.charCodeAt(at);
    if (code === Code.Backslash && kind === 'string') at += 1;
    else if (code === quote && sql.charCodeAt(at + 1) !== quote) return token(sql, kind, start, at + 1);
    else if (code === quote) at += 1;
  }
  return token(sql, 'illegal', start, sql.length);
}

/** What starts as a number does. A name may start with digits: `2fa` is a word, `2e5` and `2` are numbers. */
function numberToken(sql: string, start: number): Token {
  const bits = endOf(patterns.bits, sql, start);
  if (bits !== undefined) return token(sql, 'binary', start, bits);
  const number = endOf(patterns.number, sql, start) ?? start;
  const word = skipName(sql, start);
  return number >= word ? token(sql, 'number', start, number) : token(sql, 'word', start, word);
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

/**
 * Where the next token starts, after white space and comments. What a version comment holds is read as if it stood outside
 * of one.
 */
function skipBlank(sql: string, start: number): number {
  let at = start;
  for (;;) {
    const code = sql.charCodeAt(at);
    if (isSpace(code)) at += 1;
    else if (code === Code.Hash || (code === Code.Minus && isDashComment(sql, at))) at = behind(sql, '\n', at);
    else if (code === Code.Slash && sql.charCodeAt(at + 1) === Code.Star) at = skipComment(sql, at);
    else if (code === Code.Star && sql.charCodeAt(at + 1) === Code.Slash) at += 2;
    else return at;
  }
}

/** Two dashes are a comment before white space alone (refman/9.7/en/comments.html). */
function isDashComment(sql: string, start: number): boolean {
  if (sql.charCodeAt(start + 1) !== Code.Minus) return false;
  return start + 2 >= sql.length || isSpace(sql.charCodeAt(start + 2));
}

/** Of a version comment, its start alone: `/*!50100`, or `/*M!100201` on MariaDB. */
function skipComment(sql: string, start: number): number {
  const mark = sql.charCodeAt(start + 2) === Code.UpperM ? start + 3 : start + 2;
  if (sql.charCodeAt(mark) !== Code.Exclamation) return behind(sql, '*/', start + 2);
  let at = mark + 1;
  while (isDigit(sql.charCodeAt(at))) at += 1;
  return at;
}
