import { baseType, isInteger, sizeOf } from '../../column-type.js';
import { integerRange } from '../widening.js';
import { changed, mayFail, noCounterpart, type Problem } from './problem.js';
import { bytesOf, kindOf, numberOf, textOf } from './value.js';

/** The values that are no number of the type, or another one: those of years and bits are numbers too. */
export function toNumber(column: string, from: string, to: string): Problem[] {
  const value = numberOf(column, from);
  switch (kindOf(from)) {
    case 'integer':
    case 'number':
    case 'bit':
      return [...outOfRange(value, to), ...inexact(value, from, to)];
    // A date becomes the number of its digits: 2024-02-29 is 20240229.
    case 'moment':
      return [...outOfRange(value, to), changed(`${column} is not null`, to)];
    case 'items':
      // As bits, an item would be its position; as other numbers it goes over its text.
      return baseType(to) === 'bit' ? [noCounterpart(column, to)] : ofText(column, from, to);
    case 'text':
    case 'json':
      return ofText(column, from, to);
    case 'bytes':
    case 'spatial':
    case 'other':
      return [noCounterpart(column, to)];
  }
}

function ofText(column: string, from: string, to: string): Problem[] {
  return [
    mayFail(`${textOf(column, from)} not regexp ${patternOf(to)}`, `no ${to}`),
    ...outOfRange(numberOf(column, from), to),
    ...writtenOtherwise(column, from, to),
  ];
}

const numberPattern = "'^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$'";
/** MySQL would round what has decimals or an exponent, MariaDB refuses it. */
const integerPattern = "'^[+-]?[0-9]+$'";
/** Two digits would be taken for a year of this century or the last one (refman/9.7/en/two-digit-years.html). */
const yearPattern = "'^(0000|19(0[1-9]|[1-9][0-9])|20[0-9]{2}|21([0-4][0-9]|5[0-5]))$'";

function patternOf(to: string): string {
  if (baseType(to) === 'year') return yearPattern;
  return isWhole(to) ? integerPattern : numberPattern;
}

function isWhole(type: string): boolean {
  return isInteger(type) || baseType(type) === 'bit';
}

/** What the server refuses of a number. */
function outOfRange(value: string, to: string): Problem[] {
  const what = `out of the range of ${to}`;
  const base = baseType(to);
  if (base === 'year') return [mayFail(`not (${isShortYear(value)} or round(${value}) between 1901 and 2155)`, what)];
  if (base === 'bit') return [mayFail(`${value} < 0 or ${value} > ${2n ** BigInt(sizeOf(to)[0] ?? 1) - 1n}`, what)];
  if (isInteger(to)) {
    const { least, greatest } = integerRange(to);
    return [mayFail(`${value} < ${least} or ${value} > ${greatest}`, what)];
  }
  if (base !== 'decimal') return [];
  const [precision = 10, scale = 0] = sizeOf(to);
  const limit = `1${'0'.repeat(precision - scale)}`;
  return [
    mayFail(`abs(round(${value}, ${scale})) >= ${limit}`, what),
    ...(to.includes('unsigned') ? [mayFail(`${value} < 0`, what)] : []),
  ];
}

/** The server adds a century to them: 99 is 1999 (refman/9.7/en/year.html). */
function isShortYear(value: string): string {
  return `round(${value}) between 0 and 99`;
}

function inexact(value: string, from: string, to: string): Problem[] {
  const base = baseType(to);
  if (base === 'float' || base === 'double') return imprecise(value, from, to);
  const shortYear = base === 'year' ? [changed(`${isShortYear(value)} and ${value} <> 0`, to)] : [];
  const [, scale = 0] = base === 'decimal' ? sizeOf(to) : [];
  const decimals = kindOf(from) === 'number' ? [changed(`${value} <> round(${value}, ${scale})`, to)] : [];
  return [...shortYear, ...decimals];
}

/** Whole numbers up to 2^24 and 2^53 are exact (refman/9.7/en/floating-point-types.html). */
function imprecise(value: string, from: string, to: string): Problem[] {
  const isFloat = baseType(to) === 'float';
  if (kindOf(from) !== 'number')
    return [changed(`abs(${value}) > ${isFloat ? 16_777_216 : 9_007_199_254_740_992}`, to)];
  if (baseType(from) === 'decimal')
    return [changed(`cast(cast(${value} as double) as decimal(65,30)) <> ${value}`, to)];
  return isFloat && baseType(from) === 'double' ? [changed(`cast(${value} as float) <> ${value}`, to)] : [];
}

/** Zeros before a number, its sign or its exponent are gone once the text is a number. */
function writtenOtherwise(column: string, from: string, to: string): Problem[] {
  const [text, bytes] = [textOf(column, from), bytesOf(column, from)];
  const differs = (written: string): string =>
    `${text} regexp ${patternOf(to)} and cast(cast(${written} as char) as binary) <> ${bytes}`;
  switch (baseType(to)) {
    case 'year':
      return [];
    case 'decimal': {
      // Decimals that the text does not write are zeros.
      const [, scale = 0] = sizeOf(to);
      const decimals = scale === 0 ? '' : `([.][0-9]{1,${scale}})?`;
      return [changed(`${text} regexp ${numberPattern} and ${text} not regexp '^-?(0|[1-9][0-9]*)${decimals}$'`, to)];
    }
    case 'float':
    case 'double':
      return [changed(differs(`cast(${text} as ${baseType(to)})`), to)];
    default:
      return [changed(differs(`cast(${text} as decimal(65,0))`), to)];
  }
}
