import { Entity, type EntityClass, Property, t } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { entity, id, integer, text } from '../conformance/entity.js';
import { given } from '../conformance/given.js';
import { databases } from '../databases/index.js';

function view(name: string, column: string, expression: string): EntityClass {
  class Made {
    [member: string]: unknown;
  }
  Object.defineProperty(Made, 'name', { value: name });
  Property({ type: t.integer })(Made.prototype, column);
  Entity({ view: true, expression })(Made);
  return Made;
}

describe.each(databases)('renames under views of entities on $name', (database) => {
  test('a column under a chain of views', async () => {
    const site = await given(database, [
      entity('Author', { id, code: integer() }),
      view('Code', 'code', 'select code from author'),
      view('LargeCode', 'code', 'select code from code where code > 5'),
    ]);
    await site.insert('author', { id: 1, code: 3 }, { id: 2, code: 7 });

    await site.become([
      entity('Author', { id, number: integer({ previousName: 'code' }) }),
      view('Code', 'number', 'select number from author'),
      view('LargeCode', 'number', 'select number from code where number > 5'),
    ]);

    expect(await site.rows('large_code')).toEqual([{ number: 7 }]);
  });

  test('a column under a chain of views of which only the first changes', async () => {
    const above = view('LargeCode', 'code', 'select code from code where code > 5');
    const site = await given(database, [
      entity('Author', { id, code: integer() }),
      view('Code', 'code', 'select code from author'),
      above,
    ]);
    await site.insert('author', { id: 1, code: 3 }, { id: 2, code: 7 });

    await site.become([
      entity('Author', { id, number: integer({ previousName: 'code' }) }),
      view('Code', 'code', 'select number as code from author'),
      above,
    ]);

    expect(await site.rows('large_code')).toEqual([{ code: 7 }]);
  });

  test('a column under a view that takes all columns, and one above it', async () => {
    const views = [view('Everything', 'code', 'select * from kept'), view('Kept', 'code', 'select * from author')];
    const site = await given(database, [entity('Author', { id, code: integer() }), ...views]);
    await site.insert('author', { id: 1, code: 3 });

    await site.become([entity('Author', { id, number: integer({ previousName: 'code' }) }), ...views]);

    expect(await site.rows('everything')).toEqual([{ id: 1, number: 3 }]);
  });

  test('columns that exchange their names under a view that takes all columns', async () => {
    const everything = view('Everything', 'code', 'select * from author');
    const author = entity('Author', { id, code: integer(), number: integer() });
    const site = await given(database, [author, everything]);
    await site.insert('author', { id: 1, code: 3, number: 7 });

    const orm = await site.init([author, everything]);
    await orm.schema.updateSchema({ renames: { 'author.code': 'number', 'author.number': 'code' } });

    await site.alreadyIs([author, everything]);
    expect(await site.rows('everything')).toEqual([{ id: 1, number: 3, code: 7 }]);
  });

  test('a table that takes the name of a view, which takes its own', async () => {
    const site = await given(database, [
      entity('Author', { id, code: integer() }),
      view('Code', 'code', 'select code from author'),
    ]);
    await site.insert('author', { id: 1, code: 3 });

    await site.become([
      entity('Code', { id, code: integer() }, Entity({ previousName: 'author' })),
      view('Author', 'code', 'select code from code'),
    ]);

    expect(await site.rows('code')).toEqual([{ id: 1, code: 3 }]);
    expect(await site.rows('author')).toEqual([{ code: 3 }]);
  });

  test('a table that takes the name of a view, which is gone then', async () => {
    const site = await given(database, [
      entity('Author', { id, code: integer() }),
      view('Code', 'code', 'select code from author'),
    ]);
    await site.insert('author', { id: 1, code: 3 });

    await site.become([entity('Code', { id, code: integer() }, Entity({ previousName: 'author' }))]);

    expect(await site.rows('code')).toEqual([{ id: 1, code: 3 }]);
  });

  test('a table and a column at once, and a view that takes no part', async () => {
    const site = await given(database, [
      entity('Author', { id, code: integer(), name: text() }),
      view('Code', 'code', 'select code from author'),
      view('One', 'one', 'select 1 as one'),
    ]);
    await site.insert('author', { id: 1, code: 3, name: 'a' });

    await site.become([
      entity(
        'Writer',
        { id, number: integer({ previousName: 'code' }), name: text() },
        Entity({ previousName: 'author' }),
      ),
      view('Code', 'code', 'select number as code from writer'),
      view('One', 'one', 'select 1 as one'),
    ]);

    expect(await site.rows('code')).toEqual([{ code: 3 }]);
    expect(await site.rows('one')).toEqual([{ one: 1 }]);
  });
});
