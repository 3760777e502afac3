import { Entity, type EntityClass, Index, PrimaryKey, Property, t, Unique } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { type ClassDecorator, entity, id, integer, type Members, text } from './entity.js';
import { expectUnsupported, testFeature } from './feature.js';
import { given } from './given.js';

const author = (...decorators: readonly ClassDecorator[]): EntityClass =>
  entity('Author', { id, name: text() }, ...decorators);
const publisher = entity('Publisher', { id, city: text() });

describe.each(databases)('tables on $name', (database) => {
  test('are created by name of their class', async () => {
    const site = await given(database, [author(), publisher]);

    expect((await site.schema()).tables.map(({ name }) => name)).toEqual(['author', 'publisher']);
    expect((await site.table('author')).columns.map(({ name }) => name)).toEqual(['id', 'name']);
  });

  test('are created under the name that the entity states', async () => {
    const site = await given(database, [author(Entity({ tableName: 'People who write' }))]);

    expect(await site.hasTable('People who write')).toBe(true);
  });

  test('may be called as types are', async () => {
    const types = ['text', 'name', 'date', 'timestamp', 'interval', 'json', 'line', 'uuid', 'integer', 'numeric'];
    const day = Property({ type: t.date, nullable: true });
    const called = (members: Members): EntityClass[] =>
      types.map((name) => entity(`Of ${name}`, { id, text: text(), day, ...members }, Entity({ tableName: name })));
    const site = await given(database, called({ amount: integer() }));
    await site.insert('text', { id: 1, text: 'Ann', amount: 3 });

    await site.become(called({ amount: Property({ type: t.bigint }), note: text({ nullable: true }) }));

    expect(await site.values('text', 'text')).toEqual(['Ann']);
    expect(await site.values('text', 'note')).toEqual([null]);
  });

  test('are added beside those that exist', async () => {
    const site = await given(database, [author()]);
    await site.insert('author', { id: 1, name: 'Ann' });

    await site.become([author(), publisher]);

    expect(await site.hasTable('publisher')).toBe(true);
    expect(await site.count('author')).toBe(1);
  });

  test('are dropped when they are empty and no entity describes them', async () => {
    const site = await given(database, [author(), publisher]);

    await site.become([author()]);

    expect(await site.hasTable('publisher')).toBe(false);
  });

  test('are dropped with their rows by consent alone', async () => {
    const site = await given(database, [author(), publisher]);
    await site.insert('publisher', { id: 1, city: 'Bath' }, { id: 2, city: 'Cork' });

    const error = await site.refuses([author()]);
    expect(error.code).toBe('precheck-failed');
    expect(error.problems).toMatchObject([{ where: 'publisher', what: '2 rows would be lost with the table' }]);

    await site.become([author()], { allow: ['data-loss'] });
    expect(await site.hasTable('publisher')).toBe(false);
  });

  test('one replaces another with the same columns only by consent or hint', async () => {
    const site = await given(database, [author()]);
    await site.insert('author', { id: 1, name: 'Ann' });

    await site.become([publisher], { allow: ['data-loss'] });

    expect((await site.schema()).tables.map(({ name }) => name)).toEqual(['publisher']);
  });

  test('need no update when nothing has changed', async () => {
    const site = await given(database, [author(), publisher]);

    const plan = await site.become([author(), publisher]);

    expect(plan.steps).toEqual([]);
  });

  test('derive names as long as the database allows, alike every time and each one its own', async () => {
    const [name, one, two] = ['w'.repeat(50), `${'p'.repeat(40)}1`, `${'p'.repeat(40)}2`];
    const wordy = (): EntityClass =>
      entity(
        name,
        { id, [one]: integer(), [two]: integer() },
        Index({ properties: [one, two] }),
        Index({ properties: [two, one] }),
        Unique({ properties: [one, two] }),
      );
    const site = await given(database, [wordy()]);

    await site.alreadyIs([wordy()]);

    const { indexes, uniques } = await site.table(name);
    const names = [...indexes, ...uniques].map((object) => object.name ?? '');
    expect(new Set(names).size).toBe(3);
    const limit = database.capabilities.identifierLimit?.length ?? Infinity;
    expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(limit);
  });

  testFeature(
    database,
    'table-comment',
    'have comments, added, changed and removed',
    () => [author(Entity({ comment: 'who writes' }))],
    async (site) => {
      expect((await site.table('author')).comment).toBe('who writes');
      await site.become([author(Entity({ comment: "who'd write" }))]);
      expect((await site.table('author')).comment).toBe("who'd write");
      await site.become([author()]);
      expect((await site.table('author')).comment).toBeUndefined();
    },
  );

  describe('options', () => {
    const options = { strict: true, withoutRowid: true, engine: 'MEMORY', unlogged: true } as const;
    const sample = (...decorators: readonly ClassDecorator[]): EntityClass =>
      entity('Sample', { code: PrimaryKey({ type: t.string }), size: integer() }, ...decorators);

    test.each(['strict', 'withoutRowid', 'engine', 'unlogged'] as const)(
      '%s is set and removed, or refused',
      async (option) => {
        const entities = [sample(Entity({ [option]: options[option] }))];
        if (!database.capabilities.tableOptions.includes(option)) {
          await expectUnsupported(database, entities);
          return;
        }
        const site = await given(database, [sample()]);
        await site.insert('sample', { code: 'a', size: 3 });

        await site.become(entities);
        expect((await site.table('sample')).options[option]).toBe(options[option]);

        await site.become([sample()]);
        expect(await site.rows('sample')).toEqual([{ code: 'a', size: 3 }]);
      },
    );
  });
});
