import { Entity, type EntityClass, ManyToOne, type PropertyOptions, t } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { entity, id, integer, type Members, text } from './entity.js';
import { given } from './given.js';

const author = (members: Members = {}): EntityClass => entity('Author', { id, name: text(), ...members });
const publisher = entity('Publisher', { id });

describe.each(databases)('what an update looks at, on $name', (database) => {
  test('safe drops no table and no column', async () => {
    const site = await given(database, [author({ note: text({ nullable: true }) }), publisher]);

    await site.become([author({ age: integer({ nullable: true }) })], { safe: true });

    expect(await site.hasTable('publisher')).toBe(true);
    expect((await site.table('author')).columns.map(({ name }) => name).sort()).toEqual(['age', 'id', 'name', 'note']);
  });

  test('safe carries out the other changes of a table that it drops nothing from', async () => {
    const site = await given(database, [author({ note: text({ nullable: true }), code: text() })]);
    await site.insert('author', { id: 1, name: 'Ann', note: 'kept', code: '7' });

    await site.become([author({ code: text({ default: '1', check: "code <> '0'" }) })], { safe: true });

    expect(await site.rows('author')).toEqual([{ id: 1, name: 'Ann', note: 'kept', code: '7' }]);
    await site.rejects("insert into author (id, name, code) values (2, 'Ben', '0')");
  });

  test('safe outweighs every consent', async () => {
    const site = await given(database, [author({ code: text() }), publisher]);
    await site.insert('author', { id: 1, name: 'Ann', code: '007' });
    await site.insert('publisher', { id: 1 });

    await site.become([author({ code: integer() })], { safe: true, allow: ['data-loss'] });

    expect(await site.count('publisher')).toBe(1);
    expect(await site.values('author', 'code')).toEqual(['007']);
  });

  test('dropTables: false drops columns, not tables', async () => {
    const site = await given(database, [author({ note: text({ nullable: true }) }), publisher]);

    await site.become([author()], { dropTables: false });

    expect(await site.hasTable('publisher')).toBe(true);
    expect((await site.table('author')).columns).toHaveLength(2);
  });

  test.each([
    ['a name', 'publisher'],
    ['a pattern', /^publ/],
  ])('skipTables leaves tables alone by %s', async (_by, skipped) => {
    const site = await given(database, [author(), publisher]);
    await site.insert('publisher', { id: 1 });

    await site.become([author()], { config: { skipTables: [skipped] } });

    expect(await site.count('publisher')).toBe(1);
  });

  test('skipTables neither creates nor alters the table of an entity', async () => {
    const site = await given(database, [author()]);

    await site.become([author({ age: integer() }), publisher], { config: { skipTables: ['author', 'publisher'] } });

    expect((await site.table('author')).columns).toHaveLength(2);
    expect(await site.hasTable('publisher')).toBe(false);
  });

  test('skipColumns leaves a column alone, its index included', async () => {
    const site = await given(database, [author({ note: text({ index: true }) })]);
    await site.insert('author', { id: 1, name: 'Ann', note: 'kept' });

    await site.become([author()], { config: { skipColumns: { author: ['note'] } } });

    expect(await site.values('author', 'note')).toEqual(['kept']);
    expect((await site.table('author')).indexes).toHaveLength(1);
  });

  test('a skipped column survives other changes of its table', async () => {
    const site = await given(database, [author({ note: text({ index: true, check: "note <> ''" }), code: text() })]);
    await site.insert('author', { id: 1, name: 'Ann', note: 'kept', code: '7' });

    await site.become([author({ code: integer() })], { config: { skipColumns: { author: [/^no/] } } });

    expect(await site.values('author', 'note')).toEqual(['kept']);
    expect((await site.table('author')).indexes).toHaveLength(1);
    await site.rejects("insert into author (id, name, note, code) values (2, 'Ben', '', 1)");
  });

  test('skipViews leaves the view of an entity alone', async () => {
    const names = (expression: string): EntityClass =>
      entity('AuthorNames', { name: text() }, Entity({ view: true, expression }));
    const site = await given(database, [author(), names('select name from author')]);

    await site.become([author(), names('select id as name from author')], { config: { skipViews: ['author_names'] } });

    await site.insert('author', { id: 1, name: 'Ann' });
    expect(await site.rows('author_names')).toEqual([{ name: 'Ann' }]);
  });

  test('createForeignKeyConstraints: false makes columns without constraints', async () => {
    const first = author();
    const book = entity('Book', { id, author: ManyToOne(() => first) });

    const site = await given(database, [first, book], { config: { createForeignKeyConstraints: false } });

    expect((await site.table('book')).foreignKeys).toEqual([]);
    await site.insert('book', { id: 1, author_id: 9 });
  });

  describe('ignoreSchemaChanges', () => {
    const ignoring = (options: PropertyOptions): readonly EntityClass[] => [
      author({ code: text({ ...options, ignoreSchemaChanges: ['type', 'default'] }) }),
    ];

    test('leaves the attribute as it is', async () => {
      const site = await given(database, [author({ code: text({ default: 'x' }) })]);
      const before = await site.column('author', 'code');

      await site.become(ignoring({ type: t.integer, default: 7 }));

      expect(await site.column('author', 'code')).toEqual(before);
    });

    test('lets other attributes change', async () => {
      const site = await given(database, [author({ code: text({ default: 'x' }) })]);

      await site.become(ignoring({ type: t.integer, default: 7, nullable: true }));

      const { nullable } = await site.column('author', 'code');
      expect(nullable).toBe(true);
      await site.insert('author', { id: 1, name: 'Ann' });
      expect(await site.values('author', 'code')).toEqual(['x']);
    });

    test('holds when the table is changed for another reason', async () => {
      const site = await given(database, [author({ code: text({ default: 'x' }), age: text() })]);
      const before = await site.column('author', 'code');

      await site.become([
        author({ code: text({ type: t.integer, ignoreSchemaChanges: ['type', 'default'] }), age: integer() }),
      ]);

      expect(await site.column('author', 'code')).toEqual(before);
    });
  });
});
