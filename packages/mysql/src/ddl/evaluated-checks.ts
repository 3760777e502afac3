import type { Table } from '@dovetail/core/driver';
import { baseType } from '../column-type.js';
import type { Syntax } from '../flavour.js';
import { mentions } from '../lexer.js';

/** The types that MySQL keeps under another number than the one they are stated by (`Field::type`). */
const takenForChanged: ReadonlySet<string> = new Set(
  'date datetime timestamp time enum set tinytext mediumtext longtext tinyblob mediumblob longblob'.split(' '),
);

/**
 * Whether the server copies the table where any column of it is renamed or stated anew: MySQL evaluates its enforced
 * checks anew then if they read a column of these types, which it takes for changed. Its manual does not say so; 9.7
 * does it.
 */
export function evaluatesChecks({ checks, columns }: Table, syntax: Syntax): boolean {
  if (!syntax.evaluatesChecks) return false;
  const read = columns.filter(({ type }) => takenForChanged.has(baseType(type)));
  return checks.some(
    ({ enforced = true, expression }) => enforced && read.some(({ name }) => mentions(expression, name)),
  );
}
