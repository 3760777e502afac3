import { readTypeName } from '../type-name.js';
import { conversionSql } from './casts.js';
import { guardFor, hasSpellings, highestBack, isLossless, neverFails, survivalOf } from './conversion-rules.js';
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
 * Values that the new type can't hold at all are sorted out before the cast, which would end the query; where no
 * condition tells them, by trying each.
 */
export function lossConditions(column: string, fromType: string, toType: string): readonly LossCondition[] {
  const [from, to] = [readTypeName(fromType), readTypeName(toType)];
  if (from === undefined || to === undefined || isLossless(from, to)) return [];
  const guard = guardFor(column, from, to);
  if (guard === undefined && !neverFails(from, to)) return triedConditions(column, fromType, toType);

  const converted = conversionSql(column, fromType, toType);
  const highest = highestBack(from, to);
  const back = conversionSql(`(${converted})`, toType, typeBack(fromType));
  const inRange = highest === undefined ? back : `case when ${converted} < ${highest} then ${back} end`;
  const isLost = `${column} is not null and ${isOther(column, inRange, fromType)}`;
  if (guard === undefined) return [{ kind: 'destroys-values', sql: isLost }];
  const fails: LossCondition = { kind: 'may-fail', sql: `${column} is not null and not (${guard})` };
  if (survivalOf(from, to).kind !== 'comes-back') return [fails];
  return [fails, { kind: 'destroys-values', sql: `case when ${guard} then ${isLost} else false end` }];
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
    ? `(${value})::${typeBack(type)} is distinct from ${column}`
    : `(${value})::text is distinct from ${column}::text`;
}

/** What has been rounded may be more than the precision of the old type allows. */
function typeBack(type: string): string {
  const name = readTypeName(type);
  if (name?.base !== 'numeric') return type;
  return name.array ? 'numeric[]' : 'numeric';
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
  const text = `${column}::text`;
  const converted = tried(text, from, to);
  const isLost = lostWhere();
  return [
    { kind: 'may-fail', prepare, sql: `${column} is not null and ${converted} is null` },
    ...(isLost === undefined
      ? []
      : [{ kind: 'destroys-values' as const, prepare, sql: `${converted} is not null and ${isLost}` }]),
  ];

  function lostWhere(): string | undefined {
    const survival = survivalOf(readTypeName(from), readTypeName(to));
    switch (survival.kind) {
      case 'comes-back':
        return isOther(column, tried(converted, to, typeBack(from)), from);
      case 'reads-alike':
        return `${tried(converted, to, survival.as)} is distinct from ${tried(text, from, survival.as)}`;
      case 'keeps-members':
        return losesMembers(text, converted);
      case 'fits':
        return undefined;
    }
  }
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
function tried(text: string, fromType: string, toType: string): string {
  const [from = '', to = ''] = [fromType, toType].map((type) => type.replaceAll('%', '%%'));
  // A bare constant is read as the type's own text, which a value of the type text is not always (`text_regclass`).
  const expression = `select (${conversionSql(`%L::${from}`, from, to)})::text`;
  return `pg_temp.dovetail_try(${quoteString(expression)}, ${text})`;
}
