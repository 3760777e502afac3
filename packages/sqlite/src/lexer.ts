/**
 * SQLite's lexical rules, as `tokenize.c` and sqlite.org/lang_keywords.html give them. Everything that this package
 * asks of an SQL text it asks of its tokens.
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
  withoutParentheses,
} from '@dovetail/core/driver';

const enum Code {
  DoubleQuote = 0x22,
  Hash = 0x23,
  Quote = 0x27,
  Star = 0x2a,
  Plus = 0x2b,
  Minus = 0x2d,
  Dot = 0x2e,
  Slash = 0x2f,
  Colon = 0x3a,
  Question = 0x3f,
  At = 0x40,
  Dollar = 0x24,
  UpperE = 0x45,
  UpperX = 0x58,
  OpenBracket = 0x5b,
  Underscore = 0x5f,
  Backtick = 0x60,
  LowerE = 0x65,
  LowerX = 0x78,
  ByteOrderMark = 0xfeff,
}

const valueKeywords = new Set(['null', 'true', 'false', 'current_time', 'current_date', 'current_timestamp']);
const shortOperators = '()+-*/%=<>,;&|~.';
/** By their first character, the longest first. */
const longOperators: Readonly<Record<string, readonly string[]>> = {
  '-': ['->>', '->'],
  '|': ['||'],
  '<': ['<=', '<>', '<<'],
  '>': ['>=', '>>'],
  '=': ['=='],
  '!': ['!='],
};

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

/** SQLite takes a string for a name where nothing else can stand (sqlite.org/lang_keywords.html). */
const isName = (token: Token): boolean => isIdentifier(token) || token.kind === 'string';

export const lexer: Lexer = { tokenize, unquote, isName };

/** Whether the text holds an identifier that names `name`, however it is quoted. */
export function mentions(sql: string, name: string): boolean {
  const folded = foldAscii(name);
  return tokenize(sql).some((token) => isIdentifier(token) && foldAscii(unquote(token)) === folded);
}

/** The text from its first token to its last: without the white space and the comments around them. */
export function trimSql(sql: string): string {
  return textOf(sql, tokenize(sql));
}

/** Whether the token is a word that stands for a value: `null`, `current_timestamp`. */
export function isValueKeyword(token: Token): boolean {
  return token.kind === 'word' && valueKeywords.has(token.keyword);
}

/** Whether the tokens are one literal, with a sign or without; `current_timestamp` and its kin are literals too. */
export function isLiteral(tokens: readonly Token[]): boolean {
  const [first, second] = tokens;
  const isSigned = first?.text === '-' || first?.text === '+';
  const literal = isSigned ? second : first;
  if (literal === undefined || tokens.length !== (isSigned ? 2 : 1)) return false;
  return ['string', 'number', 'binary'].includes(literal.kind) || isValueKeyword(literal);
}

/** Whether the expression is one literal whose value is the same at all times, in parentheses or without. */
export function isConstant(expression: string): boolean {
  const tokens = withoutParentheses(tokenize(expression));
  return isLiteral(tokens) && !tokens.some(({ keyword }) => keyword.startsWith('current_'));
}

/** What an identifier names or a string holds: the text without its quotes, doubled ones made single. */
export function unquote({ kind, text }: Token): string {
  if (kind !== 'quoted' && kind !== 'string') return text;
  const quote = text.charAt(0);
  const inner = text.slice(1, -1);
  return quote === '[' ? inner : inner.replaceAll(quote + quote, quote);
}

/** Lower case for A to Z and for no other letter: SQLite folds names in ASCII alone (sqlite.org/datatype3.html). */
export function foldAscii(text: string): string {
  const isAscii = !/[\u0080-\uffff]/.test(text);
  return isAscii ? text.toLowerCase() : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function readToken(sql: string, start: number): Token {
  const code = sql.charCodeAt(start);
  switch (code) {
    case Code.Quote:
      return quotedToken(sql, start, "'", 'string');
    case Code.DoubleQuote:
      return quotedToken(sql, start, '"', 'quoted');
    case Code.Backtick:
      return quotedToken(sql, start, '`', 'quoted');
    case Code.OpenBracket:
      return bracketToken(sql, start);
    case Code.UpperX:
    case Code.LowerX:
      if (sql.charCodeAt(start + 1) === Code.Quote) return blobToken(sql, start);
      break;
    case Code.Question:
    case Code.Dollar:
    case Code.At:
    case Code.Colon:
    case Code.Hash:
      return token(sql, 'variable', start, skipName(sql, start + 1));
  }
  if (isDigit(code) || (code === Code.Dot && isDigit(sql.charCodeAt(start + 1)))) return numberToken(sql, start);
  if (isNamePart(code)) return token(sql, 'word', start, skipName(sql, start));
  return operatorToken(sql, start);
}

function token(sql: string, kind: TokenKind, start: number, end: number): Token {
  const text = sql.slice(start, end);
  return { kind, text, keyword: kind === 'word' ? foldAscii(text) : kind === 'operator' ? text : '', start, end };
}

function quotedToken(sql: string, start: number, quote: string, kind: TokenKind): Token {
  let close = sql.indexOf(quote, start + 1);
  while (close !== -1 && sql[close + 1] === quote) close = sql.indexOf(quote, close + 2);
  return close === -1 ? token(sql, 'illegal', start, sql.length) : token(sql, kind, start, close + 1);
}

function bracketToken(sql: string, start: number): Token {
  const close = sql.indexOf(']', start);
  return close === -1 ? token(sql, 'illegal', start, sql.length) : token(sql, 'quoted', start, close + 1);
}

function blobToken(sql: string, start: number): Token {
  let end = start + 2;
  while (isHexDigit(sql.charCodeAt(end))) end += 1;
  const digits = end - start - 2;
  if (sql.charCodeAt(end) === Code.Quote && digits % 2 === 0) return token(sql, 'binary', start, end + 1);
  const close = sql.indexOf("'", end);
  return token(sql, 'illegal', start, close === -1 ? sql.length : close + 1);
}

/** Digits may be separated by single underscores since SQLite 3.46 (sqlite.org/lang_expr.html#litvalue). */
function numberToken(sql: string, start: number): Token {
  const end = numberEnd(sql, start);
  const runsOn = skipName(sql, end);
  return runsOn === end ? token(sql, 'number', start, end) : token(sql, 'illegal', start, runsOn);
}

function numberEnd(sql: string, start: number): number {
  const second = sql.charCodeAt(start + 1);
  const isHex = sql[start] === '0' && (second === Code.LowerX || second === Code.UpperX);
  if (isHex && isHexDigit(sql.charCodeAt(start + 2))) return skipDigits(sql, start + 2, isHexDigit);
  let end = skipDigits(sql, start, isDigit);
  if (sql.charCodeAt(end) === Code.Dot) end = skipDigits(sql, end + 1, isDigit);
  const exponent = sql.charCodeAt(end);
  if (exponent !== Code.LowerE && exponent !== Code.UpperE) return end;
  const sign = sql.charCodeAt(end + 1);
  const digits = sign === Code.Plus || sign === Code.Minus ? end + 2 : end + 1;
  return isDigit(sql.charCodeAt(digits)) ? skipDigits(sql, digits, isDigit) : end;
}

function operatorToken(sql: string, start: number): Token {
  const first = sql.charAt(start);
  const long = longOperators[first]?.find((operator) => sql.startsWith(operator, start));
  if (long !== undefined) return token(sql, 'operator', start, start + long.length);
  return token(sql, shortOperators.includes(first) ? 'operator' : 'illegal', start, start + 1);
}

/** Where the next token starts, after white space, comments and byte order marks. */
function skipBlank(sql: string, start: number): number {
  let at = start;
  for (;;) {
    const code = sql.charCodeAt(at);
    if (isSpace(code) || code === Code.ByteOrderMark) at += 1;
    else if (code === Code.Minus && sql.charCodeAt(at + 1) === Code.Minus) at = behind(sql, '\n', at + 2);
    else if (code === Code.Slash && sql.charCodeAt(at + 1) === Code.Star) at = behind(sql, '*/', at + 2);
    else return at;
  }
}

function skipDigits(sql: string, start: number, isDigitOfBase: (code: number) => boolean): number {
  let at = start;
  for (;;) {
    const code = sql.charCodeAt(at);
    if (isDigitOfBase(code)) at += 1;
    else if (code === Code.Underscore && at > start && isDigitOfBase(sql.charCodeAt(at + 1))) at += 2;
    else return at;
  }
}

function isHexDigit(code: number): boolean {
  return isDigit(code) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}
