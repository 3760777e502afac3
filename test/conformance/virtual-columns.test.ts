import { Check, Entity, type EntityClass, Enum, Index, type PropertyOptions, t } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { type ClassDecorator, entity, id, integer, type MemberDecorator, type Members, text } from './entity.js';
import { given } from './given.js';

/** PostgreSQL has them from 18 on, without indexes, and none that reads another. */
const having = databases.filter(({ name }) => name !== 'PostgreSQL (oldest)');
const havingChains = having.filter(({ name }) => !name.startsWith('PostgreSQL'));

const count = integer({ nullable: true });
const next = (options: PropertyOptions = {}): MemberDecorator => integer({ nullable: true, ...options });
const computed = next({ generated: '(count + 1) virtual' });
const author = (members: Members, ...decorators: readonly ClassDecorator[]): EntityClass =>
  entity('Author', { id, ...members }, ...decorators);
const rows = [
  { id: 1, count: 3 },
  { id: 2, count: null },
];

describe.each(having)('a virtual column on $name', (database) => {
  test.each([
    ['an ordinary one', next()],
    ['one of a wider type', next({ type: t.bigint })],
    ['one with a default', next({ default: 7 })],
  ])('becomes %s and keeps its values', async (_, plain) => {
    const site = await given(database, [author({ count, next: computed })]);
    await site.insert('author', ...rows);

    await site.become([author({ count, next: plain })]);

    expect((await site.column('author', 'next')).generated).toBeUndefined();
    const values = (await site.values('author', 'next')).map((value) => (value === null ? null : Number(value)));
    expect(values).toEqual([4, null]);
  });

  test.each([
    ['a text', text({ nullable: true })],
    ['an enum', Enum({ items: ['4', '5'], nullable: true })],
  ])('becomes %s of its values', async (_, plain) => {
    const site = await given(database, [author({ count, next: computed })]);
    await site.insert('author', ...rows);

    await site.become([author({ count, next: plain })]);

    expect(await site.values('author', 'next')).toEqual(['4', null]);
  });

  test('becomes a required one and keeps its values', async () => {
    const site = await given(database, [author({ count: integer(), next: computed })]);
    await site.insert('author', { id: 1, count: 3 });

    await site.become([author({ count: integer(), next: integer() })]);

    expect(await site.column('author', 'next')).toMatchObject({ nullable: false });
    expect(await site.rows('author')).toEqual([{ id: 1, count: 3, next: 4 }]);
  });

  test('becomes no required one where it is null', async () => {
    const site = await given(database, [author({ count, next: computed })]);
    await site.insert('author', ...rows);

    await site.refuses([author({ count, next: integer() })]);
  });

  test('becomes an ordinary one while the column that it reads goes', async () => {
    const site = await given(database, [author({ count, next: computed })]);
    await site.insert('author', ...rows);

    await site.become([author({ next: next() })], { allow: ['data-loss'] });

    expect(await site.rows('author')).toEqual([
      { id: 1, next: 4 },
      { id: 2, next: null },
    ]);
  });

  test('becomes an ordinary one under a check and a view that read it', async () => {
    const names = entity('Names', { next: next() }, Entity({ view: true, expression: 'select next from author' }));
    const check = Check({ name: 'author_next', expression: 'next > count' });
    const site = await given(database, [author({ count, next: computed }, check), names]);
    await site.insert('author', ...rows);

    await site.become([author({ count, next: next() }, check), names]);

    expect(await site.values('author', 'next')).toEqual([4, null]);
    expect((await site.table('author')).checks).toHaveLength(1);
  });

  test('becomes no ordinary one of a type that its values would change for', async () => {
    const name = text({ nullable: true });
    const shown = text({ nullable: true, generated: '(upper(name)) virtual' });
    const site = await given(database, [author({ name, shown })]);
    await site.insert('author', { id: 1, name: '007' });

    await site.refuses([author({ name, shown: next() })]);
  });
});

describe.each(havingChains)('a virtual column that others read on $name', (database) => {
  const twice = (options: PropertyOptions = { generated: '(next * 2) virtual' }): MemberDecorator => next(options);
  const indexes = [Index({ properties: ['next'] }), Index({ properties: ['count', 'next'] })];

  test('becomes an ordinary one, with its indexes', async () => {
    const site = await given(database, [author({ count, next: computed, twice: twice() }, ...indexes)]);
    await site.insert('author', ...rows);

    await site.become([author({ count, next: next(), twice: twice() }, ...indexes)]);

    expect(await site.rows('author')).toEqual([
      { id: 1, count: 3, next: 4, twice: 8 },
      { id: 2, count: null, next: null, twice: null },
    ]);
    expect((await site.table('author')).indexes).toHaveLength(2);
  });

  test('becomes an ordinary one together with them', async () => {
    const site = await given(database, [author({ count, next: computed, twice: twice() }, ...indexes)]);
    await site.insert('author', ...rows);

    await site.become([author({ count, next: next(), twice: twice({}) }, ...indexes)]);

    expect(await site.rows('author')).toEqual([
      { id: 1, count: 3, next: 4, twice: 8 },
      { id: 2, count: null, next: null, twice: null },
    ]);
  });

  test('becomes a stored one, and virtual again', async () => {
    const site = await given(database, [author({ count, next: computed, twice: twice() }, ...indexes)]);
    await site.insert('author', { id: 1, count: 3 });

    await site.become([author({ count, next: next({ generated: '(count + 1) stored' }), twice: twice() }, ...indexes)]);
    expect(await site.rows('author')).toMatchObject([{ next: 4, twice: 8 }]);

    await site.become([author({ count, next: computed, twice: twice() }, ...indexes)]);
    expect(await site.rows('author')).toMatchObject([{ next: 4, twice: 8 }]);
  });

  test.each([
    ['virtual', 'virtual'],
    ['stored', 'virtual'],
    ['virtual', 'stored'],
  ])('stays what it is when what it reads is renamed, where its readers are %s and %s', async (second, third) => {
    const chain = (name: string): Members => ({
      next: next({ generated: `(${name} + 1) virtual` }),
      twice: next({ generated: `(next * 2) ${second}` }),
      more: next({ generated: `(twice + 1) ${third}` }),
    });
    const site = await given(database, [author({ count, ...chain('count') })]);
    await site.insert('author', { id: 1, count: 3 });

    await site.become([author({ size: next({ previousName: 'count' }), ...chain('size') })]);

    expect(await site.rows('author')).toEqual([{ id: 1, size: 3, next: 4, twice: 8, more: 9 }]);
  });

  if (!database.capabilities.features.includes('index-expression')) return;

  test('stays in the expression of an index when what it reads is renamed, and when it is no longer computed', async () => {
    const index = Index({ name: 'author_twice', expression: '(next * 2)' });
    const reading = (name: string): MemberDecorator => next({ generated: `(${name} + 1) virtual` });
    const site = await given(database, [author({ count, next: reading('count') }, index)]);
    await site.insert('author', { id: 1, count: 3 });

    const size = next({ previousName: 'count' });
    await site.become([author({ size, next: reading('size') }, index)]);
    await site.become([author({ size, next: next() }, index)]);

    expect(await site.rows('author')).toEqual([{ id: 1, size: 3, next: 4 }]);
    expect((await site.table('author')).indexes).toHaveLength(1);
  });
});
