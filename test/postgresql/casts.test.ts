import type { Connection } from '@dovetail/core';
import { DovetailError, type EntityClass, postgresqlDriver, Property } from '@dovetail/postgresql';
import { describe, expect, test } from 'vitest';
import { entity, id } from '../conformance/entity.js';
import { given } from '../conformance/given.js';
import { newestDatabases, postgresql } from '../databases/index.js';
import { type TypeChange, typeChanges, typeGroups } from './type-changes.js';

const { quoteIdentifier } = postgresqlDriver.ddl;

const nameOf = ({ source, target }: TypeChange): string => `${source} to ${target}`;

/** A column for each type that the values get. */
function thing(changes: readonly TypeChange[], typeOf: (change: TypeChange) => string): EntityClass {
  const columns = changes.map(
    (change) =>
      [nameOf(change), Property({ columnType: typeOf(change), fieldName: nameOf(change), nullable: true })] as const,
  );
  return entity('Thing', { id, ...Object.fromEntries(columns) });
}

/** The values of a column, one a row, and a null. */
async function insert(
  connection: Connection,
  changes: readonly TypeChange[],
  valuesOf: (change: TypeChange) => readonly string[],
): Promise<void> {
  const rows = Math.max(...changes.map((change) => valuesOf(change).length));
  const columns = changes.map((change) => quoteIdentifier(nameOf(change))).join(', ');
  const row = (place: number): string => `(${changes.map((change) => valuesOf(change)[place] ?? 'null').join(', ')})`;
  const values = Array.from({ length: rows + 1 }, (_, place) => row(place)).join(', ');
  await connection.execute(`insert into thing (${columns}) values ${values}`);
}

/** Which casts there are is read from the server, and what they do differs little from one release to the next. */
const newest = newestDatabases.filter(({ driver }) => driver === postgresqlDriver);

describe.each(newest)(
  'on $name, values that survive are kept, and the others refused with their number',
  (database) => {
    test.each(typeGroups)('from %s and the next few to every type', async (...sources) => {
      const site = await database.create();
      const { connection } = site;
      try {
        await connection.execute("set timezone = 'UTC'");
        const changes = await typeChanges(connection, sources);
        const before = [thing(changes, (change) => change.source)];
        const after = [thing(changes, (change) => change.target)];

        await (await site.init({ entities: before })).schema.createSchema();
        await insert(connection, changes, ({ kept }) => kept.map(({ value }) => value));
        const orm = await site.init({ entities: after });
        await orm.schema.updateSchema();
        expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
        const [kept] = await connection.query(
          `select ${changes.map((change) => keptValues(nameOf(change))).join(', ')} from thing`,
        );
        expect(kept).toEqual(
          Object.fromEntries(changes.map((change) => [nameOf(change), change.kept.map(({ result }) => result)])),
        );

        await connection.execute('drop table thing');
        await (await site.init({ entities: before })).schema.createSchema();
        await insert(connection, changes, ({ lost }) => lost);
        const error: unknown = await orm.schema.updateSchema().then(
          () => undefined,
          (reason: unknown) => reason,
        );
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

function keptValues(name: string): string {
  const column = quoteIdentifier(name);
  return `coalesce(array_agg(${column}::text order by id) filter (where ${column} is not null), '{}') as ${column}`;
}

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

const item = (columnType: string): EntityClass =>
  entity('Item', { id, value: Property({ columnType, nullable: true }) });

describe.each(postgresql)('on $name', (database) => {
  test('a boolean becomes a smallint, and is a boolean again', async () => {
    const site = await given(database, [item('boolean')]);
    await site.insert('item', { id: 1, value: 'true' }, { id: 2, value: 'false' });

    await site.become([item('smallint')]);
    expect(await site.values('item', 'value')).toEqual([1, 0]);

    await site.become([item('boolean')]);
    expect(await site.values('item', 'value')).toEqual([true, false]);
  });

  test.each([
    ['interval', '12'],
    ['interval', '1 day 5'],
    ['boolean', 'yes'],
    ['boolean', '1'],
    ['timestamptz', 'now'],
    ['date', '01/02/2024'],
    ['date', '20240102'],
    ['time', '2024-01-02 10:11:12'],
    ['time', '10:11:12.1234567'],
    ['numeric(6,2)', '007'],
  ])('a text is not made %s by a guess: %s', async (type, value) => {
    const site = await given(database, [item('text')]);
    await site.insert('item', { id: 1, value });

    const error = await site.refuses([item(type)]);

    const [problem] = error.problems;
    expect(problem?.what).toMatch(/^1 row holds a value that would not be the same as /);
    expect(problem?.rows?.examples).toEqual([['1']]);
  });

  test.each([
    ['interval', '90 minutes', { minutes: 30, hours: 1 }],
    ['boolean', 'FALSE', false],
    ['numeric(9,3)', '-1.5', '-1.500'],
    ['uuid', '{00000000-0000-0000-0000-00000000000A}', '00000000-0000-0000-0000-00000000000a'],
  ])('a text in another spelling is made %s: %s', async (type, value, expected) => {
    const site = await given(database, [item('text')]);
    await site.insert('item', { id: 1, value });

    await site.become([item(type)]);

    expect(await site.values('item', 'value')).toMatchObject([expected]);
  });
});
