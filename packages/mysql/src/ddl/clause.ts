import type { Column } from '@dovetail/core/driver';
import type { Syntax } from '../flavour.js';
import { columnSql } from './column.js';
import { quoteIdentifier } from './quote.js';

/** The clauses of an `alter table`, in this order, whatever the order of the changes. */
export const phases = ['drop', 'column', 'add', 'option'] as const;

export interface Clause {
  readonly phase: (typeof phases)[number];
  readonly sql: string;
  /** The name that the column of the clause is going to have. */
  readonly column?: string;
}

export function drop(sql: string): Clause {
  return { phase: 'drop', sql };
}

export function column({ name }: Column, sql: string): Clause {
  return { phase: 'column', sql, column: name };
}

export function add(sql: string): Clause {
  return { phase: 'add', sql };
}

export function option(sql: string): Clause {
  return { phase: 'option', sql };
}

/** Every attribute is stated, for `modify` takes away those that are not (refman/9.7/en/alter-table.html). */
export function modify(to: Column, from: Column, syntax: Syntax): Clause {
  return column(
    to,
    to.name === from.name
      ? `modify column ${columnSql(to, syntax)}`
      : `change column ${quoteIdentifier(from.name)} ${columnSql(to, syntax)}`,
  );
}
