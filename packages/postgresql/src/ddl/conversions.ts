import { readTypeName, type TypeName } from '../type-name.js';
import { conversionSql } from './casts.js';
import { quoteString } from './quote.js';

/** What is true for the rows whose value a change of type would not keep. */
export interface LossCondition {
  /** `may-fail` where PostgreSQL would refuse the value, `destroys-values` where it would change it. */
  readonly kind: 'destroys-values' | 'may-fail';
  readonly sql: string;
  /** What the condition calls. */
  readonly prepare?: readonly string[];
}

/**
 * A value survives a change of type when it comes back the same, read as text. Values that the new type can't hold at
 * all are sorted out before the cast, which would end the query; where no condition tells them, by trying each.
 */
export function lossConditions(column: string, fromType: string, toType: string): readonly LossCondition[] {
  const [from, to] = [readTypeName(fromType), readTypeName(toType)];
  if (from === undefined || to === undefined || isLossless(from, to)) return [];
  const guard = guardFor(column, from, to);
  if (guard === undefined && !neverFails(from, to))
    return triedConditions(column, fromType, toType, comesBack(from, to));
  const converted = conversionSql(column, fromType, toType);
  const back = conversionSql(`(${converted})`, toType, fromType);
  const differs = comesBack(from, to) ? `(${back})::text is distinct from ${column}::text` : `(${converted}) is null`;
  const whereHeld = (condition: string): string => `${column} is not null and ${condition}`;
  if (guard === undefined) return [{ kind: 'destroys-values', sql: whereHeld(differs) }];
  return [
    { kind: 'may-fail', sql: whereHeld(`not (${guard})`) },
    { kind: 'destroys-values', sql: `case when ${guard} then ${whereHeld(differs)} else false end` },
  ];
}

/** Gives what an expression makes of a value, or null where it fails; gone with the session. */
const tryFunction = `
create or replace function pg_temp.dovetail_try(expression text, value text) returns text language plpgsql as $$
declare result text;
begin
  execute expression into result using value;
  return result;
exception when others then
  return null;
end $$`.trim();

function triedConditions(column: string, from: string, to: string, comesBackAsText: boolean): readonly LossCondition[] {
  const tried = (value: string, a: string, b: string): string =>
    `pg_temp.dovetail_try(${quoteString(`select (${conversionSql(`$1::${a}`, a, b)})::text`)}, ${value})`;
  const converted = tried(`${column}::text`, from, to);
  const back = tried(converted, to, from);
  const prepare = [tryFunction];
  return [
    { kind: 'may-fail', prepare, sql: `${column} is not null and ${converted} is null` },
    ...(comesBackAsText
      ? [
          {
            kind: 'destroys-values' as const,
            prepare,
            sql: `${converted} is not null and ${back} is distinct from ${column}::text`,
          },
        ]
      : []),
  ];
}

const texts: ReadonlySet<string> = new Set(['text', 'character varying', 'character']);
const wholeNumbers = ['smallint', 'integer', 'bigint'];
const numbers: ReadonlySet<string> = new Set([...wholeNumbers, 'numeric', 'real', 'double precision']);

/** Every value of the one type is a value of the other. */
function isLossless(from: TypeName, to: TypeName): boolean {
  if (from.array !== to.array) return to.base === 'text' && !to.array;
  if (to.base === 'text' || (to.base === 'character varying' && to.modifiers === undefined)) return true;
  if (from.base === to.base) return isWider(from, to);
  const [a, b] = [wholeNumbers.indexOf(from.base), wholeNumbers.indexOf(to.base)];
  if (a !== -1 && b !== -1) return a < b;
  return from.base === 'json' && to.base === 'jsonb' ? true : from.base === 'jsonb' && to.base === 'json';
}

function isWider(from: TypeName, to: TypeName): boolean {
  if (to.modifiers === undefined || from.modifiers === to.modifiers) return true;
  if (from.modifiers === undefined) return false;
  const [before = 0, scaleBefore = 0] = from.modifiers.split(',').map(Number);
  const [after = 0, scaleAfter = 0] = to.modifiers.split(',').map(Number);
  return scaleAfter >= scaleBefore && after - scaleAfter >= before - scaleBefore;
}

/** PostgreSQL has a cast that takes every value (postgresql.org/docs/current/catalog-pg-cast.html). */
function neverFails(from: TypeName, to: TypeName): boolean {
  if (from.array || to.array) return false;
  if (wholeNumbers.includes(from.base)) return to.base === 'real' || to.base === 'double precision';
  if (from.base === 'real') return to.base === 'double precision';
  return from.base !== to.base && isDay(from) && isDay(to);
}

/** A date, with or without a time. */
function isDay({ base }: TypeName): boolean {
  return base === 'date' || base.startsWith('timestamp');
}

/** Texts that are read have many spellings of one value, so that the value is not compared by its text. */
function comesBack(from: TypeName, to: TypeName): boolean {
  return !(texts.has(from.base) && (to.base === 'boolean' || to.base === 'uuid' || to.base.includes('time')));
}

const ranges: Readonly<Record<string, readonly [string, string]>> = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
};

/** The condition under which the cast can't fail, where one can be stated. */
function guardFor(column: string, from: TypeName, to: TypeName): string | undefined {
  if (from.array || to.array) return undefined;
  const text = `${column}::text`;
  const range = ranges[to.base];
  if (texts.has(from.base)) {
    const digits = String.raw`${text} ~ '^\s*[-+]?[0-9]+\s*$'`;
    if (range !== undefined) return whenThen(digits, `${text}::numeric between ${range.join(' and ')}`);
    if (to.base === 'numeric') {
      const number = String.raw`${text} ~ '^\s*[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\s*$'`;
      return whenThen(number, fitsNumeric(`${text}::numeric`, to));
    }
    if (to.base === 'boolean')
      return `lower(trim(${text})) in ('true', 'false', 't', 'f', 'yes', 'no', 'y', 'n', 'on', 'off', '1', '0')`;
    if (to.base === 'uuid') return String.raw`${text} ~* '^\{?[0-9a-f]{4}(-?[0-9a-f]{4}){7}\}?$'`;
  }
  if (numbers.has(from.base)) {
    const isNumber = `${text} not in ('NaN', 'Infinity', '-Infinity')`;
    if (range !== undefined) return whenThen(isNumber, `round(${column}::numeric) between ${range.join(' and ')}`);
    if (to.base === 'numeric') return whenThen(isNumber, fitsNumeric(`${column}::numeric`, to));
  }
  return to.base.startsWith('character') && to.modifiers !== undefined
    ? `length(${text}) <= ${to.modifiers}`
    : undefined;
}

/** A condition that is not evaluated unless another holds: SQL's `and` promises no order. */
function whenThen(first: string, second: string): string {
  return `case when ${first} then ${second} else false end`;
}

function fitsNumeric(value: string, { modifiers }: TypeName): string {
  if (modifiers === undefined) return 'true';
  const [precision = 0, scale = 0] = modifiers.split(',').map(Number);
  return `abs(round(${value}, ${scale})) < 1e${precision - scale}::numeric`;
}
