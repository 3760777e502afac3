import { DovetailError, Entity, PrimaryKey, Property, t } from '@dovetail/core';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Dovetail } from './dovetail.js';

class Author {
  declare id: number;
  declare name: string;
}
PrimaryKey({ type: t.integer })(Author.prototype, 'id');
Property({ type: t.string })(Author.prototype, 'name');
Entity()(Author);

let folder: string;
let orm: Dovetail;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dovetail-'));
});

afterEach(async () => {
  await orm.close();
  rmSync(folder, { recursive: true });
});

describe.each([
  ['in a file', () => join(folder, 'library.db')],
  ['in memory', () => ':memory:'],
])('a database %s', (_, path) => {
  beforeEach(async () => {
    orm = await Dovetail.init({ entities: [Author], dbName: path() });
    await orm.schema.createSchema();
    await orm.connection.execute("insert into author (name) values ('Ada')");
  });

  it('is fresh after it was dropped and created', async () => {
    await orm.schema.refreshDatabase({ dropDb: true });
    expect(await orm.connection.query('select * from author')).toEqual([]);
    expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
  });

  it('is fresh after its tables were dropped and created', async () => {
    await orm.schema.refreshDatabase();
    expect(await orm.connection.query('select * from author')).toEqual([]);
  });

  it('cannot be used once it was dropped, until it is created again', async () => {
    await orm.schema.dropSchema({ dropDb: true });
    await expect(orm.schema.updateSchema()).rejects.toMatchObject({ code: 'connection-failed' });
    expect(() => orm.connection).toThrow(DovetailError);
    expect(await orm.schema.ensureDatabase({ create: true })).toBe(true);
    expect(await orm.connection.query('select * from author')).toEqual([]);
  });

  it('is emptied, or left alone, when it is ensured and exists', async () => {
    expect(await orm.schema.ensureDatabase({ create: true })).toBe(false);
    expect(await orm.connection.query('select name from author')).toEqual([{ name: 'Ada' }]);
    expect(await orm.schema.ensureDatabase({ clear: true })).toBe(false);
    expect(await orm.connection.query('select name from author')).toEqual([]);
  });

  it('may be closed twice', async () => {
    await orm.close();
    await orm.close();
    expect(() => orm.connection).toThrow('There is no connection to the database.');
  });
});

it('a file is gone once it was dropped', async () => {
  const dbName = join(folder, 'library.db');
  orm = await Dovetail.init({ entities: [Author], dbName });
  expect(existsSync(dbName)).toBe(true);
  await orm.schema.dropSchema({ dropDb: true });
  expect(existsSync(dbName)).toBe(false);
});

it('a file is opened again when it was removed meanwhile', async () => {
  const dbName = join(folder, 'library.db');
  orm = await Dovetail.init({ entities: [Author], dbName });
  rmSync(dbName);
  expect(await orm.schema.ensureDatabase({ create: true })).toBe(true);
  expect(await orm.connection.query('select * from author')).toEqual([]);
});

it('a schema, which SQLite does not have, is an error that names it', async () => {
  orm = await Dovetail.init({ entities: [Author], dbName: ':memory:' });
  await expect(orm.schema.updateSchema({ schema: 'sales' })).rejects.toMatchObject({ code: 'unsupported-feature' });
});
