import { type EntityClass, PrimaryKey, type PropertyOptions, t } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { entity, id, integer, type Members, text } from './entity.js';
import { given } from './given.js';

const seat = (members: Members): EntityClass => entity('Seat', members);
const key = (options: PropertyOptions = {}): Members[string] => PrimaryKey({ type: t.integer, ...options });

describe.each(databases)('primary keys on $name', (database) => {
  test('of one integer number new rows by themselves', async () => {
    const site = await given(database, [seat({ id, label: text() })]);

    await site.insert('seat', { label: 'a' }, { label: 'b' });

    expect(await site.rows('seat')).toEqual([
      { id: 1, label: 'a' },
      { id: 2, label: 'b' },
    ]);
  });

  test('may be of texts', async () => {
    const site = await given(database, [seat({ code: PrimaryKey({ type: t.string }) })]);
    await site.insert('seat', { code: 'A1' });

    expect((await site.table('seat')).primaryKey?.columns).toEqual(['code']);
    await site.rejects("insert into seat (code) values ('A1')");
    await site.rejects('insert into seat (code) values (null)');
  });

  test('of several columns keep their order', async () => {
    const site = await given(database, [seat({ line: key(), place: key(), label: text() })]);
    await site.insert('seat', { line: 1, place: 1, label: 'a' }, { line: 1, place: 2, label: 'b' });

    expect((await site.table('seat')).primaryKey?.columns).toEqual(['line', 'place']);
    await site.rejects("insert into seat (line, place, label) values (1, 1, 'c')");
  });

  test('are widened by a column', async () => {
    const site = await given(database, [seat({ line: key({ autoincrement: false }), place: integer() })]);
    await site.insert('seat', { line: 1, place: 1 }, { line: 2, place: 1 });

    await site.become([seat({ line: key(), place: key() })]);

    expect((await site.table('seat')).primaryKey?.columns).toEqual(['line', 'place']);
    await site.insert('seat', { line: 1, place: 2 });
    expect(await site.count('seat')).toBe(3);
  });

  test('are narrowed by a column where the rows allow it', async () => {
    const site = await given(database, [seat({ line: key(), place: key() })]);
    await site.insert('seat', { line: 1, place: 1 }, { line: 1, place: 2 });

    const narrowed = [seat({ line: integer(), place: key({ autoincrement: false }) })];
    await site.become(narrowed);

    expect((await site.table('seat')).primaryKey?.columns).toEqual(['place']);
    expect(await site.count('seat')).toBe(2);
  });

  test('are not narrowed where rows would be alike', async () => {
    const site = await given(database, [seat({ line: key(), place: key() })]);
    await site.insert('seat', { line: 1, place: 1 }, { line: 1, place: 2 });

    const error = await site.refuses([seat({ line: key({ autoincrement: false }), place: integer() })]);

    expect(error.code).toBe('precheck-failed');
    expect(error.problems[0]?.what).toMatch(/^2 rows share/);
  });

  test('move to another column', async () => {
    const site = await given(database, [seat({ id, code: text() })]);
    await site.insert('seat', { code: 'A1' }, { code: 'A2' });

    await site.become([seat({ id: integer(), code: PrimaryKey({ type: t.string }) })]);

    expect((await site.table('seat')).primaryKey?.columns).toEqual(['code']);
    expect(await site.rows('seat')).toEqual([
      { id: 1, code: 'A1' },
      { id: 2, code: 'A2' },
    ]);
  });

  test('give way to a new numbered column', async () => {
    const site = await given(database, [seat({ code: PrimaryKey({ type: t.string }) })]);
    await site.insert('seat', { code: 'A1' }, { code: 'A2' });

    await site.become([seat({ id, code: text() })]);

    expect((await site.table('seat')).primaryKey?.columns).toEqual(['id']);
    expect(await site.values('seat', 'code')).toEqual(['A1', 'A2']);
    expect(new Set(await site.values('seat', 'id')).size).toBe(2);
  });

  test('change their type together with the columns that reference them', async () => {
    const owner = (options: PropertyOptions): EntityClass => entity('Owner', { id: PrimaryKey(options) });
    const entities = (options: PropertyOptions): readonly EntityClass[] => [
      owner(options),
      entity('Seat', { id, ownerId: integer({ ...options, nullable: true }) }),
    ];
    const site = await given(database, entities({ type: t.integer, autoincrement: false }));
    await site.insert('owner', { id: 7 });
    await site.insert('seat', { id: 1, owner_id: 7 });

    await site.become(entities({ type: t.string }));

    expect(await site.values('owner', 'id')).toEqual(['7']);
    expect(await site.values('seat', 'owner_id')).toEqual(['7']);
  });

  test('stop and start numbering', async () => {
    const site = await given(database, [seat({ id, label: text() })]);
    await site.insert('seat', { id: 4, label: 'a' });

    await site.become([seat({ id: key({ autoincrement: false }), label: text() })]);
    expect((await site.column('seat', 'id')).autoincrement ?? false).toBe(false);

    await site.become([seat({ id, label: text() })]);
    await site.insert('seat', { label: 'b' });
    expect(await site.rows('seat')).toEqual([
      { id: 4, label: 'a' },
      { id: 5, label: 'b' },
    ]);
  });
});
