import { type EntityClass, Unique, type UniqueOptions } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { entity, id, text } from './entity.js';
import { testFeature } from './feature.js';
import { type Given, given } from './given.js';

const book = (...uniques: readonly UniqueOptions[]): readonly EntityClass[] => [
  entity('Book', { id, title: text({ nullable: true }), edition: text() }, ...uniques.map((unique) => Unique(unique))),
];

/** Whether a unique constraint or index exists over these columns; databases differ in which of them it is. */
async function isUnique(site: Given, ...columns: readonly string[]): Promise<boolean> {
  const { uniques, indexes } = await site.table('book');
  return [
    ...uniques.map((unique) => unique.columns),
    ...indexes
      .filter(({ unique }) => unique)
      .map(({ parts }) => parts.flatMap((part) => ('column' in part ? [part.column] : []))),
  ].some((found) => found.join() === columns.join());
}

describe.each(databases)('unique keys on $name', (database) => {
  test('of one column take each value once, and null any number of times', async () => {
    const site = await given(database, book({ properties: 'title' }));
    await site.insert(
      'book',
      { title: 'Emma', edition: '1' },
      { title: null, edition: '1' },
      { title: null, edition: '2' },
    );

    expect(await isUnique(site, 'title')).toBe(true);
    await site.rejects("insert into book (title, edition) values ('Emma', '2')");
  });

  test('of several columns take each combination once', async () => {
    const site = await given(database, book({ properties: ['title', 'edition'] }));
    await site.insert('book', { title: 'Emma', edition: '1' }, { title: 'Emma', edition: '2' });

    await site.rejects("insert into book (title, edition) values ('Emma', '2')");
  });

  test('stand on a property as well', async () => {
    const site = await given(database, [entity('Book', { id, title: text({ unique: true }) })]);

    expect(await isUnique(site, 'title')).toBe(true);
  });

  test('are added to rows that are distinct', async () => {
    const site = await given(database, book());
    await site.insert('book', { title: 'Emma', edition: '1' }, { title: 'Emma', edition: '2' });

    await site.become(book({ properties: ['title', 'edition'] }));

    expect(await isUnique(site, 'title', 'edition')).toBe(true);
    expect(await site.count('book')).toBe(2);
  });

  test('are not added to rows that are alike', async () => {
    const site = await given(database, book());
    await site.insert(
      'book',
      { title: 'Emma', edition: '1' },
      { title: 'Emma', edition: '2' },
      { title: 'Eve', edition: '1' },
    );

    const error = await site.refuses(book({ properties: 'title' }));

    expect(error.code).toBe('precheck-failed');
    expect(error.problems[0]?.what).toMatch(/^2 rows share a value/);
  });

  test('are dropped', async () => {
    const site = await given(database, book({ properties: 'title' }));
    await site.insert('book', { title: 'Emma', edition: '1' });

    await site.become(book());

    await site.insert('book', { title: 'Emma', edition: '2' });
    expect(await site.count('book')).toBe(2);
  });

  test('change their columns under one name', async () => {
    const site = await given(database, book({ name: 'book_key', properties: 'title' }));
    await site.insert('book', { title: 'Emma', edition: '1' });

    await site.become(book({ name: 'book_key', properties: ['title', 'edition'] }));

    expect(await isUnique(site, 'title', 'edition')).toBe(true);
    expect(await isUnique(site, 'title')).toBe(false);
  });

  test('change their name', async () => {
    const site = await given(database, book({ name: 'book_key', properties: 'title' }));
    await site.insert('book', { title: 'Emma', edition: '1' });

    await site.become(book({ name: 'book_title_key', properties: 'title' }));

    const { uniques, indexes } = await site.table('book');
    expect([...uniques, ...indexes].map(({ name }) => name)).toEqual(['book_title_key']);
  });

  testFeature(
    database,
    'index-where',
    'with a condition bind the rows that meet it',
    () => book({ properties: 'title', where: "edition = '1'" }),
    async (site) => {
      await site.insert(
        'book',
        { title: 'Emma', edition: '1' },
        { title: 'Emma', edition: '2' },
        { title: 'Emma', edition: '2' },
      );

      await site.rejects("insert into book (title, edition) values ('Emma', '1')");
    },
  );

  testFeature(
    database,
    'index-expression',
    'of an expression bind what it gives',
    () => book({ expression: 'lower(title)' }),
    async (site) => {
      await site.insert('book', { title: 'Emma', edition: '1' });

      await site.rejects("insert into book (title, edition) values ('EMMA', '1')");
    },
  );

  testFeature(
    database,
    'unique-deferrable',
    'are checked at the end of the transaction',
    () => book({ properties: 'title', deferMode: 'deferred' }),
    async (site) => {
      expect((await site.table('book')).uniques[0]?.deferrable).toBe('initially deferred');
    },
  );
});
