import type { Column, Table } from '@dovetail/core/driver';
import { baseType, isEnumerated } from '../column-type.js';
import type { Syntax } from '../flavour.js';
import { mentions } from '../lexer.js';

const moments: ReadonlySet<string> = new Set(['date', 'datetime', 'timestamp', 'time']);

/**
 * Whether the server copies the table where a column of it is renamed or stated anew, whichever it is: MySQL evaluates
 * its enforced checks anew then if they read dates, times or items. Its manual does not say so; 9.7 does it.
 */
export function evaluatesChecks({ checks, columns }: Table, syntax: Syntax): boolean {
  if (!syntax.evaluatesChecks) return false;
  const read = columns.filter(isEvaluated);
  return checks.some(
    ({ enforced = true, expression }) => enforced && read.some(({ name }) => mentions(expression, name)),
  );
}

function isEvaluated({ type }: Column): boolean {
  return moments.has(baseType(type)) || isEnumerated(type);
}
