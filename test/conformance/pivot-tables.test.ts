import { type EntityClass, ManyToMany, type ManyToManyOptions, ManyToOne } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { entity, id, integer, type Members, text } from './entity.js';
import { type Given, given } from './given.js';

const tag = entity('Tag', { id, name: text() });
const post = (members: Members): EntityClass => entity('Post', { id, ...members });
const tagged = (options: ManyToManyOptions = {}): readonly EntityClass[] => [
  tag,
  post({ tags: ManyToMany(() => tag, options) }),
];

async function insertTagged(site: Given, pivot: string): Promise<void> {
  await site.insert('tag', { id: 1, name: 'a' }, { id: 2, name: 'b' });
  await site.insert('post', { id: 1 });
  await site.insert(pivot, { post_id: 1, tag_id: 1 }, { post_id: 1, tag_id: 2 });
}

describe.each(databases)('pivot tables on $name', (database) => {
  test('reference both ends, and hold each pair once', async () => {
    const site = await given(database, tagged());

    expect(await site.table('post_tags')).toMatchObject({
      primaryKey: { columns: ['post_id', 'tag_id'] },
      foreignKeys: [
        { columns: ['post_id'], references: { table: { name: 'post' } }, onDelete: 'cascade', onUpdate: 'cascade' },
        { columns: ['tag_id'], references: { table: { name: 'tag' } }, onDelete: 'cascade', onUpdate: 'cascade' },
      ],
    });
  });

  test('change their rules and keep their rows', async () => {
    const site = await given(database, tagged());
    await insertTagged(site, 'post_tags');

    await site.become(tagged({ deleteRule: 'restrict' }));

    expect((await site.table('post_tags')).foreignKeys).toMatchObject([
      { onDelete: 'restrict' },
      { onDelete: 'restrict' },
    ]);
    expect(await site.count('post_tags')).toBe(2);
  });

  test('are renamed', async () => {
    const site = await given(database, tagged());
    await insertTagged(site, 'post_tags');

    await site.become(tagged({ pivotTable: 'post_labels', previousName: 'post_tags' }));

    expect(await site.hasTable('post_tags')).toBe(false);
    expect(await site.count('post_labels')).toBe(2);
  });

  test('keep an order where it is fixed', async () => {
    const site = await given(database, tagged({ fixedOrder: true }));
    await insertTagged(site, 'post_tags');

    expect((await site.table('post_tags')).primaryKey?.columns).toEqual(['id']);
    expect(await site.values('post_tags', 'tag_id')).toEqual([1, 2]);
  });

  test('start to keep an order', async () => {
    const site = await given(database, tagged());
    await insertTagged(site, 'post_tags');

    await site.become(tagged({ fixedOrder: true }));

    expect(await site.rows('post_tags')).toMatchObject([{ tag_id: 1 }, { tag_id: 2 }]);
    expect(new Set(await site.values('post_tags', 'id')).size).toBe(2);
  });

  test('may be entities with properties of their own', async () => {
    const tagging: EntityClass = entity('Tagging', {
      post: ManyToOne(() => labelled, { primary: true }),
      tag: ManyToOne(() => tag, { primary: true }),
      weight: integer({ default: 1 }),
    });
    const labelled: EntityClass = post({ tags: ManyToMany({ entity: () => tag, pivotEntity: () => tagging }) });
    const site = await given(database, [tag, labelled, tagging]);
    await insertTagged(site, 'tagging');

    expect((await site.schema()).tables.map(({ name }) => name)).toEqual(['post', 'tag', 'tagging']);
    expect(await site.values('tagging', 'weight')).toEqual([1, 1]);
  });

  test('of an entity with itself have two columns', async () => {
    const person: EntityClass = entity('Person', { id, friends: ManyToMany(() => person) });
    const site = await given(database, [person]);

    expect((await site.table('person_friends')).columns.map(({ name }) => name)).toEqual([
      'person_1_id',
      'person_2_id',
    ]);
  });

  test('are dropped with their relation by consent', async () => {
    const site = await given(database, tagged());
    await insertTagged(site, 'post_tags');

    const error = await site.refuses([tag, post({})]);
    expect(error.problems).toMatchObject([{ where: 'post_tags', what: '2 rows would be lost with the table' }]);

    await site.become([tag, post({})], { allow: ['data-loss'] });
    expect(await site.hasTable('post_tags')).toBe(false);
    expect(await site.count('tag')).toBe(2);
  });
});
