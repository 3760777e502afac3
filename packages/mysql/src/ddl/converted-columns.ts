import {
  type AlterColumn,
  type Change,
  type Column,
  type DdlContext,
  displayName,
  findTable,
  type ObjectName,
  originalColumn,
  type Precheck,
  precheckPresent,
  rowsThat,
  standardPrechecks,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import type { Syntax } from '../flavour.js';
import { inheritingColumns } from './alter-table.js';
import { charsetProblem, conversionProblems, type Problem } from './conversions.js';
import { precheckDialect } from './precheck-dialect.js';
import { quoteIdentifier } from './quote.js';
import { withStatedCollations } from './stated-collations.js';

/** The values that would not be the same in another type or character set. */
export function alteredValues(
  { table, from, to, attributes }: AlterColumn,
  context: DdlContext,
  syntax: Syntax,
): Precheck[] {
  if (to.generated !== undefined) return [];
  return presentValues(table, from, context, syntax, (name) => [
    ...(attributes.includes('type') ? conversionProblems(name, from.type, to, syntax) : []),
    ...(attributes.includes('charset') ? charsetProblem(name, from.type, to) : []),
  ]);
}

/** The columns that state no collation get that of their table; one that changes besides is looked at with its own change. */
export function inheritedCollations(
  change: Extract<Change, { kind: 'set-table-options' }>,
  context: DdlContext,
  syntax: Syntax,
): Precheck[] {
  const { table } = change;
  const stated = withStatedCollations(context);
  const existing = findTable(context.actual, table, comparison);
  const wanted = findTable(stated.target, table, comparison);
  return inheritingColumns(change, findTable(context.target, table, comparison), []).flatMap((column) => {
    const to = wanted?.columns.find(({ name }) => name === column.name) ?? column;
    const altered: AlterColumn = { kind: 'alter-column', table, from: column, to, attributes: ['collation'] };
    return [
      ...presentValues(table, column, context, syntax, (name) => charsetProblem(name, column.type, to)),
      ...(existing?.columns.includes(column) === true
        ? standardPrechecks(altered, stated, precheckDialect(syntax))
        : []),
    ];
  });
}

/** The values are looked at as they are now, under the names that they have now. */
function presentValues(
  table: ObjectName,
  { name }: Column,
  context: DdlContext,
  syntax: Syntax,
  problemsOf: (column: string) => readonly Problem[],
): Precheck[] {
  const column = quoteIdentifier(originalColumn(table, name, context, comparison));
  return problemsOf(column).map(({ kind, condition, what }) =>
    precheckPresent(
      {
        kind,
        object: `${displayName(table)}.${name}`,
        table,
        condition,
        message: rowsThat('hold', what),
        remedy: kind === 'may-fail' ? 'correct them first' : "correct them first, or allow it: allow: ['data-loss']",
      },
      context,
      precheckDialect(syntax),
    ),
  );
}
