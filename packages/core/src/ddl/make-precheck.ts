import type { DdlContext } from '../driver.js';
import type { ObjectName } from '../model/schema.js';
import type { Precheck, RowsMessage } from '../model/plan.js';
import { convertedColumns, futureRows, presentRows, type Rows, type RowsDialect } from './rows.js';

/** What a precheck looks for: the rows of a table that meet a condition. */
export interface PrecheckSubject extends Pick<
  Precheck,
  'kind' | 'object' | 'message' | 'remedy' | 'prepare' | 'needs'
> {
  /** The table, under its new name where it is renamed. */
  readonly table: ObjectName;
  /** True for the rows of that condition; all rows where it is left out. */
  readonly condition?: string | undefined;
}

/** As many rows as a person needs to know of. */
const countedRows = 1000;

/** Looks at the rows as they are now, under the names of before the renames. */
export function precheckPresent(subject: PrecheckSubject, context: DdlContext, dialect: RowsDialect): Precheck {
  return precheckRows(subject, presentRows(subject.table, context, dialect), dialect);
}

/** Looks at the rows as the plan will leave them, under their new names. */
export function precheckFuture(subject: PrecheckSubject, context: DdlContext, dialect: RowsDialect): Precheck {
  const needs = convertedColumns(subject.table, [subject.condition ?? ''], context, dialect);
  return precheckRows({ ...subject, needs }, futureRows(subject.table, context, dialect), dialect);
}

/** One query finds out whether there are such rows, how many, and which: it stops when it has found enough. */
export function precheckRows(
  { table: _, condition, needs = [], ...subject }: PrecheckSubject,
  { from, key }: Rows,
  { quote }: RowsDialect,
): Precheck {
  const selected = key.map(({ expression }, index) => `${expression} as ${quote(`key_${index + 1}`)}`);
  const where = condition === undefined ? '' : ` where ${condition}`;
  return {
    ...subject,
    sql: `select ${selected.length === 0 ? '1' : selected.join(', ')} from ${from}${where} limit ${countedRows + 1}`,
    limit: countedRows,
    ...(needs.length > 0 && { needs }),
    key: key.map(({ name }) => name),
  };
}

/** What rows do, with a verb that takes an `s` for one row alone. */
export function rowsThat(verb: 'hold' | 'share' | 'reference' | 'exist', rest: string): RowsMessage {
  return { one: `row ${verb}s ${rest}`, other: `rows ${verb} ${rest}` };
}
