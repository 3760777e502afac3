import { type Comparison, isNamePart } from '@dovetail/core/driver';
import { quoteIdentifier } from './ddl/quote.js';
import { canonicalType } from './type-name.js';

/**
 * Names are case-sensitive, for all of ours are quoted. Expressions are compared as texts: `canonicalise` has had
 * PostgreSQL itself write both. An expression that holds a name anywhere, in a literal as well, is taken to mention it.
 */
export const comparison: Comparison = {
  foldName: (name) => name,
  foldTableName: (name) => name,
  sameType: (a, b) => a === b || canonicalType(a) === canonicalType(b),
  sameExpression: (a, b) => a === b,
  sameBody: (a, b) => a === b,
  mentions: (expression, name) => expression.includes(quoteIdentifier(name)) || hasWord(expression.toLowerCase(), name),
};

/** A name without quotes is in lower case to PostgreSQL (postgresql.org/docs/current/sql-syntax-lexical.html). */
function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!isNamePart(text.charCodeAt(at - 1)) && !isNamePart(text.charCodeAt(at + word.length))) return true;
  }
  return false;
}
