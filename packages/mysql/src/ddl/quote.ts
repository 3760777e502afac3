import { isParenthesised, type ObjectName, textOf } from '@dovetail/core/driver';
import { tokenize } from '../lexer.js';

/** The name in backticks, which mean a name whatever the `sql_mode`. */
export function quoteIdentifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** The names in backticks, as a list in parentheses. */
export function quoteIdentifiers(names: readonly string[]): string {
  return `(${names.map(quoteIdentifier).join(', ')})`;
}

/** A table's name, with its database where that is not the connection's. */
export function quoteTable({ schema, name }: ObjectName): string {
  return schema === undefined ? quoteIdentifier(name) : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

/** The text in single quotes, for a session in which a backslash escapes. */
export function quoteString(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\0', '\\0')}'`;
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
