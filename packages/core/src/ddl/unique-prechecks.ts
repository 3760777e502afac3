import type { Precheck } from '../model/plan.js';
import type { ObjectName, PrimaryKey } from '../model/schema.js';
import { findTable } from '../model/tables.js';
import { precheckRows, rowsThat } from './make-precheck.js';
import { mayFail, type PrecheckScene } from './precheck-scene.js';
import { convertedColumns, futureRows } from './rows.js';

/** Which rows have to be unique, and how. */
export interface UniqueRules {
  readonly where?: string | undefined;
  /** Null counts as a value like others. */
  readonly nullsNotDistinct?: boolean | undefined;
}

/** Looks for rows that are alike in what has to be unique. */
export function duplicates(
  table: ObjectName,
  keys: readonly string[],
  { where, nullsNotDistinct = false }: UniqueRules,
  { object, context, dialect }: PrecheckScene,
): Precheck {
  const { quote } = dialect;
  const { from, key } = futureRows(table, context, dialect);
  const conditions = [
    ...(where === undefined ? [] : [`(${where})`]),
    ...(nullsNotDistinct ? [] : keys.map((part) => `${part} is not null`)),
  ];
  const selected = [
    ...key.map(({ expression }, index) => `${expression} as ${quote(`part_${index + 1}`)}`),
    `count(*) over (partition by ${keys.join(', ')}) as ${quote('alike')}`,
  ];
  const groups =
    `select ${selected.join(', ')} from ${from}` +
    (conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`);
  return precheckRows(
    {
      kind: 'may-fail',
      object,
      table,
      condition: `${quote('alike')} > 1`,
      needs: convertedColumns(table, [...keys, where ?? ''], context, dialect),
      message: rowsThat('share', `${keys.length === 1 ? 'a value' : 'values'} that would have to be unique`),
      remedy: 'make them distinct first',
    },
    {
      from: `(${groups}) as ${quote('duplicates')}`,
      key: key.map(({ name }, index) => ({ name, expression: quote(`part_${index + 1}`) })),
    },
    dialect,
  );
}

/** Looks for rows that a new primary key could not tell apart, or that hold null in it. */
export function primaryKeyPrechecks(table: ObjectName, key: PrimaryKey, scene: PrecheckScene): Precheck[] {
  if (isNumberedAnew(table, key, scene)) return [];
  const columns = key.columns.map(scene.dialect.quote);
  const rules = {
    message: rowsThat('hold', 'null in a column of the new primary key'),
    remedy: 'fill them first',
  };
  return [
    duplicates(table, columns, {}, scene),
    mayFail(table, columns.map((column) => `${column} is null`).join(' or '), rules, scene),
  ];
}

/** Rows of a new column that the database numbers itself are never duplicates. */
function isNumberedAnew(table: ObjectName, { columns }: PrimaryKey, { context, dialect }: PrecheckScene): boolean {
  const { names } = dialect;
  const isOneOf = (columnNames: readonly string[], name: string): boolean =>
    columnNames.some((other) => names.foldName(other) === names.foldName(name));
  const existing = (findTable(context.actual, table, names)?.columns ?? []).map(({ name }) => name);
  return (findTable(context.target, table, names)?.columns ?? []).some(
    ({ name, autoincrement, identity }) =>
      (autoincrement === true || identity !== undefined) && isOneOf(columns, name) && !isOneOf(existing, name),
  );
}
