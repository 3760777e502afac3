import { type Connection, DovetailError } from '@dovetail/core/driver';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from './connection.js';
import { ensureDatabase } from './database-file.js';
import { exclusively } from './session.js';

let folder: string;
let dbName: string;
let connection: Connection;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dovetail-'));
  dbName = join(folder, 'test.db');
  await ensureDatabase({ dbName });
  connection = await connect({ dbName });
  await connection.execute('create table t (a unique)');
});

afterEach(async () => {
  await connection.close();
  rmSync(folder, { recursive: true });
});

const suspended = { lockTimeout: 100, suspendForeignKeys: true };
const enforced = { lockTimeout: 100, suspendForeignKeys: false };

async function pragmas(of = connection): Promise<readonly unknown[]> {
  const names = ['foreign_keys', 'legacy_alter_table', 'busy_timeout'];
  const rows = await Promise.all(names.map((name) => of.query(`pragma ${name}`)));
  return rows.flatMap(([row]) => Object.values(row ?? {}));
}

async function rows(of = connection): Promise<number> {
  return (await of.query('select a from t')).length;
}

async function failure(run: Promise<unknown>): Promise<DovetailError> {
  try {
    await run;
  } catch (error) {
    if (error instanceof DovetailError) return error;
    throw error;
  }
  throw new Error('It succeeded.');
}

describe('the pragmas', () => {
  it.each([
    ['on', 1],
    ['off', 0],
  ])('return to what they were, with foreign keys %s', async (_, value) => {
    await connection.query(`pragma foreign_keys = ${value}`);
    await connection.query('pragma legacy_alter_table = on');
    await connection.query('pragma busy_timeout = 123');
    const before = [value, 1, 123];

    await exclusively(connection, suspended, async () => {
      expect(await pragmas()).toEqual([0, 0, 100]);
      await connection.query('pragma legacy_alter_table = off');
    });
    expect(await pragmas()).toEqual(before);

    await expect(exclusively(connection, suspended, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await pragmas()).toEqual(before);

    const other = await connect({ dbName });
    await other.execute('begin immediate');
    await failure(exclusively(connection, suspended, async () => undefined));
    await other.close();
    expect(await pragmas()).toEqual(before);
  });

  it('leave foreign keys enforced where nothing needs them off', async () => {
    await connection.query('pragma foreign_keys = on');
    await exclusively(connection, enforced, async () => expect(await pragmas()).toEqual([1, 0, 100]));
  });
});

describe('the transaction', () => {
  it('is committed when the body succeeds, and gives its result', async () => {
    const result = await exclusively(connection, enforced, async () => {
      await connection.execute('insert into t values (1)');
      return 'done';
    });
    expect(result).toBe('done');
    expect(await rows()).toBe(1);
  });

  it('is rolled back when the body throws, and the error is the one of the body', async () => {
    const cause = new Error('no');
    const run = exclusively(connection, enforced, async () => {
      await connection.execute('insert into t values (1)');
      throw cause;
    });
    await expect(run).rejects.toBe(cause);
    expect(await rows()).toBe(0);
  });

  it('tells the first error when SQLite has rolled back by itself', async () => {
    await connection.execute('insert into t values (1)');
    const run = exclusively(connection, enforced, () => connection.execute('insert or rollback into t values (1)'));
    await expect(run).rejects.toThrow('UNIQUE constraint failed');
    expect(await rows()).toBe(1);
  });

  it('is rolled back when it cannot be committed', async () => {
    await connection.query('pragma foreign_keys = on');
    await connection.execute('create table c (p references t (a) deferrable initially deferred)');
    const error = await failure(
      exclusively(connection, enforced, () => connection.execute('insert into c values (7)')),
    );
    expect(error.code).toBe('statement-failed');
    expect(error.message).toContain('FOREIGN KEY constraint failed');
    expect(await connection.query('select * from c')).toEqual([]);
    await connection.execute('begin');
    await connection.execute('rollback');
  });
});

describe('the lock', () => {
  it('is waited for, without keeping its holder in the same process from going on', async () => {
    const other = await connect({ dbName });
    await other.execute('begin immediate');
    const waiting = exclusively(connection, { ...enforced, lockTimeout: 5000 }, () => rows());
    await pause(50);
    await other.execute('insert into t values (1)');
    await other.execute('commit');
    expect(await waiting).toBe(1);
    await other.close();
  });

  it('is an error when it does not come free in time', async () => {
    const other = await connect({ dbName });
    await other.execute('begin immediate');
    const error = await failure(exclusively(connection, enforced, async () => undefined));
    expect(error.code).toBe('database-busy');
    expect(error.message).toContain('lockTimeout');
    await other.close();
  });

  it('is no longer waited for when the caller wants to stop', async () => {
    const other = await connect({ dbName });
    await other.execute('begin immediate');
    const signal = AbortSignal.timeout(50);
    const error = await failure(
      exclusively(connection, { ...enforced, lockTimeout: 60_000, signal }, async () => undefined),
    );
    expect(error.code).toBe('aborted');
    await other.close();
  });

  it('is held by one after the other on one connection', async () => {
    const order: string[] = [];
    const run = (name: string): Promise<void> =>
      exclusively(connection, suspended, async () => {
        order.push(`${name} begins`);
        await pause(20);
        order.push(`${name} ends`);
      });
    await connection.query('pragma foreign_keys = on');
    await Promise.all([run('a'), run('b')]);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
    expect((await pragmas())[0]).toBe(1);
  });

  it('comes after the one that failed', async () => {
    const first = exclusively(connection, enforced, () => Promise.reject(new Error('no')));
    const second = exclusively(connection, enforced, () => rows());
    await expect(first).rejects.toThrow('no');
    expect(await second).toBe(0);
  });

  it('cannot be had inside a transaction of the caller, whose work stays as it is', async () => {
    await connection.query('pragma foreign_keys = on');
    await connection.execute('begin');
    await connection.execute('insert into t values (1)');
    for (const options of [enforced, suspended]) {
      const error = await failure(exclusively(connection, options, async () => undefined));
      expect(error.code).toBe('database-busy');
      expect(error.message).toContain('inside a transaction of its own');
    }
    await connection.execute('commit');
    expect(await rows()).toBe(1);
  });
});

describe('before the commit', () => {
  it('references that would be broken are an error, and those that were broken before are not', async () => {
    await connection.execute('insert into t values (1)');
    await connection.execute('create table child (parent references t (a))');
    await connection.query('pragma foreign_keys = off');
    await connection.execute('insert into child values (1), (9)');
    await exclusively(connection, suspended, async () => undefined);

    const error = await failure(exclusively(connection, suspended, () => connection.execute('delete from t')));
    expect(error.code).toBe('not-verified');
    expect(error.message).toContain('1 references between rows would be broken');
    expect(error.problems).toMatchObject([{ where: 'child' }]);
    expect(await rows()).toBe(1);
  });

  it('a foreign key that has lost the key it references is an error', async () => {
    await connection.execute('create table parent (a)');
    await connection.execute('create unique index u on parent (a)');
    await connection.execute('create table child (parent references parent (a))');
    const error = await failure(exclusively(connection, suspended, () => connection.execute('drop index u')));
    expect(error.problems).toMatchObject([{ where: 'child' }]);
    expect(error.message).toContain('foreign key mismatch');

    await connection.execute('drop index u');
    await exclusively(connection, suspended, async () => undefined);
  });

  it.each([
    ['a view', 'create view v as select a from t', 'alter table t rename to u', 'v'],
    [
      'a trigger',
      'create trigger r after insert on t begin insert into log values (new.a); end',
      'alter table log add b',
      't',
    ],
  ])('%s that would no longer work is an error', async (_, dependant, change, name) => {
    await connection.execute('create table log (a)');
    await connection.execute(dependant);
    const error = await failure(
      exclusively(connection, enforced, async () => {
        await connection.query('pragma legacy_alter_table = on');
        await connection.execute(change);
      }),
    );
    expect(error.code).toBe('not-verified');
    expect(error.problems).toMatchObject([{ where: name }]);
    expect(await rows()).toBe(0);
  });

  it('a view that worked no more before is left alone', async () => {
    await connection.execute('create view broken as select x from nowhere');
    await exclusively(connection, suspended, () => connection.execute('insert into t values (1)'));
    expect(await rows()).toBe(1);
  });
});
