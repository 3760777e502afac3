import { type EntityClass, Index, ManyToOne, PrimaryKey, t, Unique } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { type ClassDecorator, entity, id, integer, type Members, text } from './entity.js';
import { given } from './given.js';
import { matching } from './matching.js';

const author = (members: Members = {}, ...decorators: readonly ClassDecorator[]): EntityClass =>
  entity('Author', { id, ...members }, ...decorators);

describe.each(databases)('what is refused on $name', (database) => {
  describe('for it would destroy what exists', () => {
    test('a column with values is dropped by consent alone', async () => {
      const site = await given(database, [author({ name: text({ nullable: true }) })]);
      await site.insert('author', { id: 1, name: 'Ann' }, { id: 2, name: 'Ben' }, { id: 3, name: null });

      const error = await site.refuses([author()]);
      expect(error.code).toBe('precheck-failed');
      expect(error.message).toContain('Nothing has been changed');
      expect(error.problems).toMatchObject([
        { where: 'author.name', what: '2 rows hold a value that would be lost with the column' },
      ]);
      expect(error.problems[0]?.remedy).toContain("previousName: 'name'");

      await site.become([author()], { allow: ['data-loss'] });
      expect(await site.rows('author')).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    });

    test('a column whose values would be others as another type', async () => {
      const site = await given(database, [author({ code: text() })]);
      await site.insert('author', { id: 1, code: '007' }, { id: 2, code: '8' });

      const error = await site.refuses([author({ code: integer() })]);

      expect(error.code).toBe('precheck-failed');
      expect(error.problems).toMatchObject([{ where: 'author.code', what: matching(/^1 /) }]);
      await site.become([author({ code: integer() })], { allow: ['data-loss'] });
      expect(await site.values('author', 'code')).toEqual([7, 8]);
    });

    test('a column that becomes a generated one', async () => {
      const site = await given(database, [author({ first: text(), initial: text() })]);
      await site.insert('author', { id: 1, first: 'Ann', initial: 'Z' });

      const error = await site.refuses([
        author({ first: text(), initial: text({ nullable: true, generated: '(substr(first, 1, 1)) stored' }) }),
      ]);

      expect(error.code).toBe(
        database.capabilities.features.includes('generated-column') ? 'precheck-failed' : 'unsupported-feature',
      );
    });

    test('everything that is at stake is told at once', async () => {
      const site = await given(database, [author({ name: text() }), entity('Book', { id })]);
      await site.insert('author', { id: 1, name: 'Ann' });
      await site.insert('book', { id: 1 }, { id: 2 });

      const error = await site.refuses([author()]);

      expect(error.problems.map(({ where }) => where).sort()).toEqual(['author.name', 'book']);
    });
  });

  describe('for rows that exist do not fit, whatever is allowed', () => {
    const allow = ['data-loss'] as const;

    test('a required column without a default', async () => {
      const site = await given(database, [author()]);
      await site.insert('author', { id: 1 });

      const error = await site.refuses([author({ name: text() })], { allow });

      expect(error.code).toBe('precheck-failed');
      expect(error.problems).toMatchObject([{ where: 'author.name', what: matching(/^1 row exists/) }]);
    });

    test('a column that is no longer nullable', async () => {
      const site = await given(database, [author({ name: text({ nullable: true }) })]);
      await site.insert('author', { id: 1, name: null }, { id: 2, name: 'Ben' });

      const error = await site.refuses([author({ name: text() })], { allow });

      expect(error.problems).toMatchObject([{ where: 'author.name', what: matching(/^1 row holds null/) }]);
    });

    test('a unique key, an index, a check, a foreign key and a primary key, all told at once', async () => {
      const country = entity('Country', { code: PrimaryKey({ type: t.integer, autoincrement: false }) });
      const members = { name: text(), age: integer(), homeCode: integer() };
      const site = await given(database, [country, author(members), entity('Seat', { id, place: integer() })]);
      await site.insert(
        'author',
        { id: 1, name: 'Ann', age: 0, home_code: 9 },
        { id: 2, name: 'Ann', age: 0, home_code: 9 },
      );
      await site.insert('seat', { id: 1, place: 5 }, { id: 2, place: 5 });

      const error = await site.refuses(
        [
          country,
          author(
            { name: text(), age: integer({ check: 'age > 0' }), home: ManyToOne(() => country) },
            Unique({ properties: 'name' }),
            Index({ properties: 'age' }),
          ),
          entity('Seat', { id: integer(), place: PrimaryKey({ type: t.integer, autoincrement: false }) }),
        ],
        { allow },
      );

      expect(error.code).toBe('precheck-failed');
      expect(error.problems.map(({ what }) => what).sort()).toEqual([
        matching(/^2 rows do not meet the condition/),
        matching(/^2 rows reference rows of "country"/),
        matching(/^2 rows share a value/),
        matching(/^2 rows share a value/),
      ]);
    });

    test('prechecks see the rows as they are going to be, under their new names', async () => {
      const site = await given(database, [author({ name: text({ nullable: true }) })]);
      await site.insert('author', { id: 1, name: 'Ann' }, { id: 2, name: 'Ann' });

      const error = await site.refuses([author({ fullName: text({ previousName: 'name', unique: true }) })], { allow });

      expect(error.problems).toMatchObject([{ what: matching(/^2 rows share a value/) }]);
    });

    test('a default fills what a new check asks for', async () => {
      const site = await given(database, [author()]);
      await site.insert('author', { id: 1 });

      const error = await site.refuses([author({ age: integer({ default: 0, check: 'age > 0' }) })], { allow });

      expect(error.problems).toMatchObject([{ what: matching(/^1 row does not meet/) }]);
      await site.become([author({ age: integer({ default: 1, check: 'age > 0' }) })]);
    });
  });
});
