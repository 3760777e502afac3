import { DovetailError, Entity, type EntityClass, ManyToOne, type Plan } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { entity, id, integer, type Members, text } from '../conformance/entity.js';
import { given } from '../conformance/given.js';
import { databases } from '../databases/index.js';

const parsePlan: (text: string) => Plan = JSON.parse;
const author = (members: Members): EntityClass => entity('Author', { id, ...members });
const writer = (members: Members): EntityClass => entity('Writer', { id, ...members });

describe.each(databases)('the option renames on $name', (database) => {
  test('renames tables and columns, whatever else changes, and keeps all values', async () => {
    const site = await given(database, [author({ name: text(), age: text({ nullable: true }) })]);
    await site.insert('author', { id: 1, name: 'Ann', age: '30' }, { id: 2, name: 'Bob', age: '31' });

    await site.become([writer({ fullName: text({ length: 90, index: true }), years: integer({ default: 1 }) })], {
      renames: { author: 'writer', 'author.name': 'full_name', 'writer.age': 'years' },
    });

    expect(await site.rows('writer')).toEqual([
      { id: 1, full_name: 'Ann', years: 30 },
      { id: 2, full_name: 'Bob', years: 31 },
    ]);
  });

  test('may stay in a script: it means nothing once it was carried out', async () => {
    const renames = { author: 'writer', 'author.name': 'full_name' };
    const site = await given(database, [author({ name: text() })]);
    const after = [writer({ fullName: text() })];
    await site.become(after, { renames });

    await site.alreadyIs(after, { renames });
  });

  test('settles what is ambiguous: the error has the choices as data', async () => {
    const site = await given(database, [author({ first: text(), last: text() })]);
    await site.insert('author', { id: 1, first: 'Ann', last: 'Lee' });
    const after = [author({ given: text(), family: text() })];

    const error = await site.refuses(after);
    expect(error.problems.map(({ choice }) => choice)).toEqual([
      { kind: 'column', removed: ['author.first', 'author.last'], added: ['author.given', 'author.family'] },
    ]);
    const renames = { 'author.first': 'given', 'author.last': 'author.family' };
    await site.become(after, { renames });

    expect(await site.rows('author')).toEqual([{ id: 1, given: 'Ann', family: 'Lee' }]);
  });

  test('says that something is no rename: it is dropped, by consent', async () => {
    const site = await given(database, [author({ name: text({ nullable: true }) })]);
    await site.insert('author', { id: 1, name: 'Ann' });
    const after = [author({ title: text({ nullable: true }) })];

    const error = await site.refuses(after, { renames: { 'author.name': false } });
    expect(error.code).toBe('precheck-failed');
    await site.become(after, { renames: { 'author.name': false }, allow: ['data-loss'] });

    expect(await site.rows('author')).toEqual([{ id: 1, title: null }]);
  });

  test('exchanges the names of columns alike, once', async () => {
    const entities = [author({ a: text({ index: true }), b: text({ check: "b <> ''" }) })];
    const site = await given(database, entities);
    await site.insert('author', { id: 1, a: 'one', b: 'two' });

    const orm = await site.init(entities);
    await orm.schema.updateSchema({ renames: { 'author.a': 'b', 'author.b': 'a' } });

    expect(await site.rows('author')).toEqual([{ id: 1, a: 'two', b: 'one' }]);
    await site.alreadyIs(entities);
    await site.rejects("insert into author (id, a, b) values (2, 'x', '')");
  });

  test('exchanges the names of tables alike, once', async () => {
    const [left, right] = [entity('Lefts', { id, name: text() }), entity('Rights', { id, name: text() })];
    const entities = [left, right, entity('Hand', { id, left: ManyToOne(() => left) })];
    const site = await given(database, entities);
    await site.insert('lefts', { id: 1, name: 'l' });
    await site.insert('rights', { id: 1, name: 'r' });
    await site.insert('hand', { id: 1, left_id: 1 });

    const orm = await site.init(entities);
    await orm.schema.updateSchema({ renames: { lefts: 'rights', rights: 'lefts' } });

    expect(await site.rows('lefts')).toEqual([{ id: 1, name: 'r' }]);
    expect(await site.rows('rights')).toEqual([{ id: 1, name: 'l' }]);
    await site.alreadyIs(entities);
  });

  test('of what is not there is an error that says so', async () => {
    const site = await given(database, [author({ name: text() })]);

    const error = await site.refuses([author({ name: text() })], { renames: { 'author.nam': 'title' } });

    expect(error).toMatchObject({ code: 'invalid-configuration' });
    expect(error.message).toContain('renames: "author.nam": is not in the database, and neither is "title"');
  });

  test('is part of the plan, which can be stored and applied later', async () => {
    const site = await given(database, [author({ name: text() })]);
    await site.insert('author', { id: 1, name: 'Ann' });
    const orm = await site.init([author({ title: integer({ nullable: true }), label: text() })]);

    const stored = JSON.stringify(await orm.schema.plan({ renames: { 'author.name': 'label' } }));
    await orm.schema.apply(parsePlan(stored));

    expect(await site.values('author', 'label')).toEqual(['Ann']);
  });
});

describe.each(databases)('a hint that may have been carried out, on $name', (database) => {
  test('is refused where nothing tells, and settled by the option', async () => {
    const site = await given(database, [author({ name: text(), nick: text() })]);
    await site.insert('author', { id: 1, name: 'Ann', nick: 'A' });
    const after = [author({ nick: text({ previousName: 'name' }) })];

    const error = await site.refuses(after);
    expect(error).toBeInstanceOf(DovetailError);
    expect(error.code).toBe('ambiguous-rename');
    expect((await site.refuses(after, { renames: { 'author.name': 'nick' } })).code).toBe('precheck-failed');
    await site.become(after, { renames: { 'author.name': 'nick' }, allow: ['data-loss'] });

    expect(await site.rows('author')).toEqual([{ id: 1, nick: 'Ann' }]);
  });

  test('replaces what is dropped where the definitions tell', async () => {
    const site = await given(database, [author({ name: text({ index: true }), code: integer({ index: true }) })]);
    await site.insert('author', { id: 1, name: 'Ann', code: 7 });

    await site.become([author({ code: text({ previousName: 'name', index: true }) })], { allow: ['data-loss'] });

    expect(await site.rows('author')).toEqual([{ id: 1, code: 'Ann' }]);
  });

  test('replaces a table that is dropped', async () => {
    const site = await given(database, [author({ name: text({ index: true }) }), writer({ age: integer() })]);
    await site.insert('author', { id: 1, name: 'Ann' });
    const after = entity('Writer', { id, name: text({ index: true }) }, Entity({ previousName: 'author' }));

    await site.become([after]);

    expect(await site.rows('writer')).toEqual([{ id: 1, name: 'Ann' }]);
    expect((await site.table('writer')).indexes.map(({ name }) => name)).toEqual(['writer_name_index']);
  });

  test('lets a new property take the name that was given up', async () => {
    const site = await given(database, [author({ name: text() })]);
    await site.insert('author', { id: 1, name: 'Ann' });
    const after = [author({ fullName: text({ previousName: 'name' }), name: integer({ default: 5 }) })];

    await site.become(after);

    expect(await site.rows('author')).toEqual([{ id: 1, full_name: 'Ann', name: 5 }]);
    await site.alreadyIs(after);
  });

  test('lets a new entity take the name that was given up', async () => {
    const site = await given(database, [author({ name: text() })]);
    await site.insert('author', { id: 1, name: 'Ann' });
    const after = [
      entity('Writer', { id, name: text() }, Entity({ previousName: 'author' })),
      author({ title: integer() }),
    ];

    await site.become(after);

    expect(await site.rows('writer')).toEqual([{ id: 1, name: 'Ann' }]);
    expect(await site.count('author')).toBe(0);
    await site.alreadyIs(after);
  });

  test('exchanges names although the columns change besides', async () => {
    const site = await given(database, [author({ a: text(), b: integer() })]);
    await site.insert('author', { id: 1, a: 'one', b: 2 });
    const after = [
      author({ b: text({ previousName: 'a', nullable: true }), a: integer({ previousName: 'b', index: true }) }),
    ];

    await site.become(after);

    expect(await site.rows('author')).toEqual([{ id: 1, b: 'one', a: 2 }]);
    await site.alreadyIs(after);
  });

  test('of a ring alike is refused until it is told', async () => {
    const site = await given(database, [author({ a: text(), b: text() })]);
    await site.insert('author', { id: 1, a: 'one', b: 'two' });
    const after = [author({ a: text({ previousName: 'b' }), b: text({ previousName: 'a' }) })];

    const error = await site.refuses(after);

    expect(error.code).toBe('ambiguous-rename');
    expect(error.message).toContain("renames: { 'author.b': 'a', 'author.a': 'b' }");
    const orm = await site.init(after);
    await orm.schema.updateSchema({ renames: { 'author.b': 'a', 'author.a': 'b' } });
    expect(await site.rows('author')).toEqual([{ id: 1, a: 'two', b: 'one' }]);
  });
});
