import type { DdlContext } from '../driver.js';
import type { Column, IndexPart, ObjectName } from '../model/schema.js';
import type { Precheck } from '../model/plan.js';
import { findTable } from '../model/tables.js';
import { precheckFuture } from './make-precheck.js';
import type { RowsDialect } from './rows.js';

/** What the standard queries need to know of a database. */
export interface PrecheckDialect extends RowsDialect {
  /** An index part as an operand of `partition by`. */
  indexKey(part: IndexPart): string;
  /** Whether values that differ in a column may be alike once it is that other one. */
  mergesValues(from: Column, to: Column): boolean;
}

/** The change that is looked at, and where. */
export interface PrecheckScene {
  /** What the change is about, as a person names it. */
  readonly object: string;
  readonly context: DdlContext;
  readonly dialect: PrecheckDialect;
}

/** Looks for the rows of a table that do not fit, as the plan will leave them. */
export function mayFail(
  table: ObjectName,
  condition: string,
  { message, remedy }: Pick<Precheck, 'message' | 'remedy'>,
  { object, context, dialect }: PrecheckScene,
): Precheck {
  return precheckFuture({ kind: 'may-fail', object, table, condition, message, remedy }, context, dialect);
}

/** A table that is new has no rows yet, neither such that reference others nor such that are referenced. */
export function isNew(table: ObjectName, { context, dialect }: PrecheckScene): boolean {
  return findTable(context.actual, table, dialect.names) === undefined;
}
