import { type EntityClass, ManyToOne } from '@dovetail/core';
import { Dovetail, sqliteDriver } from '@dovetail/sqlite';
import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { entity, id, integer, type Members, text } from '../conformance/entity.js';
import { failureOf } from '../conformance/given.js';
import { matching } from '../conformance/matching.js';

const before = library({ code: text() });
const after = library({ code: integer() });

function library(members: Members): readonly EntityClass[] {
  const author = entity('Author', { id, ...members });
  return [author, entity('Book', { id, author: ManyToOne(() => author, { deleteRule: 'cascade' }) })];
}

/** A file with an author and a book, and Dovetail on it with the entities that it shall have next. */
async function givenLibrary(lockTimeout = 200): Promise<{ readonly orm: Dovetail; readonly dbName: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'dovetail-test-'));
  const dbName = join(folder, 'library.db');
  const first = await Dovetail.init({ entities: before, dbName });
  await first.schema.createSchema();
  await first.connection.execute("insert into author (code) values ('7')");
  await first.connection.execute('insert into book (author_id) values (1)');
  await first.close();

  const orm = await Dovetail.init({ entities: after, dbName, schemaGenerator: { lockTimeout } });
  onTestFinished(async () => {
    await orm.close();
    rmSync(folder, { recursive: true });
  });
  return { orm, dbName };
}

async function pragma({ connection }: Dovetail, name: string): Promise<unknown> {
  const [row] = await connection.query(`pragma ${name}`);
  return Object.values(row ?? {})[0];
}

describe('foreign keys', () => {
  test.each([1, 0])('that are enforced on the connection (%i) before an update are after', async (enforced) => {
    const { orm } = await givenLibrary();
    await orm.connection.query(`pragma foreign_keys = ${enforced}`);

    await orm.schema.updateSchema();

    expect(await pragma(orm, 'foreign_keys')).toBe(enforced);
    expect(await orm.connection.query('select * from book')).toEqual([{ id: 1, author_id: 1 }]);
  });

  test('are enforced again after an update that failed', async () => {
    const { orm } = await givenLibrary();
    await orm.connection.query('pragma foreign_keys = on');
    const timeout = await pragma(orm, 'busy_timeout');

    const stop = new AbortController();
    const onProgress = (): void => stop.abort();
    await failureOf(() => orm.schema.updateSchema({ signal: stop.signal, onProgress }));

    expect(await pragma(orm, 'foreign_keys')).toBe(1);
    expect(await pragma(orm, 'busy_timeout')).toBe(timeout);
    expect(await pragma(orm, 'legacy_alter_table')).toBe(0);
  });

  test('that rows violated before do not stand in the way of an update', async () => {
    const { orm } = await givenLibrary();
    await orm.connection.query('pragma foreign_keys = off');
    await orm.connection.execute('insert into book (author_id) values (99)');

    await orm.schema.updateSchema();

    expect(await orm.connection.query('select author_id from book')).toEqual([{ author_id: 1 }, { author_id: 99 }]);
  });
});

test('a connection that is inside a transaction already is refused, and its transaction goes on', async () => {
  const { orm } = await givenLibrary();
  await orm.connection.query('pragma foreign_keys = on');
  await orm.connection.execute('begin');
  await orm.connection.execute("insert into author (code) values ('8')");

  const error = await failureOf(() => orm.schema.updateSchema());

  expect(error.message).toContain('transaction');
  expect(error.message).toContain('Nothing has been changed');
  await orm.connection.execute('commit');
  expect(await orm.connection.query('select code from author')).toEqual([{ code: '7' }, { code: '8' }]);
  await orm.schema.updateSchema();
});

describe('another connection that holds a write lock', () => {
  test('makes an update wait, and fail in words', async () => {
    const { orm, dbName } = await givenLibrary();
    const other = new Database(dbName);
    other.exec('begin immediate');

    const error = await failureOf(() => orm.schema.updateSchema());

    expect(error.code).toBe('database-busy');
    expect(error.message).toContain('Nothing has been changed');
    expect(error.problems).toMatchObject([{ remedy: matching(/lockTimeout/) }]);
    other.exec('commit');
    other.close();
    await orm.schema.updateSchema();
    expect(await orm.connection.query('select code from author')).toEqual([{ code: 7 }]);
  });

  test('does not keep a plan from being made', async () => {
    const { orm, dbName } = await givenLibrary();
    const other = new Database(dbName);
    other.exec('begin immediate');

    expect(await orm.schema.getUpdateSchemaSQL()).not.toBe('');

    other.close();
  });
});

test('an update after which the database would still differ is rolled back, and tells in what', async () => {
  const { orm } = await givenLibrary();

  const error = await failureOf(() =>
    orm.schema.updateSchema({
      onProgress: ({ kind, number }) => {
        if (kind === 'started' && number === 1) void orm.connection.execute('create table intruder (id integer)');
      },
    }),
  );

  expect(error.code).toBe('not-verified');
  expect(error.problems).toMatchObject([{ where: 'intruder' }]);
  expect(await orm.connection.query("select name from sqlite_schema where name = 'intruder'")).toEqual([]);
  expect(await orm.connection.query('select code from author')).toEqual([{ code: '7' }]);
});

test('a database in memory lives as long as its connection', async () => {
  const orm = await Dovetail.init({ entities: before, dbName: ':memory:' });

  await orm.schema.updateSchema();

  expect(await orm.schema.getUpdateSchemaSQL()).toBe('');
  await orm.close();
});

test('a file in write-ahead mode is updated as any other', async () => {
  const { orm, dbName } = await givenLibrary();
  await orm.connection.query('pragma journal_mode = wal');
  const reader = await sqliteDriver.connect({ dbName });
  await reader.execute('begin');
  await reader.query('select * from author');

  await orm.schema.updateSchema();

  expect(await reader.query('select code from author')).toEqual([{ code: '7' }]);
  await reader.close();
  expect(await orm.connection.query('select code from author')).toEqual([{ code: 7 }]);
});
