import { type EntityClass, Enum, Property, t, Unique } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { entity, id, integer, type MemberDecorator, text } from '../conformance/entity.js';
import { given } from '../conformance/given.js';
import { databases } from '../databases/index.js';

const item = (value: MemberDecorator): EntityClass => entity('Item', { id, value }, Unique({ properties: 'value' }));
const choice = (items: readonly string[]): EntityClass => item(Enum({ items }));

// What random updates of dirty rows have found.
describe.each(databases)('values that get another type on $name', (database) => {
  test('an item of an enum becomes the number that it says, not that of its position, and an item again', async () => {
    const site = await given(database, [choice(['x', '10', '7'])]);
    await site.insert('item', { id: 1, value: '7' }, { id: 2, value: '10' });

    await site.become([item(integer({ check: 'value > 5' }))]);
    expect(await site.values('item', 'value')).toEqual([7, 10]);

    await site.become([choice(['10', '7'])]);
    expect(await site.values('item', 'value')).toEqual(['7', '10']);
  });

  test('an item of an enum that is no number is refused by its key', async () => {
    const site = await given(database, [choice(['x', '7'])]);
    await site.insert('item', { id: 1, value: '7' }, { id: 2, value: 'x' });
    // SQLite keeps what is no number in any column, unless a check says otherwise.
    const check = database.name === 'SQLite' ? "value <> 'x'" : 'value > 0';

    const error = await site.refuses([item(integer({ check }))]);

    expect(error.problems.map(({ rows }) => rows?.examples)).toEqual([[['2']]]);
  });

  test('a moment that becomes a text is looked at as a text', async () => {
    const site = await given(database, [item(Property({ type: t.date }))]);
    await site.insert('item', { id: 1, value: '2024-02-29' }, { id: 2, value: '1999-12-31' });

    const error = await site.refuses([item(text({ length: 40, check: "value <> '1999-12-31' and value <> 'a'" }))]);
    expect(error.problems[0]?.rows?.examples).toEqual([['2']]);

    await site.become([item(text({ length: 40, check: "value <> 'a'" }))]);
    expect(await site.values('item', 'value')).toEqual(['2024-02-29', '1999-12-31']);
  });

  test('a number that would be rounded beyond its old digits is refused', async () => {
    const site = await given(database, [item(Property({ type: t.decimal, precision: 7, scale: 2 }))]);
    await site.insert('item', { id: 1, value: 7 }, { id: 2, value: 99999.99 });

    const error = await site.refuses([item(Property({ type: t.bigint, check: 'value <> 99999.99' }))]);

    expect(error.code).toBe('precheck-failed');
    expect(error.problems[0]?.rows?.examples).toEqual([['2']]);
  });
});

const documents = [
  ...['{"a":1,"a":2}', '[{"a":{"b":1,"b":1}}]', String.raw`{"\u0061":1,"a":2}`],
  ...['{"a":1,"b":{"a":1}}', '[{"a":1},{"a":1}]', String.raw`{"a:":":\":\u003A"}`, '1'],
].map((value, index) => ({ id: index + 1, value }));

/** SQLite and MariaDB keep a document as it is written. */
const normalizing = databases.filter(({ name }) => name === 'MySQL' || name.startsWith('PostgreSQL'));

describe.each(normalizing)('values that get another type on $name', (database) => {
  const item = (value: MemberDecorator): EntityClass => entity('Item', { id, value });

  test('an object of whose members of one key json would keep the last one is refused', async () => {
    const site = await given(database, [item(Property({ type: t.text }))]);
    await site.insert('item', ...documents);

    const error = await site.refuses([item(Property({ type: t.json }))]);

    expect(error.code).toBe('precheck-failed');
    expect(error.problems.map(({ consent, rows }) => [consent, rows?.examples])).toEqual([
      ['data-loss', [['1'], ['2'], ['3']]],
    ]);
  });
});

/** SQLite keeps what is no whole number in any column. */
const strict = databases.filter(({ name }) => name !== 'SQLite');

describe.each(strict)('values that get another type on $name', (database) => {
  test('a moment whose digits are more than a number can have is refused whatever is allowed', async () => {
    const site = await given(database, [item(Property({ type: t.date }))]);
    await site.insert('item', { id: 1, value: '2024-02-29' });

    const error = await site.refuses([item(Property({ type: t.decimal, precision: 4, scale: 1 }))], {
      allow: ['data-loss'],
    });

    expect(['precheck-failed', 'unsupported-change']).toContain(error.code);
  });

  test('a text that is no whole number is refused whatever is allowed', async () => {
    const site = await given(database, [item(text({ length: 20 }))]);
    await site.insert('item', { id: 1, value: '1' }, { id: 2, value: '1.5' }, { id: 3, value: '1e2' });

    const error = await site.refuses([item(Property({ type: t.bigint }))], { allow: ['data-loss'] });

    expect(error.problems[0]?.rows?.examples).toEqual([['2'], ['3']]);
  });
});
