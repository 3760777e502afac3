import type { Connection } from '@dovetail/core';
import { DovetailError, Entity, type EntityClass, PrimaryKey, postgresqlDriver, Property } from '@dovetail/postgresql';
import { describe, expect, test } from 'vitest';
import { postgresql } from '../databases/index.js';
import { samples, textTypes } from './samples.js';

const { quoteString, quoteIdentifier } = postgresqlDriver.ddl;

/** A column of one type that is to be of another, and what of its values. */
interface Change {
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

const nameOf = ({ source, target }: Change): string => `${source} to ${target}`;

/** Whether PostgreSQL has a cast for the pair, with or without the help of the text form that every type has. */
type Castable = (source: string, target: string) => boolean;

async function readCasts(connection: Connection): Promise<Castable> {
  const rows = await connection.query(
    `
    select s.name || ' to ' || t.name as pair from unnest($1::text[]) as s (name), unnest($1::text[]) as t (name)
    where s.name <> t.name and exists (
      select from pg_cast
      where castsource = to_regtype(split_part(s.name, '(', 1)) and casttarget = to_regtype(split_part(t.name, '(', 1)))`,
    [Object.keys(samples)],
  );
  const pairs = new Set(rows.map(({ pair }) => pair));
  return (source, target) =>
    source !== target &&
    (textTypes.includes(source) || textTypes.includes(target) || pairs.has(`${source} to ${target}`));
}

/** The way back: by a cast, and where there is none, over the number that an amount of money is, or the text. */
function backSql(source: string, target: string, castable: Castable): string {
  if (castable(target, source)) return `::${source}`;
  return target === 'money' ? `::numeric::${source}` : `::text::${source}`;
}

/** What PostgreSQL makes of an expression, if it can. */
async function evaluate(connection: Connection, expression: string): Promise<string | undefined> {
  try {
    const [row] = await connection.query(`select (${expression})::text as result`);
    return String(row?.result);
  } catch {
    return undefined;
  }
}

/**
 * A value survives when it comes back the same; as a text, it is written out. The same number may have more zeros, a
 * range is one of many ranges.
 */
async function comesBack(
  connection: Connection,
  value: string,
  { source, target }: Pick<Change, 'source' | 'target'>,
  castable: Castable,
): Promise<boolean> {
  if (target.endsWith('multirange')) return true;
  if (textTypes.includes(target))
    return (await evaluate(connection, `${value}::${target}::text = ${value}::text`)) === 'true';
  const back = `(${value}::${target}${backSql(source, target, castable)})`;
  const form = source.startsWith('numeric') ? 'numeric' : 'text';
  return (await evaluate(connection, `${back}::${form} = ${value}::${form}`)) === 'true';
}

/** What a column of texts can hold of the values of another type, and something that is no such value. */
function textsOf(source: string, target: string): readonly string[] {
  const most = source.endsWith('(4)') ? 4 : Number.POSITIVE_INFINITY;
  return [...(samples[target] ?? []), '?!'].filter(({ length }) => length <= most);
}

async function changeOf(connection: Connection, source: string, target: string, castable: Castable): Promise<Change> {
  const texts = textTypes.includes(source) ? textsOf(source, target) : (samples[source] ?? []);
  const kept: Kept[] = [];
  const lost: string[] = [];
  for (const text of texts) {
    const value = `${quoteString(text)}::${source}`;
    const result = await evaluate(connection, `${value}::${target}`);
    const survives = result !== undefined && (await comesBack(connection, value, { source, target }, castable));
    if (survives) kept.push({ value, result });
    else lost.push(value);
  }
  return { source, target, kept, lost };
}

function entities(changes: readonly Change[], typeOf: (change: Change) => string): EntityClass[] {
  class Thing {}
  PrimaryKey({ type: 'integer' })(Thing.prototype, 'id');
  for (const change of changes) {
    const columnType = typeOf(change);
    Property({ columnType, fieldName: nameOf(change), nullable: true })(Thing.prototype, nameOf(change));
  }
  Entity({ tableName: 'thing' })(Thing);
  return [Thing];
}

/** The values of a column, one a row, and a null. */
async function insert(
  connection: Connection,
  changes: readonly Change[],
  valuesOf: (change: Change) => readonly string[],
): Promise<void> {
  const rows = Math.max(...changes.map((change) => valuesOf(change).length));
  const columns = changes.map((change) => quoteIdentifier(nameOf(change))).join(', ');
  const row = (number: number): string => `(${changes.map((change) => valuesOf(change)[number] ?? 'null').join(', ')})`;
  const values = Array.from({ length: rows + 1 }, (_, number) => row(number)).join(', ');
  await connection.execute(`insert into thing (${columns}) values ${values}`);
}

describe.each(postgresql)(
  'on $name, of all types between which PostgreSQL can cast',
  { timeout: 300_000 },
  (database) => {
    test('values that survive are kept, and the others are refused with their number', async () => {
      const site = await database.create();
      const { connection } = site;
      try {
        await connection.execute("set timezone = 'UTC'");
        const castable = await readCasts(connection);
        const changes: Change[] = [];
        for (const source of Object.keys(samples)) {
          for (const target of Object.keys(samples).filter((name) => castable(source, name)))
            changes.push(await changeOf(connection, source, target, castable));
        }
        expect(changes.length).toBeGreaterThan(200);
        const before = entities(changes, ({ source }) => source);
        const after = entities(changes, ({ target }) => target);

        await (await site.init({ entities: before })).schema.createSchema();
        await insert(connection, changes, ({ kept }) => kept.map(({ value }) => value));
        const orm = await site.init({ entities: after });
        await orm.schema.updateSchema();
        expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
        for (const change of changes) {
          const column = quoteIdentifier(nameOf(change));
          const rows = await connection.query(
            `select ${column}::text as value from thing where ${column} is not null order by id`,
          );
          expect
            .soft([nameOf(change), ...rows.map(({ value }) => value)])
            .toEqual([nameOf(change), ...change.kept.map(({ result }) => result)]);
        }

        await connection.execute('drop table thing');
        await (await site.init({ entities: before })).schema.createSchema();
        await insert(connection, changes, ({ lost }) => lost);
        const error: unknown = await orm.schema.updateSchema().catch((reason: unknown) => reason);
        expect(numbersRefused(error)).toEqual(
          Object.fromEntries(
            changes.filter(({ lost }) => lost.length > 0).map((change) => [nameOf(change), change.lost.length]),
          ),
        );
      } finally {
        await site.dispose();
      }
    });
  },
);

/** How many values of each column are refused. */
function numbersRefused(error: unknown): Record<string, number> {
  if (!(error instanceof DovetailError) || error.cause !== undefined) throw error;
  const numbers: Record<string, number> = {};
  for (const { where, what } of error.problems) {
    const column = where.slice('thing.'.length);
    numbers[column] = (numbers[column] ?? 0) + Number.parseInt(what, 10);
  }
  return numbers;
}
