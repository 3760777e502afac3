import type { TypeName } from '../type-name.js';
import { quoteString } from './quote.js';
import { textForms } from './text-forms.js';
import { isDay, isNumber, isText, wholeNumbers } from './type-kinds.js';

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

/** Bits of another length are another number, though zeros that are added are cut off again. */
function isWider(from: TypeName, to: TypeName): boolean {
  if (to.base === 'bit') return from.modifiers === to.modifiers;
  if (to.modifiers === undefined || from.modifiers === to.modifiers) return true;
  if (from.modifiers === undefined) return false;
  const [before = 0, scaleBefore = 0] = from.modifiers.split(',').map(Number);
  const [after = 0, scaleAfter = 0] = to.modifiers.split(',').map(Number);
  return scaleAfter >= scaleBefore && after - scaleAfter >= before - scaleBefore;
}

/** PostgreSQL has a cast that takes every value (postgresql.org/docs/current/catalog-pg-cast.html). */
export function neverFails(from: TypeName, to: TypeName): boolean {
  if (from.array || to.array) return false;
  if (isNumber(from.base) && to.base === 'numeric') return to.modifiers === undefined;
  if (wholeNumbers.includes(from.base)) return to.base === 'real' || to.base === 'double precision';
  if (from.base === 'real') return to.base === 'double precision';
  return from.base !== to.base && from.base !== 'date' && isDay(from.base) && isDay(to.base);
}

/** Their values have nothing in common: the digits of a number would be taken for bits. */
export function hasNoCounterpart(from: TypeName, to: TypeName): boolean {
  return (isNumber(from.base) && to.base === 'bit varying') || (from.base === 'bit varying' && isNumber(to.base));
}

/** How it is told that a value which could be converted has survived. */
export type Survival =
  /** It is the same when it is converted back. */
  | { readonly kind: 'comes-back' }
  /** It is a text in a form that says what it is, and the same as that text when both are read as the type. */
  | { readonly kind: 'reads-alike'; readonly as: string; readonly form: string }
  /** It is a text in a form that says what it is. */
  | { readonly kind: 'is-written'; readonly form: string }
  /** It is, where no member of an object is gone, of those that have the same key. */
  | { readonly kind: 'keeps-members' }
  /** Whatever the type takes is the value, if in another spelling. */
  | { readonly kind: 'fits' };

/** A text that is read as a time of any kind may say more than the type holds: a day, a zone, fractions of a second. */
export function survivalOf(from: TypeName | undefined, to: TypeName | undefined): Survival {
  if (from === undefined || to === undefined || from.array || to.array) return { kind: 'comes-back' };
  if (to.base === 'jsonb' && (from.base === 'json' || isText(from.base))) return { kind: 'keeps-members' };
  if (!isText(from.base)) return { kind: isText(to.base) ? 'fits' : 'comes-back' };
  const { base, modifiers } = to;
  if (isDay(base)) return { kind: 'reads-alike', as: 'timestamp with time zone', form: textForms.day };
  if (base.startsWith('time')) return { kind: 'reads-alike', as: 'time with time zone', form: textForms.time };
  if (base === 'numeric' && modifiers !== undefined)
    return { kind: 'reads-alike', as: 'numeric', form: textForms.decimal };
  if (base === 'interval' && modifiers !== undefined) return { kind: 'comes-back' };
  if (isSpelled(base)) return { kind: 'is-written', form: textForms[base] };
  return { kind: spelled.has(base) ? 'fits' : 'comes-back' };
}

/** Whether several texts are one value of the type: `yes` and `true`. */
export function hasSpellings(from: TypeName | undefined, to: TypeName | undefined): boolean {
  if (from === undefined || to === undefined) return false;
  return isText(from.base) && to.modifiers === undefined && (spelled.has(to.base) || isSpelled(to.base));
}

/** Types with several spellings of one value, none of which says more than the type holds. */
const spelled: ReadonlySet<string> = new Set(['uuid', 'jsonb', 'inet']);

/** Types that have such spellings, but read other texts as well. */
function isSpelled(base: string): base is 'boolean' | 'interval' | 'macaddr' | 'macaddr8' {
  return ['boolean', 'interval', 'macaddr', 'macaddr8'].includes(base);
}

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
  if (isText(from.base)) {
    const digits = String.raw`${text} ~ '^\s*[-+]?[0-9]+\s*$'`;
    if (range !== undefined) return whenThen(digits, `${text}::numeric between ${range.join(' and ')}`);
    if (to.base === 'numeric') {
      const number = String.raw`${text} ~ '^\s*[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\s*$'`;
      return `${text} = 'NaN' or ${whenThen(number, fitsNumeric(`${text}::numeric`, to))}`;
    }
    if (to.base === 'boolean') return `lower(trim(${text})) in (${truthValues})`;
    if (to.base === 'uuid') return String.raw`${text} ~* '^\{?[0-9a-f]{4}(-?[0-9a-f]{4}){7}\}?$'`;
  }
  if (isNumber(from.base)) {
    const isFinite = `${text} not in ('NaN', 'Infinity', '-Infinity')`;
    if (range !== undefined) return whenThen(isFinite, `round(${column}::numeric) between ${range.join(' and ')}`);
    // postgresql.org/docs/current/datatype-numeric.html: not a number is of any precision, infinity of none.
    if (to.base === 'numeric' && to.modifiers !== undefined)
      return `${text} = 'NaN' or ${whenThen(isFinite, fitsNumeric(`${column}::numeric`, to))}`;
  }
  if (from.base === 'date' && isDay(to.base)) return `${column} < date '294277-01-01' or ${column} = 'infinity'`;
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
