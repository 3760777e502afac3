import type { TypeName } from '../type-name.js';
import { quoteString } from './quote.js';

const texts: ReadonlySet<string> = new Set(['text', 'character varying', 'character']);
const wholeNumbers = ['smallint', 'integer', 'bigint'];
const numbers: ReadonlySet<string> = new Set([...wholeNumbers, 'numeric', 'real', 'double precision']);

/** Every value of the one type is a value of the other. */
export function isLossless(from: TypeName, to: TypeName): boolean {
  if (from.array !== to.array) return to.base === 'text' && !to.array;
  if (to.base === 'text' || (to.base === 'character varying' && to.modifiers === undefined)) return true;
  if (from.base === to.base) return isWider(from, to);
  const [a, b] = [wholeNumbers.indexOf(from.base), wholeNumbers.indexOf(to.base)];
  if (a !== -1 && b !== -1) return a < b;
  if (to.base === from.base.replace('range', 'multirange')) return true;
  return from.base === 'jsonb' && to.base === 'json';
}

function isWider(from: TypeName, to: TypeName): boolean {
  if (to.modifiers === undefined || from.modifiers === to.modifiers) return true;
  if (from.modifiers === undefined) return false;
  const [before = 0, scaleBefore = 0] = from.modifiers.split(',').map(Number);
  const [after = 0, scaleAfter = 0] = to.modifiers.split(',').map(Number);
  return scaleAfter >= scaleBefore && after - scaleAfter >= before - scaleBefore;
}

/** PostgreSQL has a cast that takes every value (postgresql.org/docs/current/catalog-pg-cast.html). */
export function neverFails(from: TypeName, to: TypeName): boolean {
  if (from.array || to.array) return false;
  if (numbers.has(from.base) && to.base === 'numeric') return to.modifiers === undefined;
  if (wholeNumbers.includes(from.base)) return to.base === 'real' || to.base === 'double precision';
  if (from.base === 'real') return to.base === 'double precision';
  return from.base !== to.base && from.base !== 'date' && isDay(from) && isDay(to);
}

/** A date, with or without a time. */
function isDay({ base }: TypeName): boolean {
  return base === 'date' || base.startsWith('timestamp');
}

/** How it is told that a value which could be converted has survived. */
export type Survival =
  /** It is the same when it is converted back. */
  | { readonly kind: 'comes-back' }
  /** It is the same as its text when both are read as the type. */
  | { readonly kind: 'reads-alike'; readonly as: string }
  /** It is, where no member of an object is gone, of those that have the same key. */
  | { readonly kind: 'keeps-members' }
  /** Whatever the type takes is the value, if in another spelling. */
  | { readonly kind: 'fits' };

/** A text that is read as a time of any kind may say more than the type holds: a day, a zone, fractions of a second. */
export function survivalOf(from: TypeName | undefined, to: TypeName | undefined): Survival {
  if (from === undefined || to === undefined || from.array || to.array) return { kind: 'comes-back' };
  if (to.base === 'jsonb' && (from.base === 'json' || texts.has(from.base))) return { kind: 'keeps-members' };
  if (!texts.has(from.base)) return { kind: texts.has(to.base) ? 'fits' : 'comes-back' };
  if (isDay(to)) return { kind: 'reads-alike', as: 'timestamp with time zone' };
  if (to.base.startsWith('time')) return { kind: 'reads-alike', as: 'time with time zone' };
  return hasSpellings(from, to) ? { kind: 'fits' } : { kind: 'comes-back' };
}

/** Whether several texts are one value of the type: `yes` and `true`. */
export function hasSpellings(from: TypeName | undefined, to: TypeName | undefined): boolean {
  if (from === undefined || to === undefined) return false;
  return texts.has(from.base) && spelled.has(to.base) && to.modifiers === undefined;
}

/** Types with several spellings of one value, none of which says more than the type holds. */
const spelled: ReadonlySet<string> = new Set('boolean uuid jsonb interval inet macaddr macaddr8'.split(' '));

const ranges: Readonly<Record<string, readonly [string, string]>> = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
};

/**
 * What a floating-point number must be below to be converted back to the whole number that it was made of: the highest of
 * those are rounded up, beyond their type.
 */
export function highestBack(from: TypeName, to: TypeName): string | undefined {
  if (to.base !== 'real' && to.base !== 'double precision') return undefined;
  if (from.base === 'integer') return '2147483648';
  return from.base === 'bigint' ? '9223372036854775808' : undefined;
}

/** The condition under which the cast can't fail, where one can be stated. */
export function guardFor(column: string, from: TypeName, to: TypeName): string | undefined {
  if (from.array || to.array) return undefined;
  const text = `${column}::text`;
  const range = ranges[to.base];
  if (texts.has(from.base)) {
    const digits = String.raw`${text} ~ '^\s*[-+]?[0-9]+\s*$'`;
    if (range !== undefined) return whenThen(digits, `${text}::numeric between ${range.join(' and ')}`);
    if (to.base === 'numeric') {
      const number = String.raw`${text} ~ '^\s*[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\s*$'`;
      return `${text} = 'NaN' or ${whenThen(number, fitsNumeric(`${text}::numeric`, to))}`;
    }
    if (to.base === 'boolean') return `lower(trim(${text})) in (${truthValues})`;
    if (to.base === 'uuid') return String.raw`${text} ~* '^\{?[0-9a-f]{4}(-?[0-9a-f]{4}){7}\}?$'`;
  }
  if (numbers.has(from.base)) {
    const isFinite = `${text} not in ('NaN', 'Infinity', '-Infinity')`;
    if (range !== undefined) return whenThen(isFinite, `round(${column}::numeric) between ${range.join(' and ')}`);
    // postgresql.org/docs/current/datatype-numeric.html: not a number is of any precision, infinity of none.
    if (to.base === 'numeric' && to.modifiers !== undefined)
      return `${text} = 'NaN' or ${whenThen(isFinite, fitsNumeric(`${column}::numeric`, to))}`;
  }
  if (from.base === 'date' && isDay(to)) return `${column} < date '294277-01-01' or ${column} = 'infinity'`;
  return to.base.startsWith('character') && to.modifiers !== undefined
    ? `length(${text}) <= ${to.modifiers}`
    : undefined;
}

/** A condition that is not evaluated unless another holds: SQL's `and` promises no order. */
function whenThen(first: string, second: string): string {
  return `case when ${first} then ${second} else false end`;
}

/** Any beginning that no other word has is read as well (postgresql.org/docs/current/datatype-boolean.html). */
const truthValues = 't tr tru true f fa fal fals false y ye yes n no on of off 1 0'
  .split(' ')
  .map(quoteString)
  .join(', ');

function fitsNumeric(value: string, { modifiers }: TypeName): string {
  if (modifiers === undefined) return 'true';
  const [precision = 0, scale = 0] = modifiers.split(',').map(Number);
  return `abs(round(${value}, ${scale})) < 1e${precision - scale}::numeric`;
}
