import { type EntityClass, Property, type PropertyOptions, t } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { entity, id, integer, type Members, text } from './entity.js';
import { testFeature } from './feature.js';
import { given } from './given.js';

/** Enums have items; they are in enums.test.ts. */
const scalarTypes = Object.values(t).filter((type) => !type.startsWith('enum'));

const author = (members: Members = {}): EntityClass => entity('Author', { id, ...members });

describe.each(databases)('columns on $name', (database) => {
  const { types, comparison } = database.driver;

  test('a nullable column is added in front of rows that exist', async () => {
    const site = await given(database, [author({ name: text() })]);
    await site.insert('author', { id: 1, name: 'Ann' });

    await site.become([author({ name: text(), email: text({ nullable: true }) })]);

    expect(await site.column('author', 'email')).toMatchObject({ nullable: true });
    expect(await site.rows('author')).toEqual([{ id: 1, name: 'Ann', email: null }]);
  });

  test('a required column is added where there are no rows', async () => {
    const site = await given(database, [author()]);

    await site.become([author({ name: text() })]);

    expect(await site.column('author', 'name')).toMatchObject({ nullable: false });
  });

  test('a required column with a default gives it to the rows that exist', async () => {
    const site = await given(database, [author()]);
    await site.insert('author', { id: 1 }, { id: 2 });

    await site.become([author({ country: text({ default: 'nowhere' }) })]);

    expect(await site.values('author', 'country')).toEqual(['nowhere', 'nowhere']);
  });

  test('several columns are added, altered and dropped in one update', async () => {
    const site = await given(database, [
      author({ name: text(), age: integer(), old: Property({ type: t.date, nullable: true }) }),
    ]);
    await site.insert('author', { id: 1, name: 'Ann', age: 30 });

    await site.become([author({ name: text({ nullable: true }), age: text(), note: text({ default: 'none' }) })]);

    expect(await site.rows('author')).toEqual([{ id: 1, name: 'Ann', age: '30', note: 'none' }]);
  });

  test('a column without values is dropped freely', async () => {
    const site = await given(database, [author({ name: text(), email: text({ nullable: true }) })]);
    await site.insert('author', { id: 1, name: 'Ann' });

    await site.become([author({ name: text() })]);

    expect(await site.rows('author')).toEqual([{ id: 1, name: 'Ann' }]);
  });

  describe('the type', () => {
    test.each(scalarTypes)('%s is quiet', async (type) => {
      await given(database, [author({ value: Property({ type }) })]);
    });

    test('changes and keeps the values', async () => {
      const site = await given(database, [author({ code: integer() })]);
      await site.insert('author', { id: 1, code: 7 }, { id: 2, code: 42 });

      await site.become([author({ code: text() })]);

      const { type } = await site.column('author', 'code');
      expect(comparison.sameType(type, types.columnType('string', {}))).toBe(true);
      expect(await site.values('author', 'code')).toEqual(['7', '42']);
    });

    test('changes back', async () => {
      const site = await given(database, [author({ code: text() })]);
      await site.insert('author', { id: 1, code: '7' });

      await site.become([author({ code: integer() })]);

      expect(await site.values('author', 'code')).toEqual([7]);
    });

    test('of the database, as it stands, is quiet', async () => {
      const site = await given(database, [author({ code: Property({ columnType: 'numeric(12,3)' }) })]);

      const { type } = await site.column('author', 'code');
      expect(comparison.sameType(type, 'numeric(12,3)')).toBe(true);
    });

    test('takes its length, precision and scale', async () => {
      const site = await given(database, [author({ rate: Property({ type: t.decimal, precision: 8, scale: 2 }) })]);
      await site.insert('author', { id: 1, rate: 12.25 });

      await site.become([author({ rate: Property({ type: t.decimal, precision: 12, scale: 4 }) })]);

      const { type } = await site.column('author', 'rate');
      expect(comparison.sameType(type, types.columnType('decimal', { precision: 12, scale: 4 }))).toBe(true);
      expect((await site.values('author', 'rate')).map(Number)).toEqual([12.25]);
    });
  });

  describe('nullability', () => {
    test('is lifted', async () => {
      const site = await given(database, [author({ name: text() })]);
      await site.insert('author', { id: 1, name: 'Ann' });

      await site.become([author({ name: text({ nullable: true }) })]);

      expect(await site.column('author', 'name')).toMatchObject({ nullable: true });
      await site.insert('author', { id: 2, name: null });
      expect(await site.values('author', 'name')).toEqual(['Ann', null]);
    });

    test('is imposed', async () => {
      const site = await given(database, [author({ name: text({ nullable: true }) })]);
      await site.insert('author', { id: 1, name: 'Ann' });

      await site.become([author({ name: text() })]);

      expect(await site.column('author', 'name')).toMatchObject({ nullable: false });
      await site.rejects('insert into author (id, name) values (2, null)');
      expect(await site.values('author', 'name')).toEqual(['Ann']);
    });
  });

  describe('the default', () => {
    const withDefault = (options: PropertyOptions): readonly EntityClass[] => [author({ name: text(options) })];

    test.each([
      ['is added', {}, { default: 'unknown' }, 'unknown'],
      ['is changed', { default: 'unknown' }, { default: 'nobody' }, 'nobody'],
      ['is changed in the case of a letter', { default: 'unknown' }, { default: 'Unknown' }, 'Unknown'],
      ['is changed in a space', { default: 'a b' }, { default: 'a  b' }, 'a  b'],
      ['becomes a text with a quote', { default: 'unknown' }, { default: "it's" }, "it's"],
      ['becomes the empty text', { default: 'unknown' }, { default: '' }, ''],
      ['becomes the text NULL', { default: 'unknown' }, { default: 'NULL' }, 'NULL'],
      ['becomes a text that looks like a function', { default: 'unknown' }, { default: 'now()' }, 'now()'],
      ['becomes a text with a comment in it', { default: 'unknown' }, { default: 'a -- b /* c */' }, 'a -- b /* c */'],
      ['becomes an expression', { default: 'unknown' }, { defaultRaw: "(lower('ABC'))" }, 'abc'],
    ] as const)('%s', async (_case, before, after, expected) => {
      const site = await given(database, withDefault(before));
      await site.insert('author', { id: 1, name: 'Ann' });

      await site.become(withDefault(after));

      await site.insert('author', { id: 2 });
      expect(await site.values('author', 'name')).toEqual(['Ann', expected]);
    });

    test('is removed', async () => {
      const site = await given(database, withDefault({ default: 'unknown' }));
      await site.insert('author', { id: 1 });

      await site.become(withDefault({}));

      expect((await site.column('author', 'name')).default).toBeUndefined();
      await site.rejects('insert into author (id) values (2)');
      expect(await site.values('author', 'name')).toEqual(['unknown']);
    });

    test('null is no default', async () => {
      const site = await given(database, withDefault({ nullable: true, default: null }));

      await site.alreadyIs(withDefault({ nullable: true }));
    });

    test.each([
      ['a number', { type: t.integer, default: 42 }, 42],
      ['a negative number', { type: t.integer, default: -1 }, -1],
      ['a fraction', { type: t.double, default: 0.5 }, 0.5],
      ['a text', { type: t.string, default: 'x' }, 'x'],
    ] as const)('is %s for the rows that exist', async (_case, options, expected) => {
      const site = await given(database, [author()]);
      await site.insert('author', { id: 1 });

      await site.become([author({ value: Property(options) })]);

      expect(await site.values('author', 'value')).toEqual([expected]);
    });

    test('is the current time', async () => {
      const site = await given(database, [
        author({ bornAt: Property({ type: t.datetime, defaultRaw: 'current_timestamp' }) }),
      ]);

      await site.insert('author', { id: 1 });

      expect(await site.values('author', 'born_at')).not.toContain(null);
    });
  });

  describe('the collation', () => {
    const collated = (collation?: string): readonly EntityClass[] => [
      author({ name: text(collation === undefined ? {} : { collation }) }),
    ];

    testFeature(
      database,
      'column-collation',
      'decides which texts are the same',
      () => collated(database.collation),
      async (site) => {
        await site.insert('author', { id: 1, name: 'Ann' });

        expect(await site.connection.query("select id from author where name = 'ANN'")).toEqual([{ id: 1 }]);
      },
    );

    testFeature(
      database,
      'column-collation',
      'is removed and added',
      () => collated(database.collation),
      async (site) => {
        await site.insert('author', { id: 1, name: 'Ann' });

        await site.become(collated());
        expect(await site.connection.query("select id from author where name = 'ANN'")).toEqual([]);

        await site.become(collated(database.collation));
        expect(await site.column('author', 'name')).toMatchObject({ collation: database.collation });
        expect(await site.values('author', 'name')).toEqual(['Ann']);
      },
    );
  });

  testFeature(
    database,
    'column-comment',
    'have comments, added, changed and removed',
    () => [author({ name: text({ comment: 'as printed' }) })],
    async (site) => {
      expect((await site.column('author', 'name')).comment).toBe('as printed');
      await site.become([author({ name: text({ comment: "as it's printed" }) })]);
      expect((await site.column('author', 'name')).comment).toBe("as it's printed");
      await site.become([author({ name: text() })]);
      expect((await site.column('author', 'name')).comment).toBeUndefined();
    },
  );

  describe('a generated column', () => {
    const doubled = (options: PropertyOptions): EntityClass =>
      author({ count: integer(), double: integer({ nullable: true, ...options }) });

    testFeature(
      database,
      'generated-column',
      'is computed',
      () => [doubled({ generated: '(count * 2) stored' })],
      async (site) => {
        await site.insert('author', { id: 1, count: 21 });

        expect(await site.values('author', 'double')).toEqual([42]);
        expect((await site.column('author', 'double')).generated?.stored).toBe(true);
      },
    );

    testFeature(
      database,
      'generated-column',
      'changes its expression',
      () => [doubled({ generated: '(count * 2) stored' })],
      async (site) => {
        await site.insert('author', { id: 1, count: 21 });

        await site.become([doubled({ generated: '(count * 3) stored' })]);

        expect(await site.values('author', 'double')).toEqual([63]);
      },
    );

    testFeature(
      database,
      'generated-column',
      'becomes an ordinary one and keeps its values',
      () => [doubled({ generated: '(count * 2) stored' })],
      async (site) => {
        await site.insert('author', { id: 1, count: 21 });

        await site.become([doubled({})]);

        expect((await site.column('author', 'double')).generated).toBeUndefined();
        expect(await site.values('author', 'double')).toEqual([42]);
      },
    );

    testFeature(
      database,
      'generated-column',
      'is added and dropped',
      () => [author({ count: integer() })],
      async (site) => {
        await site.insert('author', { id: 1, count: 21 });

        await site.become([doubled({ generated: '(count * 2) stored' })]);
        expect(await site.values('author', 'double')).toEqual([42]);

        await site.become([author({ count: integer() })]);
        expect(await site.rows('author')).toEqual([{ id: 1, count: 21 }]);
      },
    );
  });
});
