import { type Comparison, isKeyword, type Token } from '@dovetail/core/driver';
import { canonicalType } from './column-type.js';
import { mentions, tokenize, unquote } from './lexer.js';
import { quoteString } from './ddl/quote.js';

/**
 * Expressions are compared in the server's canonical form, which `canonicalise` asks it for; what is left to differ is
 * how tokens are written. Names of columns, indexes and constraints fold case on every platform. Those of tables, views
 * and databases do where `lower_case_table_names` is not 0, and have one spelling there: see `table-spelling.ts`
 * (refman/9.7/en/identifier-case-sensitivity.html).
 */
export const comparison: Comparison = {
  foldName: (name) => name.toLowerCase(),
  foldTableName: (name) => name,
  sameType: (a, b) => a === b || canonicalType(a) === canonicalType(b),
  sameExpression: (a, b) => a === b || canonicalText(a, canonicalToken) === canonicalText(b, canonicalToken),
  sameBody: (a, b) => a === b || canonicalText(a, bodyToken) === canonicalText(b, bodyToken),
  mentions,
};

function canonicalText(text: string, form: (token: Token) => string): string {
  return JSON.stringify(withPlainNegatives(withoutLastSemicolon(tokenize(text))).map(form));
}

/** Any word and any name in quotes may be that of a table, so their case counts. */
function bodyToken(token: Token): string {
  return token.kind === 'word' || token.kind === 'quoted' ? token.text : canonicalToken(token);
}

/** The last statement of a trigger may or may not be closed. */
function withoutLastSemicolon(tokens: readonly Token[]): readonly Token[] {
  return tokens.at(-1)?.keyword === ';' ? tokens.slice(0, -1) : tokens;
}

/** MySQL shows `-(5)` for `-5`, until it reads its own text again: for a foreign key that cascades, for example. */
function withPlainNegatives(tokens: readonly Token[]): readonly Token[] {
  const isNegated = (index: number): boolean =>
    tokens[index]?.kind === 'number' &&
    isKeyword(tokens[index - 2], '-') &&
    isKeyword(tokens[index - 1], '(') &&
    isKeyword(tokens[index + 1], ')');
  return tokens.filter((_, index) => !isNegated(index + 1) && !isNegated(index - 1));
}

function canonicalToken(token: Token): string {
  switch (token.kind) {
    case 'word':
      return token.keyword;
    case 'quoted':
      return `\`${unquote(token).toLowerCase()}\``;
    case 'string':
      return quoteString(unquote(token));
    case 'number':
      return canonicalNumber(token.text);
    case 'binary':
      return token.text.toLowerCase();
    case 'variable':
    case 'operator':
    case 'illegal':
      return token.text;
  }
}

/** `1e9` is shown as `1000000000` once MySQL reads its own text again. */
function canonicalNumber(text: string): string {
  const value = /e/i.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? String(value) : text.toLowerCase();
}
