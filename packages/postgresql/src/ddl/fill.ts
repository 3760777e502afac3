import type { FillColumn, Statement } from '@dovetail/core/driver';
import { quoteIdentifier, quoteName } from './quote.js';

/** Gives the rows that hold null in a column their value. */
export function fillStatement({ table, column, expression }: FillColumn): Statement {
  const [name, filled] = [quoteName(table), quoteIdentifier(column.name)];
  const update = `update ${name} set ${filled} = (${expression})`;
  const isOpen = `${filled} is null`;
  return {
    sql: `${update} where ${isOpen}`,
    description: `Fills the column "${column.name}" of "${table.name}" in the rows that hold null.`,
    batches: {
      count: `select count(*) as "count" from ${name} where ${isOpen}`,
      sql: `${update} where ctid = any (array(select ctid from ${name} where ${isOpen} limit $1))`,
    },
  };
}
