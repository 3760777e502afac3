import {
  Entity,
  type EntityClass,
  type EntityOptions,
  ManyToMany,
  ManyToOne,
  PrimaryKey,
  type PropertyOptions,
  t,
} from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { entity, id, integer, text } from '../conformance/entity.js';
import { given } from '../conformance/given.js';
import { databases } from '../databases/index.js';

const tag = entity('Tag', { id, name: text() });

describe.each(databases)('what follows a renamed entity on $name', (database) => {
  test('its pivot tables and their columns', async () => {
    const before = entity('Post', { id, title: text(), tags: ManyToMany(() => tag) });
    const site = await given(database, [before, tag]);
    await site.insert('post', { id: 1, title: 'One' });
    await site.insert('tag', { id: 5, name: 'a' }, { id: 6, name: 'b' });
    await site.insert('post_tags', { post_id: 1, tag_id: 5 }, { post_id: 1, tag_id: 6 });

    const article = entity(
      'Article',
      { id, title: text(), tags: ManyToMany(() => tag) },
      Entity({ previousName: 'post' }),
    );
    await site.become([article, tag]);

    expect(await site.hasTable('post_tags')).toBe(false);
    expect(await site.rows('article_tags', 'tag_id')).toEqual([
      { article_id: 1, tag_id: 5 },
      { article_id: 1, tag_id: 6 },
    ]);
  });

  test('pivot tables that keep an order', async () => {
    const ordered = { fixedOrder: true };
    const site = await given(database, [entity('Post', { id, tags: ManyToMany(() => tag, ordered) }), tag]);
    await site.insert('post', { id: 1 });
    await site.insert('tag', { id: 5, name: 'a' });
    await site.insert('post_tags', { id: 3, post_id: 1, tag_id: 5 });

    await site.become([
      entity('Article', { id, tags: ManyToMany(() => tag, ordered) }, Entity({ previousName: 'post' })),
      tag,
    ]);

    expect(await site.rows('article_tags')).toEqual([{ id: 3, article_id: 1, tag_id: 5 }]);
  });

  test('pivot tables of a table with itself, once their columns are told', async () => {
    const people = (name: string, options: EntityOptions = {}): EntityClass => {
      const person: EntityClass = entity(name, { id, friends: ManyToMany(() => person) }, Entity(options));
      return person;
    };
    const site = await given(database, [people('Person')]);
    const columns = (await site.table('person_friends')).columns.map(({ name }) => name);
    await site.insert('person', { id: 1 }, { id: 2 });
    await site.insert('person_friends', { [columns[0] ?? '']: 1, [columns[1] ?? '']: 2 });
    const after = [people('Customer', { previousName: 'person' })];

    const error = await site.refuses(after);
    const [choice] = error.problems.map((problem) => problem.choice);
    expect(error.code).toBe('ambiguous-rename');
    expect(choice?.removed).toHaveLength(2);
    await site.become(after, { renames: { [choice?.removed[0] ?? '']: choice?.added[0] ?? '' } });

    const [row] = await site.rows('customer_friends');
    expect(Object.values(row ?? {})).toEqual([1, 2]);
  });

  test('the columns of foreign keys that are called after it, or after its key', async () => {
    const library = (key: string, name: string, previous?: string): readonly EntityClass[] => {
      const owner = entity(
        name,
        { [key]: PrimaryKey({ type: t.integer, ...(previous && { previousName: 'id' }) }), title: text() },
        ...(previous ? [Entity({ previousName: previous })] : []),
      );
      return [owner, entity('Book', { id, [name.toLowerCase()]: ManyToOne(() => owner), pages: integer() })];
    };
    const site = await given(database, library('id', 'Author'));
    await site.insert('author', { id: 4, title: 'x' });
    await site.insert('book', { id: 1, author_id: 4, pages: 10 });

    await site.become(library('number', 'Writer', 'author'));

    expect(await site.rows('book')).toEqual([{ id: 1, pages: 10, writer_number: 4 }]);
    const [foreignKey] = (await site.table('book')).foreignKeys;
    expect(foreignKey).toMatchObject({ references: { table: { name: 'writer' }, columns: ['number'] } });
  });

  test('the columns of foreign keys and pivot tables where its key gets another type as well', async () => {
    const library = (key: string, options: PropertyOptions): readonly EntityClass[] => {
      const author: EntityClass = entity('Author', {
        [key]: PrimaryKey({ autoincrement: false, ...options }),
        tags: ManyToMany(() => tag),
      });
      return [author, tag, entity('Book', { id, author: ManyToOne(() => author), pages: integer() })];
    };
    const site = await given(database, library('id', { type: t.integer }));
    await site.insert('author', { id: 4 });
    await site.insert('tag', { id: 5, name: 'a' });
    await site.insert('author_tags', { author_id: 4, tag_id: 5 });
    await site.insert('book', { id: 1, author_id: 4, pages: 10 });

    await site.become(library('number', { type: t.string, previousName: 'id' }));

    expect(await site.rows('author')).toEqual([{ number: '4' }]);
    expect(await site.rows('book')).toEqual([{ id: 1, author_number: '4', pages: 10 }]);
    expect(await site.rows('author_tags')).toEqual([{ author_number: '4', tag_id: 5 }]);
  });

  test('not the column of a foreign key that is to reference another column', async () => {
    const library = (key: string): readonly EntityClass[] => {
      const author = entity('Author', { id, code: text({ unique: true }) });
      return [author, entity('Book', { id, author: ManyToOne(() => author, { targetKey: key, nullable: true }) })];
    };
    const site = await given(database, library('id'));
    await site.insert('author', { id: 4, code: '5' });
    await site.insert('book', { id: 1, author_id: 4 });

    const error = await site.refuses(library('code'));

    expect(error.code).toBe('precheck-failed');
    expect(error.problems.map(({ where }) => where)).toEqual(['book.author_id']);
  });

  test('its indexes, checks and unique keys, by name', async () => {
    const members = { code: text({ unique: true }), age: integer({ index: true, check: 'age > 0' }) };
    const site = await given(database, [entity('Author', { id, ...members })]);
    await site.insert('author', { id: 1, code: 'a', age: 3 });

    await site.become([entity('Writer', { id, ...members }, Entity({ previousName: 'author' }))]);

    const { indexes, uniques, checks } = await site.table('writer');
    const names = [...indexes, ...uniques, ...checks].map(({ name }) => name);
    expect(names.filter((name) => name?.includes('author'))).toEqual([]);
    await site.rejects("insert into writer (id, code, age) values (2, 'a', 3)");
    await site.rejects("insert into writer (id, code, age) values (2, 'b', 0)");
  });
});
