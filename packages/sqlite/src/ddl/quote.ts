import { isParenthesised, textOf } from '@dovetail/core/driver';
import { tokenize } from '../lexer.js';

/** The name in double quotes, as SQL's standard has it. SQLite accepts every character in there but NUL. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The names in double quotes, as a list in parentheses: `("a", "b")`. */
export function quoteIdentifiers(names: readonly string[]): string {
  return `(${names.map(quoteIdentifier).join(', ')})`;
}

/** The text in single quotes. */
export function quoteString(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/**
 * The expression in parentheses, unless one pair encloses it already. Comments around it are left out, for one that
 * runs to the end of its line would swallow what follows.
 */
export function parenthesised(expression: string): string {
  const tokens = tokenize(expression);
  const text = textOf(expression, tokens);
  return isParenthesised(tokens) ? text : `(${text})`;
}
