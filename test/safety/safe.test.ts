import { Entity, type EntityClass, Enum, Index, ManyToOne, Unique } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { type ClassDecorator, entity, id, integer, type Members, text } from '../conformance/entity.js';
import { given } from '../conformance/given.js';
import { databases } from '../databases/index.js';

const author = (members: Members, ...decorators: readonly ClassDecorator[]): EntityClass =>
  entity('Author', { id, ...members }, ...decorators);

const options = { safe: true, allow: ['data-loss'] } as const;
const nullable = { nullable: true } as const;

describe.each(databases)('safe, on $name', (database) => {
  test('plans no step that destroys something', async () => {
    const site = await given(database, [
      author({ name: text(), code: text(), born: text(nullable), age: integer(nullable) }),
      entity('Publisher', { id }),
    ]);
    await site.insert('author', { id: 1, name: 'Ann', code: '007', born: '1815', age: 36 });

    const orm = await site.init([author({ code: integer(), born: text(nullable), city: text(nullable) })]);
    const { steps } = await orm.schema.plan(options);

    const kinds = steps.flatMap(({ hazards }) => hazards.map(({ kind }) => kind));
    expect(kinds.filter((kind) => kind.startsWith('destroys-') || kind === 'breaks-code')).toEqual([]);
    expect(steps.flatMap(({ changes }) => changes.map(({ kind }) => kind))).toEqual(['add-column']);
  });

  test('keeps every column with its values, also where a table is made anew', async () => {
    const before = { name: text(), note: text(nullable), code: text(), age: integer(nullable) };
    const site = await given(database, [author(before)]);
    await site.insert('author', { id: 1, name: 'Ann', note: 'kept', code: '007', age: 36 });

    await site.become([author({ name: text({ check: "name <> ''" }), code: integer() })], options);

    expect(await site.rows('author')).toEqual([{ id: 1, name: 'Ann', note: 'kept', code: '007', age: 36 }]);
    await site.rejects("insert into author (id, name, code) values (2, '', '')");
  });

  test('keeps what stands on a column that it keeps', async () => {
    const country = entity('Country', { id });
    const site = await given(database, [
      country,
      author(
        { name: text(), rate: integer({ check: 'rate > 0' }), home: ManyToOne(() => country) },
        Unique({ properties: 'name' }),
        Index({ properties: 'rate' }),
      ),
    ]);
    await site.insert('country', { id: 1 });
    await site.insert('author', { id: 1, name: 'Ann', rate: 1, home_id: 1 });
    const before = await site.table('author');

    await site.become([country, author({})], options);

    expect(await site.table('author')).toEqual(before);
  });

  test.each([
    ['that the entities no longer have', options],
    ['that is not looked at', { config: { skipColumns: { author: ['note'] } } }],
  ])('shows a column %s in a view of all columns', async (_, how) => {
    const all = entity('Everything', { id }, Entity({ view: true, expression: 'select * from author' }));
    const site = await given(database, [author({ note: text(nullable), name: text() }), all]);
    await site.insert('author', { id: 1, note: 'kept', name: 'Ann' });

    await site.become([author({ city: text(nullable), name: text() }), all], { assumeRenames: false, ...how });

    expect(await site.rows('everything')).toEqual([{ id: 1, note: 'kept', name: 'Ann', city: null }]);
  });

  test('still changes what stands on the columns of the entities', async () => {
    const site = await given(database, [author({ name: text() }, Index({ name: 'by_name', properties: 'name' }))]);

    await site.become([author({ name: text() }, Unique({ name: 'names', properties: 'name' }))], options);

    const { indexes } = await site.table('author');
    expect(indexes.map(({ name }) => name)).not.toContain('by_name');
    await site.insert('author', { id: 1, name: 'Ann' });
    await site.rejects("insert into author (id, name) values (2, 'Ann')");
  });

  test('takes no item away that rows have', async () => {
    const post = (items: readonly string[]): EntityClass => entity('Post', { id, status: Enum({ items }) });
    const site = await given(database, [post(['draft', 'sent'])]);
    await site.insert('post', { id: 1, status: 'sent' });

    const error = await site.refuses([post(['draft'])], options);

    expect(error.problems).toMatchObject([{ rows: { count: 1, examples: [['1']] } }]);
  });

  test('is no longer in the way of an update that may', async () => {
    const site = await given(database, [author({ name: text(), code: text() }), entity('Publisher', { id })]);
    await site.insert('author', { id: 1, name: 'Ann', code: '007' });
    await site.become([author({ code: integer() })], options);

    await site.become([author({ code: integer() })], { allow: ['data-loss'] });

    expect(await site.rows('author')).toEqual([{ id: 1, code: 7 }]);
    expect(await site.hasTable('publisher')).toBe(false);
  });
});
