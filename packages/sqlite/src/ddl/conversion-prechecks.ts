import {
  type AlterColumn,
  type Change,
  type Column,
  type DdlContext,
  findTable,
  originalColumn,
  type Precheck,
  precheckPresent,
  rowsThat,
  type Table,
} from '@dovetail/core/driver';
import { type Affinity, affinityOf } from '../affinity.js';
import { comparison } from '../comparison.js';
import { foldAscii } from '../lexer.js';
import { rowidAlias } from '../rowid.js';
import { isWellFormed } from './conversion.js';
import { dialect } from './precheck-dialect.js';
import { quoteIdentifier } from './quote.js';

const { foldName } = comparison;

/**
 * Values are converted to the type of their column where they are copied. Most conversions can be undone; some lose
 * something, and some columns refuse what can't be converted.
 */
export function conversionPrechecks(change: Change, context: DdlContext): Precheck[] {
  switch (change.kind) {
    case 'alter-column':
      return change.attributes.includes('type')
        ? [...lossyPrecheck(change, context), ...refusedPrechecks(change, context)]
        : [];
    case 'set-primary-key':
    case 'set-table-options':
      return refusedPrechecks(change, context);
    default:
      return [];
  }
}

function isPlain({ generated }: Column): boolean {
  return generated === undefined;
}

function lossyPrecheck({ table, from, to }: AlterColumn, context: DdlContext): Precheck[] {
  const affinity = affinityOf(to.type);
  // What a generated column is going to hold can be computed again.
  if (!isPlain(to) || affinity === affinityOf(from.type)) return [];
  const condition = lossyCondition(quoteIdentifier(originalColumn(table, to.name, context, comparison)), affinity);
  if (condition === undefined) return [];
  return [
    precheckPresent(
      {
        kind: 'destroys-values',
        object: `${table.name}.${to.name}`,
        table,
        condition,
        message: rowsThat('hold', `a value that would not be the same as ${to.type}`),
        remedy: "correct them first, or allow it: allow: ['data-loss']",
      },
      context,
      dialect,
    ),
  ];
}

type Restricting = Extract<Change, { kind: 'alter-column' | 'set-primary-key' | 'set-table-options' }>;

/** Rows that would not fit into columns that take fewer values than before, each column with one change alone. */
function refusedPrechecks(change: Restricting, context: DdlContext): Precheck[] {
  const actual = findTable(context.actual, change.table, comparison);
  const target = findTable(context.target, change.table, comparison);
  if (actual === undefined || target === undefined) return [];
  const before = new Map(actual.columns.map((column) => [foldName(column.name), column]));
  return target.columns.filter(isPlain).flatMap((column): Precheck[] => {
    const from = before.get(foldName(column.name));
    const type = restrictedTo(column, target);
    if (from === undefined || type === undefined || type === restrictedTo(from, actual)) return [];
    if (!isCause(change, from, column, actual, target)) return [];
    const condition = refusedCondition(quoteIdentifier(originalColumn(actual, column.name, context, comparison)), type);
    return [
      precheckPresent(
        {
          kind: 'may-fail',
          object: `${actual.name}.${column.name}`,
          table: actual,
          condition,
          message: rowsThat('hold', `a value that is no ${type}, which the column would refuse`),
          remedy: 'correct them first',
        },
        context,
        dialect,
      ),
    ];
  });
}

/** The type that the column's values must have: of a STRICT table (sqlite.org/stricttables.html), of a rowid. */
function restrictedTo(column: Column, table: Table): string | undefined {
  if (column === rowidAlias(table)) return 'integer';
  return table.options.strict === true && foldAscii(column.type) !== 'any' ? foldAscii(column.type) : undefined;
}

function isCause(change: Restricting, from: Column, column: Column, actual: Table, target: Table): boolean {
  const isRetyped = !comparison.sameType(from.type, column.type);
  const hasOptions = (['strict', 'withoutRowid'] as const).some(
    (option) => (actual.options[option] ?? false) !== (target.options[option] ?? false),
  );
  switch (change.kind) {
    case 'alter-column':
      return foldName(change.to.name) === foldName(column.name);
    case 'set-table-options':
      return !isRetyped;
    case 'set-primary-key':
      return !isRetyped && !hasOptions;
  }
}

/** What no longer is the same: `'007'` as a number, an integer beyond 2^53 as a real. */
function lossyCondition(column: string, affinity: Affinity): string | undefined {
  // `1.50` and `1.5` are the same number, so zeros that end a fraction are no loss.
  const plain = `case when instr(${column}, '.') > 0 then rtrim(rtrim(${column}, '0'), '.') else ${column} end`;
  const isNumber = `typeof(${column}) = 'text' and ${isWellFormed(column, 'numeric')}`;
  const text = `${isNumber} and cast(cast(${column} as numeric) as text) <> ${plain}`;

  switch (affinity) {
    case 'integer':
    case 'numeric':
      return text;
    case 'real':
      return `(${text}) or (typeof(${column}) = 'integer' or ${isNumber}) and cast(${column} as real) <> cast(${column} as numeric)`;
    case 'text':
    case 'blob':
      return undefined;
  }
}

/** What can't be converted to the type; null is of every type. */
function refusedCondition(column: string, type: string): string {
  const affinity = affinityOf(type);
  switch (affinity) {
    case 'integer':
    case 'real':
    case 'numeric':
      return `typeof(${column}) = 'blob' or not ${isWellFormed(column, affinity)}`;
    case 'text':
      return `typeof(${column}) = 'blob'`;
    case 'blob':
      return `typeof(${column}) not in ('blob', 'null')`;
  }
}
