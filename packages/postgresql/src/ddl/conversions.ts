import { readTypeName, type TypeName } from '../type-name.js';
import { conversionSql } from './casts.js';
import {
  guardFor,
  hasNoCounterpart,
  hasSpellings,
  highestBack,
  isLossless,
  neverFails,
  survivalOf,
} from './conversion-rules.js';
import { quoteString } from './quote.js';
import { isBits } from './type-kinds.js';

/** What is true for the rows whose value a change of type would not keep. */
export interface LossCondition {
  /** `may-fail` where PostgreSQL would refuse the value, `destroys-values` where it would change it. */
  readonly kind: 'destroys-values' | 'may-fail';
  readonly sql: string;
  /** What the condition calls. */
  readonly prepare?: readonly string[];
}

/** An expression of the value of one type once it is of another, or of the text of that value. */
type Cast = (value: string, from: string, to: string) => string;

/**
 * Values that the new type can't hold at all are sorted out before the cast, which would end the query; where no
 * condition tells them, by trying each.
 */
export function lossConditions(column: string, fromType: string, toType: string): readonly LossCondition[] {
  const [from, to] = [readTypeName(fromType), readTypeName(toType)];
  if (from === undefined || to === undefined || isLossless(from, to)) return [];
  const present = `${column} is not null`;
  if (hasNoCounterpart(from, to)) return [{ kind: 'may-fail', sql: present }];
  const guard = guardFor(column, from, to);
  if (guard === undefined && !neverFails(from, to)) return triedConditions(column, fromType, toType);

  const isLost = lostWhere(column, fromType, toType, castWithin(from, to));
  const loss = isLost === undefined ? undefined : `${present} and (${isLost})`;
  if (guard === undefined) return loss === undefined ? [] : [{ kind: 'destroys-values', sql: loss }];
  return [
    { kind: 'may-fail', sql: `${present} and not (${guard})` },
    ...(loss === undefined
      ? []
      : [{ kind: 'destroys-values' as const, sql: `case when ${guard} then ${loss} else false end` }]),
  ];
}

/** PostgreSQL's cast, which gives null on the way back for what would be beyond the old type. */
function castWithin(from: TypeName, to: TypeName): Cast {
  const highest = highestBack(from, to);
  return (value, source, target) => {
    const converted = conversionSql(value, source, target);
    const isBack = highest !== undefined && readTypeName(target)?.base === from.base;
    return isBack ? `case when ${value} < ${highest} then ${converted} end` : `(${converted})`;
  };
}

/** What is true for a value that has become another one, of those that the type takes. */
function lostWhere(column: string, from: string, to: string, cast: Cast): string | undefined {
  const converted = cast(column, from, to);
  const [source, target] = [readTypeName(from), readTypeName(to)];
  const survival = survivalOf(source, target);
  switch (survival.kind) {
    case 'comes-back':
      return isOther(column, cast(converted, to, typeBack(from, to)), from);
    case 'reads-alike': {
      const [read, said] = [cast(converted, to, survival.as), cast(column, from, survival.as)];
      return `${isWrittenOtherwise(survival.form)} or ${read} is distinct from ${said}`;
    }
    case 'is-written':
      return isWrittenOtherwise(survival.form);
    case 'keeps-members':
      return losesMembers(`${column}::text`, `${converted}::text`);
    case 'fits':
      return undefined;
  }

  function isWrittenOtherwise(form: string): string {
    return `${column}::text !~* ${quoteString(form)}`;
  }
}

/** Whether values that differ in the one type may be the same in the other. */
export function mergesValues(fromType: string, toType: string): boolean {
  return (
    lossConditions('value', fromType, toType).some(({ kind }) => kind === 'destroys-values') ||
    hasSpellings(readTypeName(fromType), readTypeName(toType))
  );
}

/** Whether a value, or its text, is another one than the column's. Zeros at the end make no other number. */
function isOther(column: string, value: string, type: string): string {
  return readTypeName(type)?.base === 'numeric'
    ? `(${value})::${typeBack(type, type)} is distinct from ${column}`
    : `(${value})::text is distinct from ${column}::text`;
}

/** What has been rounded may be more than the precision of the old type allows, and bits must not get their length again. */
function typeBack(from: string, to: string): string {
  const [source, target] = [readTypeName(from), readTypeName(to)];
  const brackets = source?.array === true ? '[]' : '';
  if (source?.base === 'numeric') return `numeric${brackets}`;
  return source?.base === 'bit' && target !== undefined && isBits(target.base) ? `bit varying${brackets}` : from;
}

/** Gives what an expression makes of a value in the place of `%L`, or null where it fails. */
const tryFunction = `
create or replace function pg_temp.dovetail_try(expression text, value text) returns text language plpgsql as $$
declare result text;
begin
  execute format(expression, value) into result;
  return result;
exception when others then
  return null;
end $$`.trim();

function triedConditions(column: string, from: string, to: string): readonly LossCondition[] {
  const prepare = [tryFunction];
  const converted = tried(column, from, to);
  const isLost = lostWhere(column, from, to, tried);
  return [
    { kind: 'may-fail', prepare, sql: `${column} is not null and ${converted} is null` },
    ...(isLost === undefined
      ? []
      : [{ kind: 'destroys-values' as const, prepare, sql: `${converted} is not null and (${isLost})` }]),
  ];
}

/**
 * Of members with the same key an object keeps the last one (postgresql.org/docs/current/datatype-json.html): with each of
 * the others a colon goes, and with nothing else.
 */
function losesMembers(text: string, converted: string): string {
  const colons = (json: string): string => `length(${json}) - length(replace(${json}, ':', ''))`;
  return `${colons(String.raw`replace(lower(${text}), '\u003a', ':')`)} <> ${colons(converted)}`;
}

/** The text of a value of one type once it is of another, or null where that fails. */
function tried(value: string, fromType: string, toType: string): string {
  const [from = '', to = ''] = [fromType, toType].map((type) => type.replaceAll('%', '%%'));
  // A bare constant is read as the type's own text, which a value of the type text is not always (`text_regclass`).
  const expression = `select (${conversionSql(`%L::${from}`, from, to)})::text`;
  return `pg_temp.dovetail_try(${quoteString(expression)}, ${value}::text)`;
}
