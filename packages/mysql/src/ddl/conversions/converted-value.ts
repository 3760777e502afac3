import { baseType, isInteger, sizeOf } from '../../column-type.js';
import { kindOf, numberOf, textOf } from './value.js';

/** What a value becomes in another type, of those that it has a value in. */
export function convertedValue(value: string, from: string, to: string): string {
  switch (kindOf(to)) {
    case 'integer':
    case 'number':
    case 'bit':
      return asNumber(numberOf(value, from), to);
    case 'moment':
      return `cast(${momentOf(value, from)} as ${to.replace('timestamp', 'datetime')})`;
    case 'text':
      return baseType(to) === 'char' ? `trim(trailing ' ' from ${textOf(value, from)})` : textOf(value, from);
    case 'items':
      return textOf(value, from);
    case 'bytes':
      return `cast(${kindOf(from) === 'bytes' ? value : textOf(value, from)} as ${bytesType(to)})`;
    case 'json':
    case 'spatial':
    case 'other':
      return value;
  }
}

function asNumber(number: string, to: string): string {
  const base = baseType(to);
  if (base === 'year') return fullYear(`round(${number})`);
  if (isInteger(to) || base === 'bit') return `round(${number})`;
  const [precision = 10, scale = 0] = sizeOf(to);
  return `cast(${number} as ${base === 'decimal' ? `decimal(${precision},${scale})` : base})`;
}

/** The server adds a century to one of two digits (refman/9.7/en/two-digit-years.html). */
function fullYear(year: string): string {
  return `case when ${year} between 1 and 69 then ${year} + 2000 when ${year} between 70 and 99 then ${year} + 1900 else ${year} end`;
}

function momentOf(value: string, from: string): string {
  const isMoment = kindOf(from) === 'moment' || kindOf(from) === 'integer' || kindOf(from) === 'number';
  return isMoment ? value : textOf(value, from);
}

/** One of a certain size is filled up with zeros (refman/9.7/en/binary-varbinary.html). */
function bytesType(to: string): string {
  return baseType(to) === 'binary' ? `binary(${sizeOf(to)[0] ?? 1})` : 'binary';
}
