import { type EntityClass, Enum, type EnumOptions } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { entity, id } from './entity.js';
import { testFeature } from './feature.js';
import { given } from './given.js';

const post = (options: EnumOptions): readonly EntityClass[] => [entity('Post', { id, status: Enum(options) })];
const draftOrSent = post({ items: ['draft', 'sent'] });

enum Level {
  Low = 1,
  High = 2,
}

describe.each(databases)('enums on $name', (database) => {
  test('of texts take their items alone', async () => {
    const site = await given(database, draftOrSent);
    await site.insert('post', { status: 'draft' });

    await site.rejects("insert into post (status) values ('lost')");
    await site.rejects("insert into post (status) values ('Draft')");
  });

  test('of numbers are numbers', async () => {
    const site = await given(database, post({ items: () => Level }));
    await site.insert('post', { status: 2 });

    expect(await site.values('post', 'status')).toEqual([2]);
  });

  test('gain an item', async () => {
    const site = await given(database, draftOrSent);
    await site.insert('post', { status: 'draft' });

    await site.become(post({ items: ['draft', 'sent', "won't"] }));

    await site.insert('post', { status: "won't" });
    expect(await site.values('post', 'status')).toEqual(['draft', "won't"]);
  });

  test('lose an item that no row has', async () => {
    const site = await given(database, draftOrSent);
    await site.insert('post', { status: 'draft' });

    await site.become(post({ items: ['draft'] }));

    await site.rejects("insert into post (status) values ('sent')");
    expect(await site.values('post', 'status')).toEqual(['draft']);
  });

  test('do not lose an item that rows have', async () => {
    const site = await given(database, draftOrSent);
    await site.insert('post', { status: 'draft' }, { status: 'sent' }, { status: 'sent' });

    const error = await site.refuses(post({ items: ['draft'] }));

    expect(error.code).toBe('precheck-failed');
    expect(error.problems[0]?.what).toMatch(/^2 /);
  });

  test('change the case of an item', async () => {
    const site = await given(database, draftOrSent);

    await site.become(post({ items: ['Draft', 'sent'] }));

    await site.insert('post', { status: 'Draft' });
    await site.rejects("insert into post (status) values ('draft')");
  });

  test('have a default, and change it', async () => {
    const site = await given(database, post({ items: ['draft', 'sent'], default: 'draft' }));
    await site.become(post({ items: ['draft', 'sent'], default: 'sent' }));

    await site.insert('post', { id: 1 });

    expect(await site.values('post', 'status')).toEqual(['sent']);
  });

  test('give way to any text', async () => {
    const site = await given(database, draftOrSent);
    await site.insert('post', { status: 'draft' });

    await site.become([entity('Post', { id, status: Enum({ items: ['draft', 'sent'], nullable: true }) })]);

    await site.insert('post', { status: null });
    expect(await site.values('post', 'status')).toEqual(['draft', null]);
  });

  testFeature(
    database,
    'native-enum',
    'of a type of their own change its items',
    () => post({ items: ['draft', 'sent'], nativeEnumName: 'post_status' }),
    async (site) => {
      await site.insert('post', { status: 'draft' });

      await site.become(post({ items: ['draft', 'lost', 'sent'], nativeEnumName: 'post_status' }));

      expect((await site.schema()).enums).toMatchObject([{ name: 'post_status', items: ['draft', 'lost', 'sent'] }]);
      expect(await site.values('post', 'status')).toEqual(['draft']);
    },
  );
});
