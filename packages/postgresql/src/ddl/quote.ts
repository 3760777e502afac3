import type { ObjectName } from '@dovetail/core/driver';
import { isReserved } from '../keywords.js';

/** The name in double quotes. PostgreSQL accepts every character in there but NUL. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The names in double quotes, as a list in parentheses: `("a", "b")`. */
export function quoteIdentifiers(names: readonly string[]): string {
  return `(${names.map(quoteIdentifier).join(', ')})`;
}

/** The name of a table, view or type with the namespace that it is in, if it is not the default one. */
export function quoteName({ schema, name }: ObjectName): string {
  return schema === undefined ? quoteIdentifier(name) : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

/**
 * The text in single quotes; one with backslashes as an escape string, which means the same whatever
 * `standard_conforming_strings` is (postgresql.org/docs/current/sql-syntax-lexical.html).
 */
export function quoteString(value: string): string {
  const quoted = `'${value.replaceAll("'", "''")}'`;
  return value.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}

/** The name as the catalog prints it in expressions: quoted only where it has to be. */
export function printIdentifier(name: string): string {
  return /^[a-z_][a-z0-9_]*$/u.test(name) && !isReserved(name) ? name : quoteIdentifier(name);
}
