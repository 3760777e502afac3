import type { Precheck } from '@dovetail/core/driver';
import { baseType, isEnumerated, isInteger, isNumber, itemsOf, sizeOf, sridOf } from '../column-type.js';
import { quoteString } from './quote.js';
import { holdsEveryValue, integerRange, longestText } from './widening.js';

/** What a conversion does to some values. */
export interface Problem {
  readonly kind: Precheck['kind'];
  /** The rows that hold such a value. */
  readonly condition: string;
  /** What they hold: `a value that is too long for char(3)`. */
  readonly what: string;
}

/**
 * The values of a column that would not be the same in another type. A strict server refuses those that do not fit
 * (`may-fail`) and rounds the others in silence (`destroys-values`) (refman/9.7/en/sql-mode.html).
 *
 * @param column the quoted name of the column.
 */
export function conversionProblems(column: string, from: string, to: string): readonly Problem[] {
  if (holdsEveryValue(from, to)) return [];
  const base = baseType(to);
  // A date becomes the number of its digits: 2024-02-29 is 20240229.
  if (isMoment(from) && isNumber(to))
    return [...outOfRange(`(${column} + 0)`, to), rounded(`${column} is not null`, to)];
  if (isInteger(to)) return integerProblems(column, from, to);
  switch (base) {
    case 'char':
    case 'varchar':
      return [tooLong(`char_length(${column}) > ${sizeOf(to)[0] ?? 1}`, to)];
    case 'binary':
    case 'varbinary':
      return [tooLong(`length(${column}) > ${sizeOf(to)[0] ?? 1}`, to)];
    case 'tinytext':
    case 'text':
    case 'mediumtext':
    case 'tinyblob':
    case 'blob':
    case 'mediumblob':
      return [tooLong(`length(${column}) > ${longestText[base]}`, to)];
    case 'decimal':
      return decimalProblems(column, from, to);
    case 'float':
    case 'double':
      return [...notANumber(column, from, to), ...impreciseProblems(column, from, base)];
    case 'enum':
      return [
        mayFail(`${textOf(column, from)} not in (${itemsOf(to).map(quoteString).join(', ')})`, `no item of ${to}`),
      ];
    case 'set':
      return setProblems(column, from, to);
    case 'date':
      return momentProblems(column, from, 'date', (value) => `${value} <> cast(${value} as date)`);
    case 'datetime':
    case 'timestamp':
    case 'time':
      return momentProblems(column, from, base === 'time' ? 'time(6)' : 'datetime(6)', (value) =>
        roundedSeconds(value, from, to),
      );
    case 'point':
    case 'linestring':
    case 'polygon':
    case 'multipoint':
    case 'multilinestring':
    case 'multipolygon':
      return [mayFail(`st_geometrytype(${column}) <> '${base}'`, `no ${base}`), ...referenceProblems(column, to)];
    case 'geometry':
      return referenceProblems(column, to);
    case 'json':
      return isText(from) ? [mayFail(`not json_valid(${column})`, 'not valid as JSON')] : [];
    default:
      return [];
  }
}

/** The texts that another character set can't hold. */
export function charsetProblem(column: string, { charset }: { readonly charset?: string | undefined }): Problem[] {
  if (charset === undefined) return [];
  const there = `convert(convert(${column} using ${charset}) using utf8mb4)`;
  const differs = `cast(${there} as binary) <> cast(convert(${column} using utf8mb4) as binary)`;
  return [mayFail(differs, `no text of ${charset}: it has characters that are not there`)];
}

const texts: ReadonlySet<string> = new Set(
  'char varchar tinytext text mediumtext longtext enum set binary varbinary'.split(' '),
);

function isText(type: string): boolean {
  return texts.has(baseType(type));
}

function mayFail(condition: string, what: string): Problem {
  return { kind: 'may-fail', condition, what: `a value that is ${what}` };
}

function rounded(condition: string, type: string): Problem {
  return { kind: 'destroys-values', condition, what: `a value that would not be the same as ${type}` };
}

function tooLong(condition: string, type: string): Problem {
  return mayFail(condition, `too long for ${type}`);
}

/** An enum is a number where a number is asked for, but its text elsewhere. */
function textOf(column: string, from: string): string {
  return isText(from) && !isEnumerated(from) ? column : `cast(${column} as char)`;
}

const numberPattern = "'^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$'";
/** MySQL would round what has decimals or an exponent, MariaDB refuses it. */
const integerPattern = "'^[+-]?[0-9]+$'";

function notANumber(column: string, from: string, to: string): Problem[] {
  if (!isText(from)) return [];
  return [mayFail(`${column} not regexp ${isInteger(to) ? integerPattern : numberPattern}`, `no ${to}`)];
}

/** What the server refuses of a number. */
function outOfRange(value: string, to: string): Problem[] {
  const what = `out of the range of ${to}`;
  if (isInteger(to)) {
    const { least, greatest } = integerRange(to);
    return [mayFail(`${value} < ${least} or ${value} > ${greatest}`, what)];
  }
  if (baseType(to) !== 'decimal') return [];
  const [precision = 10, scale = 0] = sizeOf(to);
  const limit = `1${'0'.repeat(precision - scale)}`;
  return [
    mayFail(`abs(round(${value}, ${scale})) >= ${limit}`, what),
    ...(to.includes('unsigned') ? [mayFail(`${value} < 0`, what)] : []),
  ];
}

function integerProblems(column: string, from: string, to: string): Problem[] {
  const value = numeric(column, from);
  return [
    ...notANumber(column, from, to),
    ...outOfRange(value, to),
    ...(isInteger(from)
      ? []
      : [rounded(isText(from) ? writtenOtherwise(textOf(column, from)) : `${value} <> round(${value}, 0)`, to)]),
  ];
}

function decimalProblems(column: string, from: string, to: string): Problem[] {
  const [, scale = 0] = sizeOf(to);
  const value = numeric(column, from);
  return [
    ...notANumber(column, from, to),
    ...outOfRange(value, to),
    rounded(`${value} <> round(${value}, ${scale})`, to),
  ];
}

/** Zeros before a number, or a sign, are gone once the text is a whole number. */
function writtenOtherwise(text: string): string {
  const written = `cast(cast(cast(${text} as decimal(65,0)) as char) as binary)`;
  return `${text} regexp ${integerPattern} and ${written} <> cast(${text} as binary)`;
}

/** Whole numbers up to 2^24 and 2^53 are exact (refman/9.7/en/floating-point-types.html). */
function impreciseProblems(column: string, from: string, to: 'float' | 'double'): Problem[] {
  const digits = to === 'float' ? 16_777_216 : 9_007_199_254_740_992;
  if (isInteger(from)) return [rounded(`abs(${column}) > ${digits}`, to)];
  if (baseType(from) === 'decimal')
    return [rounded(`cast(cast(${column} as double) as decimal(65,30)) <> ${column}`, to)];
  return to === 'float' && baseType(from) === 'double' ? [rounded(`cast(${column} as float) <> ${column}`, to)] : [];
}

/** A text as an exact number: compared as it is, it would be an imprecise one. */
function numeric(column: string, from: string): string {
  return isNumber(from) ? column : `cast(${textOf(column, from)} as decimal(65,30))`;
}

function setProblems(column: string, from: string, to: string): Problem[] {
  const items = itemsOf(to);
  const removed = itemsOf(from).filter((item) => !items.includes(item));
  if (baseType(from) === 'set') {
    if (removed.length === 0) return [];
    const found = removed.map((item) => `find_in_set(${quoteString(item)}, ${column})`).join(' or ');
    return [mayFail(found, `no item of ${to}`)];
  }
  const list = items.map(quoteString).join(', ');
  return [mayFail(`${textOf(column, from)} not in ('', ${list})`, `no single item of ${to}`)];
}

function momentProblems(column: string, from: string, type: string, loses: (value: string) => string): Problem[] {
  const isMissing = `${column} is not null and cast(${column} as ${type}) is null`;
  if (isText(from)) {
    const value = `cast(${column} as ${type === 'date' ? 'datetime(6)' : type})`;
    return [mayFail(isMissing, `no ${type}`), rounded(loses(value), type)];
  }
  if (isNumber(from)) return [mayFail(isMissing, `no ${type}`), rounded(`${column} is not null`, type)];
  return isMoment(from) ? [rounded(loses(column), type)] : [];
}

/** What is bound to a reference system takes values of it alone (refman/9.7/en/spatial-type-overview.html). */
function referenceProblems(column: string, to: string): Problem[] {
  const srid = sridOf(to);
  return srid === undefined
    ? []
    : [mayFail(`st_srid(${column}) <> ${srid}`, `of another reference system than ${srid}`)];
}

/** Whether the type is one of a date or a time. */
export function isMoment(type: string): boolean {
  return ['date', 'datetime', 'timestamp', 'time', 'year'].includes(baseType(type));
}

function roundedSeconds(column: string, from: string, to: string): string {
  const [decimals = 0] = sizeOf(to);
  const [before = 0] = isText(from) ? [6] : sizeOf(from);
  return before <= decimals ? 'false' : `microsecond(${column}) % ${10 ** (6 - decimals)} <> 0`;
}
