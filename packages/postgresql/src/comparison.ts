import type { Comparison } from '@dovetail/core/driver';
import { printIdentifier } from './ddl/quote.js';
import { canonicalType } from './type-name.js';

/**
 * Names are case-sensitive, for all of ours are quoted. Expressions are compared as texts: `canonicalise` has had
 * PostgreSQL itself write both. An expression that holds a column's name somewhere is taken to mention it.
 */
export const comparison: Comparison = {
  foldName: (name) => name,
  foldTableName: (name) => name,
  sameType: (a, b) => a === b || canonicalType(a) === canonicalType(b),
  sameExpression: (a, b) => a === b,
  sameBody: (a, b) => a === b,
  mentions: (expression, column) => expression.includes(printIdentifier(column)),
};
