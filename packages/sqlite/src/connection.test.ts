import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DovetailError } from '@dovetail/core/driver';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from './connection.js';
import { dropDatabase, ensureDatabase } from './database-file.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dovetail-'));
  file = join(folder, 'test.db');
});

afterEach(() => rmSync(folder, { recursive: true }));

async function failureOf(promise: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DovetailError);
  return error instanceof DovetailError ? { code: error.code, message: error.message } : { code: '', message: '' };
}

describe('a connection', () => {
  test('runs statements and gives rows', async () => {
    const connection = await connect({ dbName: ':memory:' });
    await connection.execute('create table t (a, b)');
    await connection.execute('insert into t values (?, ?)', [1, 'x']);
    expect(await connection.query('select * from t where b = ?', ['x'])).toEqual([{ a: 1, b: 'x' }]);
    expect(await connection.query('insert into t values (2, null) returning a')).toEqual([{ a: 2 }]);
    await connection.execute('pragma journal_mode = delete');
    expect(connection.serverVersion).toMatch(/^3\.\d+\.\d+$/);
    await connection.close();
  });

  test('loses no digit of an integer, and gives numbers where they can hold it', async () => {
    const connection = await connect({ dbName: ':memory:' });
    const [row] = await connection.query("select 9007199254740993 as big, 42 as small, 1.5 as real, x'00' as bytes");
    expect(row).toEqual({ big: 9007199254740993n, small: 42, real: 1.5, bytes: Buffer.from([0]) });
    await connection.close();
  });

  test('opened for reading writes nothing', async () => {
    await ensureDatabase({ dbName: file });
    const connection = await connect({ dbName: file, readonly: true });
    expect(await connection.query('select 1 as one')).toEqual([{ one: 1 }]);
    const { code, message } = await failureOf(connection.execute('create table t (a)'));
    expect(code).toBe('statement-failed');
    expect(message).toContain(`${file}: is read-only`);
    await connection.close();
  });
});

describe('connect says what is wrong with', () => {
  test('a folder that is missing', async () => {
    const { code, message } = await failureOf(connect({ dbName: join(folder, 'missing', 'test.db') }));
    expect(code).toBe('connection-failed');
    expect(message).toContain(`its folder ${join(folder, 'missing')} does not exist`);
  });

  test('a file that is missing', async () => {
    const { code, message } = await failureOf(connect({ dbName: file }));
    expect(code).toBe('connection-failed');
    expect(message).toContain('does not exist');
    expect(existsSync(file)).toBe(false);
  });

  test('a file that is no database', async () => {
    writeFileSync(
      file,
      'a text file, and longer than the header of a database is: it has more than a hundred bytes in it',
    );
    const { code, message } = await failureOf(connect({ dbName: file }));
    expect(code).toBe('connection-failed');
    expect(message).toContain(`${file}: is not a SQLite database`);
  });

  test('a folder in place of a file', async () => {
    mkdirSync(file);
    const { code, message } = await failureOf(connect({ dbName: file }));
    expect(code).toBe('connection-failed');
    expect(message).toContain('is a folder');
  });

  test('a name that is empty', async () => {
    expect(await failureOf(connect({ dbName: '' }))).toMatchObject({ code: 'invalid-configuration' });
  });

  test('a database that somebody else has locked', async () => {
    await ensureDatabase({ dbName: file });
    const other = await connect({ dbName: file });
    await other.query('pragma locking_mode = exclusive');
    await other.execute('create table t (a)');
    expect(await failureOf(connect({ dbName: file, busyTimeout: 10 }))).toMatchObject({ code: 'database-busy' });
    await other.close();
  });
});

describe('ensureDatabase', () => {
  test('creates the file once, and says whether it did', async () => {
    expect(await ensureDatabase({ dbName: file })).toBe(true);
    expect(await ensureDatabase({ dbName: file })).toBe(false);
    const connection = await connect({ dbName: file });
    expect(await connection.query('select * from sqlite_schema')).toEqual([]);
    await connection.close();
  });

  test('has nothing to do in memory', async () => {
    expect(await ensureDatabase({ dbName: ':memory:' })).toBe(false);
  });

  test('creates no folders', async () => {
    const { message } = await failureOf(ensureDatabase({ dbName: join(folder, 'missing', 'test.db') }));
    expect(message).toContain('Create the folder first');
  });
});

describe('dropDatabase', () => {
  test('removes the file and what lies beside it', async () => {
    await ensureDatabase({ dbName: file });
    const connection = await connect({ dbName: file });
    await connection.execute('pragma journal_mode = wal');
    await connection.execute('create table t (a)');
    await connection.close();
    writeFileSync(`${file}-wal`, '');
    await dropDatabase({ dbName: file });
    expect(existsSync(file) || existsSync(`${file}-wal`)).toBe(false);
  });

  test('is content with what is gone already', async () => {
    await expect(dropDatabase({ dbName: file })).resolves.toBeUndefined();
    await expect(dropDatabase({ dbName: ':memory:' })).resolves.toBeUndefined();
  });

  test('keeps what is no database', async () => {
    writeFileSync(file, 'precious');
    expect(await failureOf(dropDatabase({ dbName: file }))).toMatchObject({ code: 'connection-failed' });
    expect(await failureOf(dropDatabase({ dbName: folder }))).toMatchObject({ code: 'connection-failed' });
    expect(existsSync(file)).toBe(true);
  });
});
