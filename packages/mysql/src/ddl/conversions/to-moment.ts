import { baseType, sizeOf } from '../../column-type.js';
import type { Syntax } from '../../flavour.js';
import { changed, mayFail, noCounterpart, type Problem } from './problem.js';
import { kindOf, textOf } from './value.js';

/** The values that are no date or time of the type, or another one. */
export function toMoment(column: string, from: string, to: string, syntax: Syntax): Problem[] {
  switch (kindOf(from)) {
    case 'moment':
      return [...lost(column, from, to), ...(isTimestamp(from) ? [] : outOfRange(column, to, syntax))];
    case 'text':
    case 'items':
    case 'json': {
      const text = textOf(column, from);
      return [missing(text, to), ...outOfRange(cast(text, to), to, syntax), writtenOtherwise(text, to)];
    }
    case 'integer':
    case 'number':
      return [missing(column, to), ...outOfRange(cast(column, to), to, syntax), changed(`${column} is not null`, to)];
    case 'bit':
    case 'bytes':
    case 'spatial':
    case 'other':
      return [noCounterpart(column, to)];
  }
}

function isTimestamp(type: string): boolean {
  return baseType(type) === 'timestamp';
}

/** A value with a date becomes a time without it, and a time one of the day of the update (refman/9.7/en/date-and-time-type-conversion.html). */
function lost(column: string, from: string, to: string): Problem[] {
  if ((baseType(from) === 'time') !== (baseType(to) === 'time')) return [changed(`${column} is not null`, to)];
  if (baseType(to) === 'date') return [changed(`${column} <> cast(${column} as date)`, to)];
  const [[before = 0], [after = 0]] = [sizeOf(from), sizeOf(to)];
  return before <= after ? [] : [changed(`microsecond(${column}) % ${10 ** (6 - after)} <> 0`, to)];
}

/**
 * A timestamp is a number of seconds since 1970 that is never 0, on MySQL of 31 bits (refman/9.7/en/datetime.html). A time
 * that the clock skips when summer begins is none either: the server makes another one of it.
 */
function outOfRange(moment: string, to: string, { endOfTimestamps: end }: Syntax): Problem[] {
  if (!isTimestamp(to)) return [];
  const seconds = `unix_timestamp(${moment})`;
  const isTooLate = end === undefined ? '' : ` or ${seconds} >= ${end}`;
  const isOther = `not (from_unixtime(${seconds}) <=> ${moment})`;
  return [mayFail(`${seconds} < 1${isTooLate} or ${isOther}`, `out of the range of ${to}`)];
}

function missing(value: string, to: string): Problem {
  return mayFail(`${value} is not null and ${cast(value, to)} is null`, `no ${to}`);
}

function cast(value: string, to: string): string {
  return `cast(${value} as ${castTypes[baseType(to)] ?? 'datetime(6)'})`;
}

const castTypes: Readonly<Record<string, string>> = { date: 'date', time: 'time(6)' };

/**
 * The server takes `10:11:12` for the date 2010-11-12, and `12` for the time 00:00:12 (refman/9.7/en/datetime.html): only
 * texts that are written as it writes the type itself are the same. What they leave out at their end is zero.
 */
function writtenOtherwise(text: string, to: string): Problem {
  const [decimals = 0] = sizeOf(to);
  const fraction = decimals === 0 ? '' : `([.][0-9]{1,${decimals}})?`;
  const date = '[0-9]{4}-[0-9]{2}-[0-9]{2}';
  const time = `:[0-5][0-9]:[0-5][0-9]${fraction}`;
  const patterns: Readonly<Record<string, string>> = {
    date,
    time: `-?([0-9]{2}|[1-7][0-9]{2}|8[0-2][0-9]|83[0-8])${time}`,
  };
  return changed(`${text} not regexp '^${patterns[baseType(to)] ?? `${date}( [0-9]{2}${time})?`}$'`, to);
}
