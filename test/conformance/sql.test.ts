import { Entity, type EntityClass, Index, ManyToOne, PrimaryKey, t } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { entity, id, integer, text } from './entity.js';
import { given, givenNothing } from './given.js';

const author = entity('Author', { id, name: text({ default: "it's; --" }) });
const book = entity(
  'Book',
  { id, title: text({ unique: true }), author: ManyToOne(() => author), pages: integer({ check: 'pages > 0' }) },
  Index({ properties: ['title', 'pages'] }),
);
const library: readonly EntityClass[] = [author, book];

describe.each(databases)('SQL texts on $name', (database) => {
  test('getCreateSchemaSQL is a script that makes the schema', async () => {
    const site = await givenNothing(database);
    const orm = await site.init(library);

    await site.runScript(await orm.schema.getCreateSchemaSQL());

    await site.alreadyIs(library);
  });

  test('getCreateSchemaSQL is the same whatever the database holds', async () => {
    const site = await givenNothing(database);
    const orm = await site.init(library);
    const before = await orm.schema.getCreateSchemaSQL();
    await orm.schema.createSchema();

    expect(await orm.schema.getCreateSchemaSQL()).toBe(before);
  });

  test("getUpdateSchemaSQL is a script that updates the schema, and '' when there is nothing to do", async () => {
    const site = await given(database, [entity('Author', { id, name: text() })]);
    await site.insert('author', { id: 1, name: 'Ann' });
    const orm = await site.init(library);

    await site.runScript(await orm.schema.getUpdateSchemaSQL());

    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
    expect(await site.rows('author')).toEqual([{ id: 1, name: 'Ann' }]);
  });

  test('getUpdateSchemaSQL changes nothing by itself', async () => {
    const site = await givenNothing(database);
    const orm = await site.init(library);

    expect(await orm.schema.getUpdateSchemaSQL()).not.toBe('');

    expect((await site.schema()).tables).toEqual([]);
  });

  test("getDropSchemaSQL is a script that drops the schema, and '' when there is none", async () => {
    const site = await given(database, library);
    const orm = await site.init(library);

    await site.runScript(await orm.schema.getDropSchemaSQL());

    expect((await site.schema()).tables).toEqual([]);
    expect(await orm.schema.getDropSchemaSQL()).toBe('');
  });

  test('generate is a script that drops and creates the schema', async () => {
    const site = await given(database, [entity('Author', { id, born: integer() })]);
    const orm = await site.init(library);

    await site.runScript(await orm.schema.generate());

    await site.alreadyIs(library);
  });

  test('generate on an empty database is what getCreateSchemaSQL is', async () => {
    const site = await givenNothing(database);
    const orm = await site.init(library);

    expect(await orm.schema.generate()).toBe(await orm.schema.getCreateSchemaSQL());
  });

  test('wrap: false leaves the statements alone', async () => {
    const site = await givenNothing(database);
    const orm = await site.init([author]);
    const { steps } = await orm.schema.plan();

    expect(await orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe(steps.map(({ sql }) => `${sql};\n`).join('\n'));
  });

  test('names of every kind are quoted', async () => {
    const odd = entity(
      'Odd',
      { key: PrimaryKey({ type: t.integer, name: 'select' }), value: text({ name: 'a "b" c', default: "';" }) },
      Entity({ tableName: 'order by 1; --' }),
      Index({ name: 'index "x"', properties: 'value' }),
    );
    const site = await givenNothing(database);
    const orm = await site.init([odd]);

    await site.runScript(await orm.schema.getCreateSchemaSQL());

    await site.alreadyIs([odd]);
  });
});
