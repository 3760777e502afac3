import { Entity, type EntityClass, Enum, ManyToOne } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { entity, id, text } from '../conformance/entity.js';
import { failureOf, givenNothing } from '../conformance/given.js';
import { postgresql } from '../databases/index.js';

const author = entity('Author', { id, name: text() }, Entity({ schema: 'one' }));
const book = entity('Book', { id, author: ManyToOne(() => author) }, Entity({ schema: 'two' }));
const shirt = entity(
  'Shirt',
  { id, size: Enum({ items: ['S', 'L'], nativeEnumName: 'one.size' }) },
  Entity({ schema: 'two' }),
);
const names = entity(
  'Names',
  { name: text() },
  Entity({ schema: 'two', view: true, expression: 'select name from one.author' }),
);

describe.each(postgresql)('an update of one schema on $name', (database) => {
  test.each<[string, readonly EntityClass[], string, string]>([
    ['a table that a foreign key references', [author, book], 'two.book', 'table one.author'],
    ['an enum', [shirt], 'two.shirt', 'enum one.size'],
    ['a table that a view reads', [author, names], 'two.names', 'table one.author'],
  ])('is refused before its first statement where it needs of another one %s', async (_, entities, where, what) => {
    const site = await givenNothing(database);

    const error = await site.refuses(entities, { schema: 'two' });

    expect(error.code).toBe('precheck-failed');
    const [problem] = error.problems;
    expect(problem?.where).toContain(where);
    expect(problem?.what).toContain(`needs the ${what}`);
    expect(problem?.remedy).toBe(
      'leave out the option schema, so that all are updated; or update the schema "one" first',
    );
    const orm = await site.init(entities);
    const ofSql = await failureOf(() => orm.schema.getUpdateSchemaSQL({ schema: 'two' }));
    expect(ofSql.problems).toEqual(error.problems);
  });

  test('gives the SQL that creates one of them, which is for a database that has the other', async () => {
    const orm = await (await givenNothing(database)).init([author, book]);

    const sql = await orm.schema.getCreateSchemaSQL({ schema: 'two' });

    await orm.schema.updateSchema({ schema: 'one' });
    await orm.connection.execute(sql);
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
  });

  test('goes on once the other one is there', async () => {
    const site = await givenNothing(database);

    await site.become([author, book, names], { schema: 'one' });
    await site.become([author, book, names], { schema: 'two' });

    await site.alreadyIs([author, book, names]);
  });

  test('is not refused for a name that another object has', async () => {
    const own = entity('Writer', { id, name: text() }, Entity({ schema: 'two', tableName: 'author' }));
    const ownNames = entity(
      'Names',
      { name: text() },
      Entity({ schema: 'two', view: true, expression: 'select name from two.author' }),
    );
    const site = await givenNothing(database);

    await site.become([author, own, ownNames], { schema: 'two' });

    expect(await site.hasTable('author')).toBe(false);
  });
});
