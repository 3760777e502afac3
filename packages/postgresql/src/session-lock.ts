import { setTimeout as pause } from 'node:timers/promises';
import { type Connection, DovetailError, type ExclusiveOptions, rejectAborted } from '@dovetail/core/driver';
import { lockKey } from './session.js';

const pollInterval = 50;

/**
 * One update at a time, without a transaction: the lock is the session's. It is asked for again and again, for a query
 * that waits holds a snapshot, which `create index concurrently` would wait for in turn
 * (postgresql.org/docs/current/sql-createindex.html).
 */
export async function underLock<Result>(
  connection: Connection,
  { lockTimeout, signal }: ExclusiveOptions,
  body: () => Promise<Result>,
): Promise<Result> {
  const deadline = Date.now() + lockTimeout;
  while (!(await tryLock(connection))) {
    if (Date.now() >= deadline) throw busy();
    await pause(pollInterval);
    rejectAborted(signal);
  }
  try {
    return await body();
  } finally {
    // A connection that is broken holds no lock any more, and its own error says more than this one would.
    await connection.execute(`select pg_advisory_unlock(${lockKey})`).catch(() => undefined);
  }
}

async function tryLock(connection: Connection): Promise<boolean> {
  const [row] = await connection.query(`select pg_try_advisory_lock(${lockKey}) as locked`);
  return row?.locked === true;
}

function busy(): DovetailError {
  return new DovetailError(
    'database-busy',
    'Another update of the database did not finish in time. Nothing has been changed.',
    [{ where: 'lockTimeout', what: 'ran out while waiting', remedy: 'try again, or wait longer with lockTimeout' }],
  );
}
