import { Entity, type EntityClass, Enum, type EnumOptions, ManyToOne } from '@dovetail/core';
import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { entity, id, text } from '../conformance/entity.js';
import { given, givenNothing } from '../conformance/given.js';
import { databases } from '../databases/index.js';

const has = (feature: 'native-enum' | 'namespaces') =>
  databases.filter(({ capabilities }) => capabilities.features.includes(feature));

const diary = (options: EnumOptions): readonly EntityClass[] => [
  entity('Diary', {
    id,
    mood: Enum(options),
    moods: Enum({ ...options, default: null, array: true, nullable: true }),
  }),
];

describe.each(has('native-enum'))('an enum type on $name', (database) => {
  const items = ['sad', 'glad'];

  test('is renamed by its hint, together with other changes, and keeps all values', async () => {
    const site = await given(database, diary({ items, nativeEnumName: 'mood' }));
    await site.execute(`insert into diary (id, mood, moods) values (1, 'sad', '{glad,sad}')`);
    const after = diary({
      items: ['glad', 'fine', 'sad'],
      nativeEnumName: 'feeling',
      previousNativeEnumName: 'mood',
      default: 'fine',
    });

    await site.become(after);

    expect(await site.rows('diary')).toMatchObject([{ mood: 'sad', moods: '{glad,sad}' }]);
    expect((await site.schema()).enums).toEqual([{ name: 'feeling', items: ['glad', 'fine', 'sad'] }]);
    await site.alreadyIs(after);
  });

  test('is renamed by the option, and where only one reading fits', async () => {
    const site = await given(database, diary({ items, nativeEnumName: 'mood' }));
    await site.execute(`insert into diary (id, mood) values (1, 'sad')`);

    await site.become(diary({ items, nativeEnumName: 'feeling' }));
    await site.become(diary({ items: [...items, 'x'], nativeEnumName: 'state' }), { renames: { feeling: 'state' } });

    expect(await site.values('diary', 'mood')).toEqual(['sad']);
  });

  test('has its values renamed by hint and by option, in rings as well', async () => {
    const site = await given(database, diary({ items, nativeEnumName: 'mood', default: 'sad' }));
    await site.execute(`insert into diary (id, mood) values (1, 'sad'), (2, 'glad')`);
    const after = diary({
      items: ['unhappy', 'glad'],
      nativeEnumName: 'mood',
      previousItems: { unhappy: 'sad' },
      default: 'unhappy',
    });

    await site.become(after);
    expect(await site.values('diary', 'mood')).toEqual(['unhappy', 'glad']);
    await site.alreadyIs(after);
    const exchange = { 'mood.unhappy': 'glad', 'mood.glad': 'unhappy' };
    const swapped = diary({ items: ['glad', 'unhappy'], nativeEnumName: 'mood', default: 'glad' });
    await (await site.init(swapped)).schema.updateSchema({ renames: exchange });

    expect(await site.values('diary', 'mood')).toEqual(['glad', 'unhappy']);
    await site.alreadyIs(swapped);
  });
});

test.each(databases)('hints about an enum without a type of its own are refused on $name', async (database) => {
  const site = await givenNothing(database);
  const error = await site.refuses([
    entity('Diary', { id, mood: Enum({ items: ['a'], previousItems: { a: 'b' }, previousNativeEnumName: 'x' }) }),
  ]);
  expect(error.code).toBe('invalid-metadata');
  expect(error.problems).toHaveLength(2);
});

describe.each(has('namespaces'))('a schema on $name', (database) => {
  test('is renamed by the option, with all that is in it and refers to it', async () => {
    const [old, renamed] = [`old-${randomUUID()}`, `new-${randomUUID()}`];
    const shop = (schema: string, members = { name: text({ index: true }) }): readonly EntityClass[] => {
      const item = entity('Item', { id, ...members }, Entity({ schema }));
      const part = entity('Part', { id, item: ManyToOne(() => item) }, Entity({ schema }));
      return [item, part, entity('Sale', { id, item: ManyToOne(() => item) })];
    };
    const site = await givenNothing(database);
    const quote = database.driver.ddl.quoteIdentifier;
    onTestFinished(async () => {
      await site.execute('drop table if exists sale');
      for (const schema of [old, renamed]) await site.execute(`drop schema if exists ${quote(schema)}${cascade}`);
    });
    const cascade = database.name.startsWith('PostgreSQL') ? ' cascade' : '';
    await site.become(shop(old));
    await site.execute(
      `insert into ${quote(old)}.item (id, name) values (1, 'saw')`,
      `insert into ${quote(old)}.part (id, item_id) values (7, 1)`,
      'insert into sale (id, item_id) values (3, 1)',
    );
    const after = shop(renamed, { name: text({ length: 90 }) });

    await site.become(after, { renames: { [old]: renamed } });

    expect(await site.connection.query(`select id, name from ${quote(renamed)}.item`)).toEqual([
      { id: 1, name: 'saw' },
    ]);
    expect(await site.connection.query(`select * from ${quote(renamed)}.part`)).toEqual([{ id: 7, item_id: 1 }]);
    expect(await site.rows('sale')).toEqual([{ id: 3, item_id: 1 }]);
    await site.alreadyIs(after);
  });
});
