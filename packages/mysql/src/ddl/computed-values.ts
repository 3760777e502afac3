import {
  type AlterColumn,
  type Change,
  type Column,
  type DdlContext,
  displayName,
  type Precheck,
  type PrecheckDialect,
  precheckFuture,
} from '@dovetail/core/driver';
import { isEnumerated, isInteger, isNumber, isText } from '../column-type.js';
import type { Syntax } from '../flavour.js';
import { conversionProblems, type Problem } from './conversions.js';

/** The rows whose value a stored column can't hold: the server computes them as it alters the table. */
export function computedValues(
  change: Change,
  context: DdlContext,
  dialect: PrecheckDialect,
  syntax: Syntax,
): readonly Precheck[] {
  if (change.kind !== 'add-column' && change.kind !== 'alter-column') return [];
  const { table } = change;
  const column = change.kind === 'add-column' ? change.column : change.to;
  if (column.generated?.stored !== true || (change.kind === 'alter-column' && !isComputedAnew(change))) return [];
  const isRequired = change.kind === 'add-column' && !column.nullable && syntax.generatedNotNull;
  const value = dialect.quote(column.name);
  return [...misfits(value, column, syntax), ...(isRequired ? [missing(value)] : [])].map(({ kind, condition, what }) =>
    precheckFuture(
      {
        kind,
        object: `${displayName(table)}.${column.name}`,
        table,
        condition,
        message: { one: `row computes ${what}`, other: `rows compute ${what}` },
        remedy: 'correct what it is computed from, or change the type or the expression',
      },
      context,
      dialect,
    ),
  );
}

function isComputedAnew({ attributes }: AlterColumn): boolean {
  return attributes.includes('generated') || attributes.includes('type');
}

/** An expression can be of any type, the widest as well. What is only rounded, or loses spaces at its end, is stored. */
function misfits(value: string, column: Column, syntax: Syntax): readonly Problem[] {
  const { type } = column;
  if (isEnumerated(type) || (!isNumber(type) && !isText(type))) return [];
  const rounded = isInteger(type) ? `round(${value}, 0)` : value;
  const operand = isText(type) ? `rtrim(${value})` : rounded;
  return conversionProblems(operand, 'decimal(65,30)', column, syntax).filter(({ kind }) => kind === 'may-fail');
}

function missing(value: string): Problem {
  return { kind: 'may-fail', condition: `${value} is null`, what: 'null, which the column does not allow' };
}
