import { type EntityClass, Index, type IndexOptions } from '@dovetail/core';
import type { Index as DatabaseIndex } from '@dovetail/core/driver';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { entity, id, integer, text } from './entity.js';
import { expectUnsupported, testFeature } from './feature.js';
import { type Given, given } from './given.js';
import { matching } from './matching.js';

const book = (...indexes: readonly IndexOptions[]): readonly EntityClass[] => [
  entity('Book', { id, title: text(), year: integer() }, ...indexes.map((index) => Index(index))),
];

async function onlyIndex(site: Given): Promise<DatabaseIndex | undefined> {
  const { indexes } = await site.table('book');
  expect(indexes).toHaveLength(1);
  return indexes[0];
}

describe.each(databases)('indexes on $name', (database) => {
  test('of one column are named by table and column', async () => {
    const site = await given(database, book({ properties: 'title' }));

    expect(await onlyIndex(site)).toMatchObject({
      name: 'book_title_index',
      unique: false,
      parts: [{ column: 'title' }],
    });
  });

  test('of several columns keep their order', async () => {
    const site = await given(database, book({ properties: ['year', 'title'] }));

    expect(await onlyIndex(site)).toMatchObject({ parts: [{ column: 'year' }, { column: 'title' }] });
  });

  test('are added, and dropped', async () => {
    const site = await given(database, book());
    await site.insert('book', { title: 'Emma', year: 1815 });

    await site.become(book({ properties: 'title' }));
    expect(await onlyIndex(site)).toBeDefined();

    await site.become(book());
    expect((await site.table('book')).indexes).toEqual([]);
    expect(await site.count('book')).toBe(1);
  });

  test('change their columns under one name', async () => {
    const site = await given(database, book({ name: 'book_search', properties: 'title' }));

    await site.become(book({ name: 'book_search', properties: ['title', 'year'] }));

    expect(await onlyIndex(site)).toMatchObject({
      name: 'book_search',
      parts: [{ column: 'title' }, { column: 'year' }],
    });
  });

  test('change their name', async () => {
    const site = await given(database, book({ name: 'book_search', properties: 'title' }));

    await site.become(book({ name: 'book_find', properties: 'title' }));

    expect(await onlyIndex(site)).toMatchObject({ name: 'book_find' });
  });

  test('exchange their names', async () => {
    const site = await given(database, book({ name: 'a', properties: 'title' }, { name: 'b', properties: 'year' }));

    await site.become(book({ name: 'b', properties: 'title' }, { name: 'a', properties: 'year' }));

    expect((await site.table('book')).indexes).toMatchObject([
      { name: 'a', parts: [{ column: 'year' }] },
      { name: 'b', parts: [{ column: 'title' }] },
    ]);
  });

  test('come with a new table, and with a new column', async () => {
    const site = await given(database, [entity('Book', { id })]);

    await site.become([
      entity('Book', { id, title: text({ index: true }) }),
      entity('Shelf', { id, code: text({ index: true }) }),
    ]);

    expect((await site.table('book')).indexes).toMatchObject([{ name: 'book_title_index' }]);
    expect((await site.table('shelf')).indexes).toMatchObject([{ name: 'shelf_code_index' }]);
  });

  test('go with their column', async () => {
    const site = await given(database, [entity('Book', { id, title: text({ index: true, nullable: true }) })]);

    await site.become([entity('Book', { id })]);

    expect((await site.table('book')).indexes).toEqual([]);
  });

  test('that a person made are dropped when no entity describes them', async () => {
    const site = await given(database, book());
    await site.execute('create index by_hand on book (year)');

    await site.become(book());

    expect((await site.table('book')).indexes).toEqual([]);
  });

  testFeature(
    database,
    'index-where',
    'with a condition change it',
    () => book({ name: 'modern', properties: 'title', where: 'year > 1900' }),
    async (site) => {
      await site.become(book({ name: 'modern', properties: 'title', where: 'year > 1950' }));
      expect(await onlyIndex(site)).toMatchObject({ name: 'modern', where: matching(/1950/) });

      await site.become(book({ name: 'modern', properties: 'title' }));
      expect((await onlyIndex(site))?.where).toBeUndefined();
    },
  );

  testFeature(
    database,
    'index-expression',
    'of an expression change it, letter case inside a literal included',
    () => book({ name: 'search', expression: "title || 'a'" }),
    async (site) => {
      await site.become(book({ name: 'search', expression: "title || 'A'" }));

      expect(await onlyIndex(site)).toMatchObject({ parts: [{ expression: matching(/'A'/) }] });
    },
  );

  testFeature(
    database,
    'index-sort',
    'in descending order change it',
    () => book({ name: 'latest', columns: [{ name: 'year', sort: 'desc' }, { name: 'title' }] }),
    async (site) => {
      expect(await onlyIndex(site)).toMatchObject({ parts: [{ column: 'year', sort: 'desc' }, { column: 'title' }] });

      await site.become(book({ name: 'latest', columns: [{ name: 'year' }, { name: 'title', sort: 'desc' }] }));
      expect(await onlyIndex(site)).toMatchObject({ parts: [{ column: 'year' }, { column: 'title', sort: 'desc' }] });
    },
  );

  testFeature(
    database,
    'index-collation',
    'in another collation',
    () => book({ name: 'search', columns: [{ name: 'title', collation: database.collation }] }),
    async (site) => {
      expect(await onlyIndex(site)).toMatchObject({ parts: [{ column: 'title', collation: database.collation }] });

      await site.become(book({ name: 'search', properties: 'title' }));
      expect((await onlyIndex(site))?.parts[0]?.collation).toBeUndefined();
    },
  );

  test.each(['brin', 'fulltext', 'hash'])('of the type %s are made, or refused', async (type) => {
    const { indexTypes } = database.capabilities;
    const entities = book({ properties: 'title', type });
    if (indexTypes === 'any' || indexTypes.includes(type)) {
      expect(await onlyIndex(await given(database, entities))).toMatchObject({ type });
    } else {
      await expectUnsupported(database, entities);
    }
  });

  testFeature(
    database,
    'index-include',
    'keep further columns',
    () => book({ properties: 'title', include: 'year' }),
    async (site) => {
      expect(await onlyIndex(site)).toMatchObject({ include: ['year'] });
    },
  );

  testFeature(
    database,
    'index-nulls',
    'say where nulls stand',
    () => book({ columns: [{ name: 'year', nulls: 'first' }] }),
    async (site) => {
      expect(await onlyIndex(site)).toMatchObject({ parts: [{ column: 'year', nulls: 'first' }] });
    },
  );

  testFeature(
    database,
    'index-length',
    'take the first characters of a text',
    () => book({ columns: [{ name: 'title', length: 5 }] }),
    async (site) => {
      expect(await onlyIndex(site)).toMatchObject({ parts: [{ column: 'title', length: 5 }] });
    },
  );

  testFeature(
    database,
    'index-invisible',
    'hide from queries',
    () => book({ properties: 'title', invisible: true }),
    async (site) => {
      expect(await onlyIndex(site)).toMatchObject({ invisible: true });
    },
  );
});
