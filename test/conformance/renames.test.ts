import { Entity, type EntityClass, ManyToOne, PrimaryKey, t } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { type ClassDecorator, entity, id, integer, type Members, text } from './entity.js';
import { given } from './given.js';

const author = (members: Members, ...decorators: readonly ClassDecorator[]): EntityClass =>
  entity('Author', { id, ...members }, ...decorators);

describe.each(databases)('renames on $name', (database) => {
  describe('of a column', () => {
    test('by hint keep its values', async () => {
      const site = await given(database, [author({ name: text() })]);
      await site.insert('author', { id: 1, name: 'Ann' });

      await site.become([author({ fullName: text({ previousName: 'name' }) })]);

      expect(await site.rows('author')).toEqual([{ id: 1, full_name: 'Ann' }]);
    });

    test('by hint are harmless once they are carried out, and on a new database', async () => {
      const renamed = [author({ fullName: text({ previousName: 'name' }) })];
      const site = await given(database, renamed);

      await site.alreadyIs(renamed);
    });

    test('come together with other changes of the column', async () => {
      const site = await given(database, [author({ name: text({ nullable: true, default: 'x' }) })]);
      await site.insert('author', { id: 1, name: '7' });

      await site.become([author({ number: integer({ previousName: 'name', default: 3 }) })]);

      expect(await site.column('author', 'number')).toMatchObject({ nullable: false });
      await site.insert('author', { id: 2 });
      expect(await site.values('author', 'number')).toEqual([7, 3]);
    });

    test('go along a chain of names', async () => {
      const site = await given(database, [author({ a: text(), b: text() })]);
      await site.insert('author', { id: 1, a: 'one', b: 'two' });

      await site.become([author({ b: text({ previousName: 'a' }), c: text({ previousName: 'b' }) })]);

      expect(await site.rows('author')).toEqual([{ id: 1, b: 'one', c: 'two' }]);
    });

    test('exchange two names where the definitions tell them apart', async () => {
      const site = await given(database, [author({ a: text(), b: integer() })]);
      await site.insert('author', { id: 1, a: 'one', b: 2 });
      const exchanged = [author({ b: text({ previousName: 'a' }), a: integer({ previousName: 'b' }) })];

      await site.become(exchanged);

      expect(await site.rows('author')).toEqual([{ id: 1, b: 'one', a: 2 }]);
      await site.alreadyIs(exchanged);
    });

    test('are assumed where only one reading fits', async () => {
      const site = await given(database, [author({ name: text() })]);
      await site.insert('author', { id: 1, name: 'Ann' });

      const { steps } = await site.become([author({ fullName: text() })]);

      expect(steps.flatMap(({ changes }) => changes)).toMatchObject([
        { kind: 'rename-column', from: 'name', to: 'full_name', reason: 'assumed' },
      ]);
      expect(await site.rows('author')).toEqual([{ id: 1, full_name: 'Ann' }]);
    });

    test('are not assumed where the caller does not want it', async () => {
      const site = await given(database, [author({ name: text({ nullable: true }) })]);
      await site.insert('author', { id: 1, name: null });

      const { steps } = await site.become([author({ fullName: text({ nullable: true }) })], { assumeRenames: false });

      const kinds = steps.flatMap(({ changes }) => changes.map(({ kind }) => kind));
      expect(new Set(kinds)).toEqual(new Set(['add-column', 'drop-column']));
    });

    test('are never guessed among several readings: the hints to write are told', async () => {
      const site = await given(database, [author({ first: text(), last: text() })]);
      await site.insert('author', { id: 1, first: 'Ann', last: 'Lee' });

      const error = await site.refuses([author({ given: text(), family: text() })]);

      expect(error.code).toBe('ambiguous-rename');
      expect(error.message).toContain('"first" or "last"');
      expect(error.message).toContain("previousName: 'first'");
      await site.become([author({ given: text({ previousName: 'first' }), family: text({ previousName: 'last' }) })]);
      expect(await site.rows('author')).toEqual([{ id: 1, given: 'Ann', family: 'Lee' }]);
    });

    test('take indexes, checks and foreign keys along', async () => {
      const country = entity('Country', { id });
      const site = await given(database, [
        country,
        author({ age: integer({ index: true, check: 'age > 0' }), home: ManyToOne(() => country) }),
      ]);
      await site.insert('country', { id: 1 });
      await site.insert('author', { id: 1, age: 30, home_id: 1 });

      await site.become([
        country,
        author({
          years: integer({ previousName: 'age', index: true, check: 'years > 0' }),
          origin: ManyToOne(() => country, { previousName: 'home_id' }),
        }),
      ]);

      expect(await site.rows('author')).toEqual([{ id: 1, years: 30, origin_id: 1 }]);
      await site.rejects('insert into author (id, years, origin_id) values (2, 0, 1)');
    });

    test('of a primary key are followed by those who reference it', async () => {
      const library = (key: string, previousName?: string): readonly EntityClass[] => {
        const writer = entity('Writer', {
          [key]: PrimaryKey({ type: t.integer, ...(previousName && { previousName }) }),
        });
        const book = entity('Book', { id, writer: ManyToOne(() => writer, { joinColumn: 'writer_id' }) });
        return [writer, book];
      };
      const site = await given(database, library('id'));
      await site.insert('writer', { id: 4 });
      await site.insert('book', { id: 1, writer_id: 4 });

      await site.become(library('number', 'id'));

      expect(await site.rows('writer')).toEqual([{ number: 4 }]);
      expect((await site.table('book')).foreignKeys).toMatchObject([{ references: { columns: ['number'] } }]);
    });
  });

  describe('of a table', () => {
    const renamed = (members: Members, previousName: string, name = 'Writer'): EntityClass =>
      entity(name, { id, ...members }, Entity({ previousName }));

    test('by hint keep its rows, and the references to it', async () => {
      const first = author({ name: text() });
      const site = await given(database, [first, entity('Book', { id, by: ManyToOne(() => first) })]);
      await site.insert('author', { id: 1, name: 'Ann' });
      await site.insert('book', { id: 1, by_id: 1 });

      const second = renamed({ name: text() }, 'author');
      await site.become([second, entity('Book', { id, by: ManyToOne(() => second) })]);

      expect(await site.rows('writer')).toEqual([{ id: 1, name: 'Ann' }]);
      expect((await site.table('book')).foreignKeys).toMatchObject([{ references: { table: { name: 'writer' } } }]);
    });

    test('come together with renamed, added and altered columns', async () => {
      const site = await given(database, [author({ name: text(), age: text() })]);
      await site.insert('author', { id: 1, name: 'Ann', age: '30' });

      await site.become([
        renamed({ fullName: text({ previousName: 'name' }), age: integer(), note: text({ default: 'x' }) }, 'author'),
      ]);

      expect(await site.rows('writer')).toEqual([{ id: 1, full_name: 'Ann', age: 30, note: 'x' }]);
    });

    test('take indexes and unique keys along', async () => {
      const members = { name: text({ index: true }), code: text({ unique: true }) };
      const site = await given(database, [author(members)]);
      await site.insert('author', { id: 1, name: 'Ann', code: 'a' });

      await site.become([renamed(members, 'author')]);

      const { indexes, uniques } = await site.table('writer');
      expect([...indexes, ...uniques].map(({ name }) => name).sort()).toEqual([
        'writer_code_unique',
        'writer_name_index',
      ]);
    });

    test('exchange two names where the definitions tell them apart', async () => {
      const site = await given(database, [entity('Left', { id, a: text() }), entity('Right', { id, b: integer() })]);
      await site.insert('left', { id: 1, a: 'one' });
      await site.insert('right', { id: 2, b: 2 });

      await site.become([renamed({ b: integer() }, 'right', 'Left'), renamed({ a: text() }, 'left', 'Right')]);

      expect(await site.rows('left')).toEqual([{ id: 2, b: 2 }]);
      expect(await site.rows('right')).toEqual([{ id: 1, a: 'one' }]);
    });

    test('are assumed where only one reading fits', async () => {
      const site = await given(database, [author({ name: text() })]);
      await site.insert('author', { id: 1, name: 'Ann' });

      await site.become([entity('Writer', { id, name: text() })]);

      expect(await site.rows('writer')).toEqual([{ id: 1, name: 'Ann' }]);
    });

    test('are never guessed among several readings', async () => {
      const site = await given(database, [author({ name: text() }), entity('Editor', { id, name: text() })]);

      const error = await site.refuses([entity('Writer', { id, name: text() })]);

      expect(error.code).toBe('ambiguous-rename');
      expect(error.message).toContain('"author" or "editor"');
      expect(error.message).toContain("@Entity({ previousName: 'author' })");
    });
  });
});
