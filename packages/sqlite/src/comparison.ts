import { type Comparison, type Token, withoutParentheses } from '@dovetail/core/driver';
import { foldAscii, mentions, tokenize, unquote } from './lexer.js';

/**
 * SQLite keeps the text of expressions and types as it was written, so texts are compared token by token, with SQLite's
 * own lexical rules: keywords and identifiers fold case, literals never do.
 */
export const comparison: Comparison = {
  foldName: foldAscii,
  foldTableName: foldAscii,
  sameType: (a, b) => a === b || foldAscii(a) === foldAscii(b) || canonicalType(a) === canonicalType(b),
  sameExpression,
  sameBody: sameExpression,
  mentions,
};

function sameExpression(a: string, b: string): boolean {
  return a === b || canonicalExpression(a) === canonicalExpression(b);
}

/**
 * A collation's name as introspection gives it: SQLite folds their case, and `binary` is what a column has without a
 * collation (sqlite.org/datatype3.html#collation).
 */
export function canonicalCollation(name: string): string | undefined {
  const folded = foldAscii(name);
  return folded === 'binary' ? undefined : folded;
}

function canonicalType(type: string): string {
  return join(tokenize(type), (token) => foldAscii(token.text));
}

function canonicalExpression(expression: string): string {
  return join(withoutParentheses(tokenize(expression)), canonicalToken);
}

/** No token holds a NUL character, for SQLite ends a text there. */
function join(tokens: readonly Token[], form: (token: Token) => string): string {
  return tokens.map(form).join('\0');
}

function canonicalToken(token: Token): string {
  switch (token.kind) {
    case 'word':
      return token.keyword;
    case 'quoted': {
      const name = foldAscii(unquote(token));
      return reservedWords.has(name) ? `"${name}"` : name;
    }
    // The digits of x'AB' and 0xAB, the exponent of 1E5: their case never changes the value.
    case 'binary':
    case 'number':
      return foldAscii(token.text);
    case 'string':
    case 'variable':
    case 'operator':
    case 'illegal':
      return token.text;
  }
}

/**
 * Words that mean something else when they are quoted, in a place where both could stand: `null` and `"null"`,
 * `select distinct a` and `select "distinct" a`. They are those that SQLite's grammar (parse.y) never takes for an
 * identifier, the join keywords, and the words that are values.
 */
const reservedWords: ReadonlySet<string> = new Set(
  (
    'add all alter and as autoincrement between case check collate commit constraint create cross current_date ' +
    'current_time current_timestamp default deferrable delete distinct drop else escape exists false foreign from ' +
    'full group having in index inner insert into is isnull join left limit natural not nothing notnull null on or ' +
    'order outer primary references returning right select set table then to transaction true unique update using ' +
    'values when where'
  ).split(' '),
);
