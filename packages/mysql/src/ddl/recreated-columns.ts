import type { AlterTableChange, Table } from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import type { Syntax } from '../flavour.js';
import { isStated, wayOf } from './alter-column.js';
import { add, type Clause, drop, modify } from './clause.js';
import { checkSql, dropCheckSql, indexSql } from './constraint.js';
import { quoteIdentifier } from './quote.js';
import { mentionsAny, readersOf } from './readers.js';

const { foldName } = comparison;

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
  const readers = readersOf(names, table.columns);
  const computed = [...names, ...readers.map(({ name }) => name)];
  const indexes = table.indexes
    .filter(({ name }) => !changes.some((change) => change.kind === 'add-index' && change.index.name === name))
    .filter(({ parts }) =>
      parts.some((part) => ('column' in part ? isOne(part.column) : mentionsAny(part.expression, computed))),
    );
  const checks = table.checks
    .filter(({ name }) => !changes.some((change) => change.kind === 'add-check' && change.check.name === name))
    .filter(({ name, expression }) => name !== undefined && mentionsAny(expression, names));
  return [
    ...checks.map(({ name }) => drop(dropCheckSql(name, syntax))),
    ...indexes.map(({ name }) => drop(`drop key ${quoteIdentifier(name)}`)),
    ...readers.filter((reader) => !isStated(reader, changes)).map((reader) => modify(reader, reader, syntax)),
    ...indexes.map((index) => add(`add ${indexSql(index, syntax)}`)),
    ...checks.map((check) => add(`add ${checkSql(check)}`)),
  ];
}
