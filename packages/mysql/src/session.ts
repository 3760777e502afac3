import { createHash } from 'node:crypto';
import {
  cancellingOn,
  type Connection,
  DovetailError,
  type ExclusiveOptions,
  rejectAborted,
} from '@dovetail/core/driver';
import { namedLockHolders } from './lock-holders.js';

/**
 * One update of the database at a time, under a lock that the server releases with the connection. DDL commits by
 * itself, so there is no transaction (refman/9.7/en/implicit-commit.html). A statement waits for a table or a row that
 * somebody holds as long as for the lock; the server's own limits are a year and 50 seconds.
 */
export async function exclusively<Result>(
  connection: Connection,
  options: ExclusiveOptions,
  body: () => Promise<Result>,
): Promise<Result> {
  const name = await lockName(connection);
  await lock(connection, name, options);
  try {
    const seconds = secondsOf(options);
    await connection.execute(`set @dovetail_lock_wait = @@session.lock_wait_timeout,
      @dovetail_row_lock_wait = @@session.innodb_lock_wait_timeout,
      session lock_wait_timeout = ${seconds}, session innodb_lock_wait_timeout = ${seconds}`);
    if (options.suspendForeignKeys) await connection.execute('set session foreign_key_checks = off');
    return await body();
  } finally {
    await release(connection, name, options);
  }
}

/** Whole seconds, one at least. */
function secondsOf({ lockTimeout }: ExclusiveOptions): number {
  return Math.max(1, Math.ceil(lockTimeout / 1000));
}

/** The lock's name is of the whole server, and has at most 64 characters (refman/9.7/en/locking-functions.html). */
async function lockName(connection: Connection): Promise<string> {
  const [row] = await connection.query('select database() as name');
  return `dovetail:${createHash('sha256').update(String(row?.name)).digest('hex').slice(0, 32)}`;
}

async function lock(connection: Connection, name: string, options: ExclusiveOptions): Promise<void> {
  const { signal, lockTimeout } = options;
  rejectAborted(signal);
  const isLocked = await cancellingOn(signal, connection, () => tryToLock(connection, name, lockTimeout)).catch(
    (error: unknown) => {
      rejectAborted(signal);
      throw error;
    },
  );
  if (isLocked) return;
  rejectAborted(signal);
  throw new DovetailError('database-busy', 'Another update did not finish in time. Nothing has been changed.', [
    { where: 'lockTimeout', what: 'ran out while waiting', remedy: 'try again, or wait longer with lockTimeout' },
    ...(await namedLockHolders(connection.query, name)),
  ]);
}

async function tryToLock(connection: Connection, name: string, timeout: number): Promise<boolean> {
  const [row] = await connection.query('select get_lock(?, ?) as locked', [name, Math.ceil(timeout / 1000)]);
  return Number(row?.locked) === 1;
}

/** A connection that is broken holds no lock any more, and its own error says more than this one would. */
async function release(connection: Connection, name: string, { suspendForeignKeys }: ExclusiveOptions): Promise<void> {
  try {
    if (suspendForeignKeys) await connection.execute('set session foreign_key_checks = on');
    await connection.execute(`set session lock_wait_timeout = @dovetail_lock_wait,
      session innodb_lock_wait_timeout = @dovetail_row_lock_wait`);
    await connection.query('select release_lock(?)', [name]);
  } catch {
    return;
  }
}
