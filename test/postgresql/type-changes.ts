import type { Connection } from '@dovetail/core';
import { postgresqlDriver } from '@dovetail/postgresql';
import { ambiguousTexts, samples, textTypes } from './samples.js';

const { quoteString } = postgresqlDriver.ddl;

/** A column of one type that is to be of another, and what of its values. */
export interface TypeChange {
  readonly source: string;
  readonly target: string;
  readonly kept: readonly Kept[];
  readonly lost: readonly string[];
}

/** A value as it is written, and what PostgreSQL prints once it is of the other type. */
interface Kept {
  readonly value: string;
  readonly result: string;
}

const types = Object.keys(samples);
const numbers = ['smallint', 'integer', 'bigint', 'numeric', 'numeric(6,2)', 'real', 'double precision'];
const isText = (type: string): boolean => textTypes.includes(type);
const isBits = (type: string): boolean => type.startsWith('bit');

/** Types of which every pair is looked at; of the others, those that PostgreSQL itself can cast. */
const usual: ReadonlySet<string> = new Set([
  ...numbers,
  ...['uuid', 'money', 'boolean', 'bit(8)', 'bit varying', 'bytea', '"char"', 'text', 'character varying(4)', 'jsonb'],
  ...['date', 'timestamp without time zone', 'time without time zone', 'interval', 'inet', 'macaddr', 'point'],
  ...['int4range', 'boolean[]', 'smallint[]', 'text[]', 'oid', 'regclass'],
]);

/** Types whose changes are looked at together. */
export const typeGroups: readonly (readonly string[])[] = types.flatMap((_, place) =>
  place % 5 === 0 ? [types.slice(place, place + 5)] : [],
);

/** The changes of each of these types to every other. */
export async function typeChanges(connection: Connection, sources: readonly string[]): Promise<readonly TypeChange[]> {
  await connection.execute(evaluated);
  const cast = await readCasts(connection);
  const changes = [];
  for (const source of sources) changes.push(...(await changesOf(source, connection, cast)));
  return changes;
}

/** What PostgreSQL makes of an expression, or null where it can't. */
const evaluated = `
  create or replace function pg_temp.evaluated(expression text) returns text language plpgsql as $$
  declare result text;
  begin
    execute 'select (' || expression || ')::text' into result;
    return result;
  exception when others then return null;
  end $$`;

async function evaluate(connection: Connection, expressions: readonly string[]): Promise<readonly unknown[]> {
  const rows = await connection.query(
    'select pg_temp.evaluated(e) as result from unnest($1::text[]) with ordinality as t (e, place) order by place',
    [expressions],
  );
  return rows.map(({ result }) => result);
}

/** How an expression of one type becomes one of another. */
type Cast = (value: string, source: string, target: string) => string;

/**
 * By the cast that PostgreSQL has; where it has none, by that of the type which stands between a number and what is one
 * in its own way; else over the text.
 */
async function readCasts(connection: Connection): Promise<Cast> {
  const element = (name: string): string => `to_regtype(split_part(split_part(${name}, '(', 1), '[', 1))`;
  const rows = await connection.query(
    `
    select s.name || ' to ' || t.name as pair from unnest($1::text[]) as s (name), unnest($1::text[]) as t (name)
    where (s.name like '%[]') = (t.name like '%[]')
      and exists (select from pg_cast where castsource = ${element('s.name')} and casttarget = ${element('t.name')})`,
    [types],
  );
  const pairs = new Set(rows.map(({ pair }) => pair));
  return (value, source, target) => {
    const own = pairs.has(`${source} to ${target}`) || isText(source) || isText(target);
    return own ? `${value}::${target}` : `${value}::${wayBetween(source, target)}::${target}`;
  };
}

const ways: Readonly<Record<string, string>> = { boolean: 'integer', '"char"': 'integer', money: 'numeric' };

function wayBetween(source: string, target: string): string {
  const [from, to] = [source, target].map((type) => type.replace('[]', ''));
  if (source !== from && target !== to) return `${wayBetween(from ?? '', to ?? '')}[]`;
  const other = numbers.includes(source) ? target : numbers.includes(target) ? source : '';
  return isBits(other) ? 'bigint' : (ways[other] ?? 'text');
}

async function changesOf(source: string, connection: Connection, cast: Cast): Promise<readonly TypeChange[]> {
  const targets = types.filter(
    (target) =>
      target !== source &&
      isCompared(source, target) &&
      ((usual.has(source) && usual.has(target)) || cast('', source, target) === `::${target}`),
  );
  const values = targets.flatMap((target) =>
    textsOf(source, target).map((text) => ({ target, text, value: `${quoteString(text)}::${source}` })),
  );
  const results = await evaluate(
    connection,
    values.map(({ target, value }) => cast(value, source, target)),
  );
  const survivals = await evaluate(
    connection,
    values.map(({ target, value }) => survives(value, source, target, cast)),
  );
  const judged = values.map(({ target, text, value }, index) => {
    const result = results[index];
    const isSame = isText(source) && !isText(target) ? isReadAs(target, text, result) : survivals[index] === 'true';
    return { target, value, result: String(result), isKept: result !== null && isSame };
  });
  return targets.map((target) => {
    const own = judged.filter((each) => each.target === target);
    return {
      source,
      target,
      kept: own.filter(({ isKept }) => isKept),
      lost: own.filter(({ isKept }) => !isKept).map(({ value }) => value),
    };
  });
}

/** Whole numbers become bytes as the latest version does it, which the others have no cast for. */
function isCompared(source: string, target: string): boolean {
  const isWhole = (type: string): boolean => /^(smallint|integer|bigint)$/.test(type);
  return !((source === 'bytea' && isWhole(target)) || (target === 'bytea' && isWhole(source)));
}

/** Of a column of texts, those that the other type has and those that it may misunderstand. */
function textsOf(source: string, target: string): readonly string[] {
  const own = samples[source] ?? [];
  if (!isText(source) || isText(target)) return own;
  const most = source.endsWith('(4)') ? 4 : Number.POSITIVE_INFINITY;
  return [...new Set([...(samples[target] ?? []), ...ambiguousTexts])].filter(({ length }) => length <= most);
}

/**
 * What is true for a value that survives: it comes back the same. The same number may have more zeros, a range is one of
 * many ranges. Texts and bits are the same as they are written, and the digits of a number are no bits.
 */
function survives(value: string, source: string, target: string, cast: Cast): string {
  if (isUnlike(source, target) || isUnlike(target, source)) return 'false';
  const result = `(${cast(value, source, target)})`;
  if (isText(target) || (isBits(source) && isBits(target))) return `${result}::text = ${value}::text`;
  if (source.replace('range', 'multirange') === target) return `${result} is not null`;
  const form = source.startsWith('numeric') ? 'numeric' : 'text';
  return `(${cast(result, target, source)})::${form} = ${value}::${form}`;
}

function isUnlike(one: string, other: string): boolean {
  return numbers.includes(one) && other === 'bit varying';
}

function isReadAs(target: string, text: string, result: unknown): boolean {
  // A text of a fixed length ends with blanks.
  return typeof result === 'string' && readAs(target, result).trimEnd() === readAs(target, text);
}

/** A moment says midnight and the zone of the session where a text does not, a number with decimals says zeros. */
function readAs(target: string, text: string): string {
  if (target === 'jsonb') return JSON.stringify(JSON.parse(text));
  if (target === 'numeric(6,2)') return text.replace(/([.]\d*?)0+$/, '$1').replace(/[.]$/, '');
  return target.startsWith('time') ? text.replace(/( 00:00:00)?([+]00)?$/, '') : text;
}
