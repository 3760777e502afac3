import type { Column } from '@dovetail/core/driver';
import { baseType, isText } from '../column-type.js';
import type { Syntax } from '../flavour.js';
import { mayFail, type Problem } from './conversions/problem.js';
import { toItems } from './conversions/to-items.js';
import { toMoment } from './conversions/to-moment.js';
import { toNumber } from './conversions/to-number.js';
import { toJson, toOther, toSpatial } from './conversions/to-other.js';
import { toBytes, toText } from './conversions/to-text.js';
import { kindOf } from './conversions/value.js';
import { holdsEveryValue } from './widening.js';

export { convertedValue } from './conversions/converted-value.js';
export type { Problem } from './conversions/problem.js';

/**
 * The values of a column that would not be the same in another type. A strict server refuses those that do not fit
 * (`may-fail`) and makes others of the rest in silence (`destroys-values`) (refman/9.7/en/sql-mode.html). Types that
 * nothing is known of have no value in common.
 *
 * @param column the quoted name of the column.
 */
export function conversionProblems(
  column: string,
  from: string,
  target: Pick<Column, 'type' | 'charset'>,
  syntax: Syntax,
): readonly Problem[] {
  const to = target.type;
  if (holdsEveryValue(from, to)) return [];
  switch (kindOf(to)) {
    case 'integer':
    case 'number':
    case 'bit':
      return toNumber(column, from, to);
    case 'text':
      return toText(column, from, target);
    case 'bytes':
      return toBytes(column, from, to);
    case 'items':
      return toItems(column, from, to);
    case 'moment':
      return toMoment(column, from, to, syntax);
    case 'json':
      return toJson(column, from, syntax);
    case 'spatial':
      return toSpatial(column, from, to);
    case 'other':
      return toOther(column, from, to);
  }
}

/** The texts that another character set can't hold. */
export function charsetProblem(column: string, from: string, { charset }: Pick<Column, 'charset'>): Problem[] {
  if (charset === undefined || !isText(from)) return [];
  const there = `convert(convert(${column} using ${charset}) using utf8mb4)`;
  const differs = `cast(${there} as binary) <> cast(convert(${column} using utf8mb4) as binary)`;
  return [mayFail(differs, `no text of ${charset}: it has characters that are not there`)];
}

/** Whether the type is one of a date or a time. */
export function isMoment(type: string): boolean {
  return kindOf(type) === 'moment' || baseType(type) === 'year';
}
