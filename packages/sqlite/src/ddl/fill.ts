import { type DdlContext, type FillColumn, findTable, type Statement } from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { rowidName } from '../rowid.js';
import { quoteIdentifier } from './quote.js';

/** Gives the rows that hold null in a column their value. */
export function fillStatement({ table, column, expression }: FillColumn, context: DdlContext): Statement {
  const [name, filled] = [quoteIdentifier(table.name), quoteIdentifier(column.name)];
  const update = `update ${name} set ${filled} = (${expression})`;
  const isOpen = `${filled} is null`;
  const forms = [context.actual, context.target].flatMap((schema) => findTable(schema, table, comparison) ?? []);
  const rowid = rowidName(forms);
  return {
    sql: `${update} where ${isOpen}`,
    description: `Fills the column "${column.name}" of "${table.name}" in the rows that hold null.`,
    ...(rowid !== undefined && {
      batches: {
        count: `select count(*) as "count" from ${name} where ${isOpen}`,
        sql: `${update} where ${rowid} in (select ${rowid} from ${name} where ${isOpen} limit ?)`,
      },
    }),
  };
}
