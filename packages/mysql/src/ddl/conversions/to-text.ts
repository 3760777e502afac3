import type { Column } from '@dovetail/core/driver';
import { baseType, sizeOf } from '../../column-type.js';
import { longestText } from '../widening.js';
import { changed, mayFail, noCounterpart, type Problem, tooLong } from './problem.js';
import { bytesOf, kindOf, textOf } from './value.js';

/** The values that a text does not hold, or not with every character. */
export function toText(
  column: string,
  from: string,
  { type: to, charset = 'utf8mb4' }: Pick<Column, 'type' | 'charset'>,
): Problem[] {
  const padded = baseType(to) === 'char' ? [trailingSpace(column, from, to)] : [];
  switch (kindOf(from)) {
    case 'text':
      return [...tooLongText(column, to), ...padded];
    case 'bytes': {
      const text = `convert(${column} using ${charset})`;
      return [
        mayFail(`not (cast(${text} as binary) <=> cast(${column} as binary))`, `no text of ${charset}`),
        ...tooLongText(text, to),
        ...padded,
      ];
    }
    // The longer texts would get its bytes, char and varchar get its number.
    case 'bit':
      return isShort(to) ? tooLongText(textOf(column, from), to) : [noCounterpart(column, to)];
    case 'number':
      return [...tooLongText(textOf(column, from), to), ...writtenShorter(column, from, to)];
    case 'integer':
    case 'items':
    case 'moment':
    case 'json':
    case 'other':
      return tooLongText(textOf(column, from), to);
    case 'spatial':
      return [noCounterpart(column, to)];
  }
}

/** The values that do not fit, or that would be filled up with zeros (refman/9.7/en/binary-varbinary.html). */
export function toBytes(column: string, from: string, to: string): Problem[] {
  const kind = kindOf(from);
  if (kind === 'bit') return [noCounterpart(column, to)];
  const base = baseType(to);
  if (kind === 'spatial') return base.endsWith('blob') ? tooManyBytes(column, to) : [noCounterpart(column, to)];
  const value = kind === 'bytes' ? column : textOf(column, from);
  const [size = 1] = sizeOf(to);
  switch (base) {
    case 'binary':
      return [tooLong(`length(${value}) > ${size}`, to), changed(`length(${value}) < ${size}`, to)];
    case 'varbinary':
      return [tooLong(`length(${value}) > ${size}`, to)];
    default:
      return tooManyBytes(value, to);
  }
}

function isShort(type: string): boolean {
  return baseType(type) === 'char' || baseType(type) === 'varchar';
}

function tooLongText(text: string, to: string): Problem[] {
  return isShort(to) ? [tooLong(`char_length(${text}) > ${sizeOf(to)[0] ?? 1}`, to)] : tooManyBytes(text, to);
}

function tooManyBytes(value: string, to: string): Problem[] {
  const longest = longestText[baseType(to)];
  return longest === undefined ? [] : [tooLong(`length(${value}) > ${longest}`, to)];
}

/** They are gone when the value is read (refman/9.7/en/char.html). */
function trailingSpace(column: string, from: string, to: string): Problem {
  return changed(`${bytesOf(column, from)} like '% '`, to);
}

/** A float is written with six digits (refman/9.7/en/problems-with-float.html). */
function writtenShorter(column: string, from: string, to: string): Problem[] {
  return baseType(from) === 'float' ? [changed(`cast(cast(${column} as char) as float) <> ${column}`, to)] : [];
}
