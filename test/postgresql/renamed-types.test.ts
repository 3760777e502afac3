// Enums and schemas are PostgreSQL's own. A check of a number, or a condition of an index, is what the server prints in its
// own way: the table is copied to learn it, and the copy must find the types under their new names.

import { Check, Entity, type EntityClass, Enum, Index, Property, t } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { entity, id } from '../conformance/entity.js';
import { given, givenNothing } from '../conformance/given.js';
import { postgresql } from '../databases/index.js';

const price = Property({ type: t.decimal, scale: 2, check: 'price > 0' });

const view = (name: string, expression: string): EntityClass =>
  entity(name, {}, Entity({ view: true, expression, tableName: name }));

describe.each(postgresql)('types of other names, on $name', (database) => {
  const sale = (
    options: Parameters<typeof Enum>[0],
    ...more: Parameters<typeof entity>[2][]
  ): readonly EntityClass[] => [entity('Sale', { id, price, state: Enum(options) }, ...more)];

  test('a value of an enum is renamed beside a check', async () => {
    const site = await given(database, sale({ items: ['draft', 'done'], nativeEnumName: 'state', default: 'draft' }));
    await site.insert('sale', { id: 1, price: 5 });
    await site.become(
      sale({ items: ['new', 'done'], nativeEnumName: 'state', default: 'new', previousItems: { new: 'draft' } }),
    );
    expect(await site.values('sale', 'state')).toEqual(['new']);
  });

  test('an enum is renamed, and has other values in another order, beside the condition of an index', async () => {
    const open = Index({ name: 'open', properties: ['price'], where: "state <> 'done'" });
    const site = await given(database, sale({ items: ['draft', 'done'], nativeEnumName: 'state' }, open));
    await site.insert('sale', { id: 1, price: 5, state: 'draft' });
    await site.become(
      sale({ items: ['done', 'draft', 'lost'], nativeEnumName: 'stage', previousNativeEnumName: 'state' }, open),
    );
    expect(await site.values('sale', 'state')).toEqual(['draft']);
  });

  test('a schema is renamed that holds an enum', async () => {
    const inSchema = (schema: string): readonly EntityClass[] =>
      sale({ items: ['a'], nativeEnumName: `${schema}.state` }, Entity({ schema, tableName: 'sale' }));
    const site = await given(database, inSchema('shop'));
    await site.execute("insert into shop.sale values (1, 5, 'a')");
    await site.become(inSchema('store'), { renames: { shop: 'store' } });
    expect(await site.connection.query('select id, state::text from store.sale')).toEqual([{ id: 1, state: 'a' }]);
  });

  test('an array of texts becomes one of an enum', async () => {
    const sized = (nativeEnumName?: string): readonly EntityClass[] =>
      sale({ items: ['S', 'L'], array: true, nativeEnumName });
    const site = await given(database, sized());
    await site.execute("insert into sale values (1, 5, '{S,L}'), (2, 5, '{}')");
    await site.become(sized('size'));
    expect(await site.connection.query('select state::text from sale order by id')).toEqual([
      { state: '{S,L}' },
      { state: '{}' },
    ]);
  });

  test('an enum takes the name of a table that goes', async () => {
    const site = await given(database, [...sale({ items: ['a'] }), entity('State', { id })]);
    await site.become(sale({ items: ['a'], nativeEnumName: 'state' }));
    expect((await site.schema()).enums).toMatchObject([{ name: 'state' }]);
  });

  test('a value that an enum got is taken back beside a check that compares with another', async () => {
    const isNoB = Check({ name: 'no_b', expression: "state <> 'b' or id > 5" });
    const desired = (...items: readonly string[]): readonly EntityClass[] =>
      sale({ items, nativeEnumName: 'state' }, isNoB);
    const site = await given(database, desired('a', 'b'));
    await site.insert('sale', { id: 1, price: 5, state: 'a' });
    const { undo } = await site.become(desired('a', 'b', 'c'));
    await site.execute(...undo.steps.map(({ sql }) => sql));
    await site.alreadyIs(desired('a', 'b'));
    expect(await site.values('sale', 'state')).toEqual(['a']);
  });

  test('a view keeps the type that it states over a view whose column has another one', async () => {
    const entities = (columnType: string): readonly EntityClass[] => [
      entity('Thing', { id, size: Property({ columnType }) }),
      view('b', 'select size::integer as size from w'),
      view('w', 'select size from thing'),
    ];
    const site = await given(database, entities('integer'));
    await site.execute('insert into thing values (1, 5)');
    await site.become(entities('bigint'));
    expect(await site.connection.query('select pg_typeof(size)::text as type, size from b')).toEqual([
      { type: 'integer', size: 5 },
    ]);
  });

  test('views read each other and a table that is new in another schema', async () => {
    const table = (...columns: readonly string[]): EntityClass =>
      entity(
        'Invoice',
        { id, ...Object.fromEntries(columns.map((name) => [name, Property({ type: t.integer, nullable: true })])) },
        Entity({ schema: 'shop', tableName: 'invoice' }),
      );
    const site = await givenNothing(database);
    await site.become([table('total'), view('z', 'select total from shop.invoice'), view('b', 'select total from z')]);
    await site.become([
      table('total', 'tax'),
      view('z', 'select total, tax from shop.invoice'),
      view('b', 'select total, tax from z'),
      view('a', 'select tax from b'),
    ]);
    expect((await site.schema()).views.map(({ name }) => name)).toEqual(['a', 'b', 'z']);
  });
});
