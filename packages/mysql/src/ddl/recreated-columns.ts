import type { AlterTableChange, Table } from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import type { Syntax } from '../flavour.js';
import { isStated, wayOf } from './alter-column.js';
import { add, type Clause, drop, modify } from './clause.js';
import { checkSql, dropCheckSql, indexSql } from './constraint.js';
import { quoteIdentifier } from './quote.js';

const { foldName, mentions } = comparison;

/**
 * What stays on columns that are dropped and come back in one statement: indexes would lose them, and what mentions them
 * in an expression keeps the server from dropping them, unless it is stated anew as well.
 */
export function aroundRecreated(
  changes: readonly AlterTableChange[],
  table: Table | undefined,
  syntax: Syntax,
): readonly Clause[] {
  const names = changes.flatMap((change) =>
    change.kind === 'alter-column' && wayOf(change) !== 'modified' ? [change.to.name] : [],
  );
  if (table === undefined || names.length === 0) return [];
  const isOne = (name: string): boolean => names.some((other) => foldName(other) === foldName(name));
  const speaks = (expression = ''): boolean => names.some((name) => mentions(expression, name));
  const indexes = table.indexes
    .filter(({ name }) => !changes.some((change) => change.kind === 'add-index' && change.index.name === name))
    .filter(({ parts }) => parts.some((part) => ('column' in part ? isOne(part.column) : speaks(part.expression))));
  const checks = table.checks
    .filter(({ name }) => !changes.some((change) => change.kind === 'add-check' && change.check.name === name))
    .filter(({ name, expression }) => name !== undefined && speaks(expression));
  const readers = table.columns
    .filter((column) => !isStated(column, changes))
    .filter((column) => speaks(column.generated?.expression ?? column.default));
  return [
    ...checks.map(({ name }) => drop(dropCheckSql(name, syntax))),
    ...indexes.map(({ name }) => drop(`drop key ${quoteIdentifier(name)}`)),
    ...readers.map((reader) => modify(reader, reader, syntax)),
    ...indexes.map((index) => add(`add ${indexSql(index, syntax)}`)),
    ...checks.map((check) => add(`add ${checkSql(check)}`)),
  ];
}
