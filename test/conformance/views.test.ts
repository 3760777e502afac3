import { Entity, type EntityClass } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { entity, id, integer, type Members, text } from './entity.js';
import { testFeature } from './feature.js';
import { failureOf, type Given, given, givenNothing } from './given.js';

const author = (members: Members = {}): EntityClass => entity('Author', { id, name: text(), ...members });
const view = (name: string, expression: string): EntityClass =>
  entity(name, { name: text() }, Entity({ view: true, expression }));
const names = (expression: string): EntityClass => view('AuthorNames', expression);

async function viewNames(site: Given): Promise<readonly string[]> {
  return (await site.schema()).views.map(({ name }) => name);
}

describe.each(databases)('views on $name', (database) => {
  describe('of entities', () => {
    testFeature(
      database,
      'view',
      'are created, and read their tables',
      () => [author(), names('select name from author')],
      async (site) => {
        await site.insert('author', { id: 1, name: 'Ann' });

        expect(await site.rows('author_names')).toEqual([{ name: 'Ann' }]);
      },
    );

    testFeature(
      database,
      'view',
      'change their query, letter case inside a literal included',
      () => [author(), names("select concat(name, 'a') as name from author")],
      async (site) => {
        await site.insert('author', { id: 1, name: 'Ann' });

        await site.become([author(), names("select concat(name, 'A') as name from author")]);

        expect(await site.rows('author_names')).toEqual([{ name: 'AnnA' }]);
      },
    );

    testFeature(
      database,
      'view',
      'are created and changed together with the column that they read',
      () => [author()],
      async (site) => {
        await site.insert('author', { id: 1, name: 'Ann' });
        await site.become([author({ age: integer({ default: 30 }) }), names('select age as name from author')]);
        expect(await site.rows('author_names')).toEqual([{ name: 30 }]);

        await site.become([author(), names('select name from author')], { allow: ['data-loss'] });
        expect(await site.rows('author_names')).toEqual([{ name: 'Ann' }]);
      },
    );

    testFeature(
      database,
      'view',
      'change below a view that stays, together with a column that is dropped',
      () => [
        author({ code: text() }),
        view('AllNames', 'select name from named'),
        view('Named', 'select code as name from author'),
      ],
      async (site) => {
        await site.insert('author', { id: 1, name: 'Ann', code: '7' });

        await site.become(
          [author(), view('AllNames', 'select name from named'), view('Named', 'select name from author')],
          { allow: ['data-loss'] },
        );

        expect(await site.rows('all_names')).toEqual([{ name: 'Ann' }]);
      },
    );

    testFeature(
      database,
      'view',
      'that take all columns take one that is added, through a view in between as well',
      () => [author(), view('AllNames', 'select * from named'), view('Named', 'select * from author')],
      async (site) => {
        await site.insert('author', { id: 1, name: 'Ann' });

        await site.become([
          author({ age: integer({ default: 30 }) }),
          view('AllNames', 'select * from named'),
          view('Named', 'select * from author'),
        ]);

        expect(await site.rows('all_names')).toEqual([{ id: 1, name: 'Ann', age: 30 }]);
      },
    );

    testFeature(
      database,
      'view',
      'that take all columns go on without one that goes',
      () => [
        author({ age: integer({ default: 30 }) }),
        view('AllNames', 'select * from named'),
        view('Named', 'select * from author'),
      ],
      async (site) => {
        await site.insert('author', { id: 1, name: 'Ann' });

        await site.become([author(), view('AllNames', 'select * from named'), view('Named', 'select * from author')], {
          allow: ['data-loss'],
        });
        expect(await site.rows('all_names')).toEqual([{ id: 1, name: 'Ann' }]);
      },
    );

    testFeature(
      database,
      'view',
      'that take all columns take those that the view which they read gets',
      () => [author(), view('AllNames', 'select * from named'), view('Named', 'select name from author')],
      async (site) => {
        await site.insert('author', { id: 1, name: 'Ann' });

        await site.become([
          author(),
          view('AllNames', 'select * from named'),
          view('Named', 'select name, id from author'),
        ]);

        expect(await site.rows('all_names')).toEqual([{ name: 'Ann', id: 1 }]);
      },
    );

    testFeature(
      database,
      'view',
      'survive a change of their table',
      () => [author({ code: text() }), names('select code as name from author')],
      async (site) => {
        await site.insert('author', { id: 1, name: 'Ann', code: '7' });

        await site.become([author({ code: integer() }), names('select code as name from author')]);

        expect(await site.rows('author_names')).toEqual([{ name: 7 }]);
      },
    );

    testFeature(
      database,
      'view',
      'may become a table, and a table a view',
      () => [author(), names('select name from author')],
      async (site) => {
        await site.become([author(), entity('AuthorNames', { id, name: text() })]);
        expect(await viewNames(site)).toEqual([]);
        await site.insert('author_names', { id: 1, name: 'Ann' });

        await site.become([author(), names('select name from author')], { allow: ['data-loss'] });
        expect(await viewNames(site)).toEqual(['author_names']);
      },
    );

    testFeature(
      database,
      'materialized-view',
      'may be materialized',
      () => [
        author(),
        entity(
          'AuthorNames',
          { name: text() },
          Entity({ view: { materialized: true }, expression: 'select name from author' }),
        ),
      ],
      async (site) => {
        expect((await site.schema()).views).toMatchObject([{ name: 'author_names', materialized: true }]);
      },
    );
  });

  describe('that no entity describes', () => {
    async function givenForeignView(): Promise<Given> {
      const site = await given(database, [author({ code: text() })]);
      await site.insert('author', { id: 1, name: 'Ann', code: '7' });
      await site.execute('create view by_hand as select id, code from author');
      return site;
    }

    test('are left alone', async () => {
      const site = await givenForeignView();

      await site.alreadyIs([author({ code: text() })]);

      expect(await viewNames(site)).toEqual(['by_hand']);
    });

    test('survive a change of the table that they read', async () => {
      const site = await givenForeignView();

      await site.become([author({ code: integer(), note: text({ default: 'x' }) })]);

      expect(await site.rows('by_hand')).toEqual([{ id: 1, code: 7 }]);
    });

    test('follow a renamed column', async () => {
      const site = await givenForeignView();

      await site.become([author({ number: text({ previousName: 'code' }) })]);

      expect(await viewNames(site)).toEqual(['by_hand']);
      expect(await site.values('by_hand', 'id')).toEqual([1]);
    });

    test('keep a column that they read from being dropped', async () => {
      const site = await givenForeignView();

      const error = await site.refuses([author()], { allow: ['data-loss'] });

      expect(error.message).toContain('by_hand');
      expect(error.message).toMatch(/Nothing has been changed|rolled back/);
    });

    test('keep a schema from being created that has a table of their name', async () => {
      const site = await givenNothing(database);
      await site.execute('create view author as select 1 as one');

      const orm = await site.init([author()]);
      const error = await failureOf(() => orm.schema.createSchema());

      expect(error).toMatchObject({ code: 'already-exists', problems: [{ where: 'author' }] });
      expect(await viewNames(site)).toEqual(['author']);
    });

    test('stay when the schema is dropped', async () => {
      const site = await given(database, [author()]);
      await site.execute('create view by_hand as select 1 as one');

      const orm = await site.init([author()]);
      await orm.schema.dropSchema();

      expect(await viewNames(site)).toEqual(['by_hand']);
    });
  });

  test('virtual entities have nothing in the database', async () => {
    const site = await given(database, [
      author(),
      entity('Totals', { total: integer() }, Entity({ expression: 'select 1' })),
    ]);

    expect(await site.schema()).toMatchObject({ tables: [{ name: 'author' }], views: [] });
  });
});
