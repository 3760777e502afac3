import { Entity, type EntityClass, PrimaryKey, Property, type PropertyOptions, t, Unique } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { entity, id, text } from '../conformance/entity.js';
import { given, type Value } from '../conformance/given.js';
import { databases, mariadb, mysql, postgresql, sqlite } from '../databases/index.js';

interface Conversion {
  readonly from: PropertyOptions;
  readonly to: PropertyOptions;
  readonly values: readonly [Value, Value];
}

const decimal = (scale: number): PropertyOptions => ({ type: t.decimal, precision: 9, scale });
const moment = (length: number): PropertyOptions => ({ type: t.datetime, length });
const short: PropertyOptions = { type: t.string, length: 20 };

const toNumbers: Conversion = { from: short, to: { type: t.bigint }, values: ['7', '007'] };
const strictly: Readonly<Record<string, Conversion>> = {
  'numbers without their decimals': { from: decimal(3), to: decimal(1), values: ['1.125', '1.112'] },
  'whole numbers': { from: decimal(3), to: { type: t.bigint }, values: ['1.125', '1.112'] },
  'moments without their fractions': {
    from: moment(6),
    to: moment(0),
    values: ['2024-01-02 10:11:12.125', '2024-01-02 10:11:12.250'],
  },
  days: { from: moment(0), to: { type: t.date }, values: ['2024-01-02 10:11:12', '2024-01-02 10:11:13'] },
  'the numbers that texts say': toNumbers,
};

/** SQLite keeps a number with all its decimals, and a moment as it is written. */
function conversionsOf(database: string): Readonly<Record<string, Conversion>> {
  return database === 'SQLite' ? { 'the numbers that texts say': toNumbers } : strictly;
}

const keyed: Readonly<Record<string, (value: PropertyOptions) => EntityClass>> = {
  'a primary key': (value) => entity('Item', { value: PrimaryKey(value) }),
  'a unique key': (value) => entity('Item', { id, value: Property(value) }, Unique({ properties: 'value' })),
};

describe.each(databases)('keys that stay on $name', (database) => {
  describe.each(Object.entries(keyed))('are refused, whatever is allowed, where %s', (_key, item) => {
    test.each(Object.entries(conversionsOf(database.name)))(
      'could not tell %s apart',
      async (_conversion, { from, to, values: [one, other] }) => {
        const site = await given(database, [item(from)]);
        await site.insert('item', { value: one }, { value: other });

        const error = await site.refuses([item(to)], { allow: ['data-loss'] });

        expect(error.code).toBe('precheck-failed');
        expect(error.problems.map(({ what }) => what)).toEqual(['2 rows share a value that would have to be unique']);

        await site.execute(`delete from item where value = '${other}'`);
        await site.become([item(to)], { allow: ['data-loss'] });
      },
    );
  });
});

/** A table whose columns have its collation. */
const words = (collation: string, ...columns: readonly string[]): readonly EntityClass[] => [
  entity(
    'Word',
    { id, a: text({ length: 20 }), b: text({ length: 20 }) },
    Entity({ collation }),
    Unique({ properties: columns, name: 'word_key' }),
  ),
  entity('Code', { code: PrimaryKey({ type: t.string, length: 20 }) }, Entity({ collation })),
];

describe.each([sqlite, ...postgresql])('keys that stay on $name', (database) => {
  test('are refused where they are of some rows, which could not be told apart', async () => {
    const item = (value: PropertyOptions): EntityClass =>
      entity('Item', { id, value: Property(value) }, Unique({ properties: 'value', where: 'id > 1' }));
    const site = await given(database, [item(short)]);
    await site.insert('item', { value: '7' }, { value: '007' }, { value: '8' });

    await site.become([item({ type: t.bigint })], { allow: ['data-loss'] });
    await site.become([item(short)]);
    await site.execute("update item set value = '07' where id = 3");

    const error = await site.refuses([item({ type: t.bigint })], { allow: ['data-loss'] });

    expect(error.code).toBe('precheck-failed');
    expect(error.problems[0]?.rows?.examples).toEqual([['2'], ['3']]);
  });
});

describe.each([mysql, mariadb])('keys that stay on $name', (database) => {
  test('are refused where the collation of their table could not tell their values apart', async () => {
    const site = await given(database, words('utf8mb4_bin', 'a'));
    await site.insert('word', { a: 'a', b: 'x' }, { a: 'A', b: 'x' });
    await site.insert('code', { code: 'e' }, { code: 'é' });

    const error = await site.refuses(words('utf8mb4_unicode_ci', 'a'));

    expect(error.problems.map(({ where, what }) => `${where}: ${what}`)).toEqual([
      'code primary key: 2 rows share a value that would have to be unique',
      'word.word_key: 2 rows share a value that would have to be unique',
    ]);
  });

  test('are told of once, of several columns that get the collation of their table', async () => {
    const site = await given(database, words('utf8mb4_bin', 'a', 'b'));
    await site.insert('word', { a: 'a', b: 'x' }, { a: 'A', b: 'X' }, { a: 'b', b: 'x' });

    const error = await site.refuses(words('utf8mb4_unicode_ci', 'a', 'b'));

    expect(error.problems).toHaveLength(1);
    expect(error.problems[0]?.rows?.examples).toEqual([['1'], ['2']]);
  });

  test('are refused where a column that is computed could not tell its values apart', async () => {
    const item = (value: PropertyOptions): EntityClass =>
      entity('Item', {
        id,
        value: Property(value),
        twice: Property({ ...decimal(3), nullable: true, generated: '(value * 2) stored', unique: true }),
      });
    const site = await given(database, [item(decimal(3))]);
    await site.insert('item', { value: '1.125' }, { value: '1.112' }, { value: '1.2' });

    const error = await site.refuses([item(decimal(1))], { allow: ['data-loss'] });

    expect(error.problems.map(({ where }) => where)).toEqual(['item.item_twice_unique']);
    expect(error.problems[0]?.rows?.examples).toEqual([['1'], ['2']]);
  });
});
