import {
  type Column,
  type DdlContext,
  displayName,
  type FillColumn,
  findTable,
  type Statement,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { quoteIdentifier, quoteTable } from './quote.js';

/** Gives the rows that hold null in a column their value. */
export function fillStatement({ table, column, expression }: FillColumn, { actual }: DdlContext): Statement {
  const { foldName } = comparison;
  const [name, filled] = [quoteTable(table), quoteIdentifier(column.name)];
  const others = (findTable(actual, table, comparison)?.columns ?? []).filter(
    (other) => updatesItself(other) && foldName(other.name) !== foldName(column.name),
  );
  const kept = others.map((other) => `, ${quoteIdentifier(other.name)} = ${quoteIdentifier(other.name)}`).join('');
  const update = `update ${name} set ${filled} = (${expression})${kept} where ${filled} is null`;
  return {
    sql: update,
    description: `Fills the column "${column.name}" of "${displayName(table)}" in the rows that hold null.`,
    batches: {
      count: `select count(*) as ${quoteIdentifier('count')} from ${name} where ${filled} is null`,
      sql: `${update} limit ?`,
    },
  };
}

/** A column that an update sets to the current time keeps its value when it is set to it (refman/9.7/en/timestamp-initialization.html). */
function updatesItself({ extra = '' }: Column): boolean {
  return extra.toLowerCase().includes('on update');
}
