import {
  cancellingOn,
  type Connection,
  DovetailError,
  type ExclusiveOptions,
  rejectAborted,
} from '@dovetail/core/driver';
import { updateHolders } from './lock-holders.js';

const exclusive = new WeakSet<Connection>();

/** One number for all updates of a database: advisory locks are the database's own. It spells `dovetail` in ASCII. */
export const lockKey = '7237133304323991916';

/** How long a trial waits for a lock, in milliseconds. */
const trialTimeout = 10_000;

/**
 * One update at a time, in one transaction. Everything that is set ends with the transaction, so that a pooler may hand
 * the session on. Another update, or a statement of anybody that holds a table, is waited for as long as `lockTimeout`.
 */
export async function exclusively<Result>(
  connection: Connection,
  options: ExclusiveOptions,
  body: () => Promise<Result>,
): Promise<Result> {
  // What another update has committed while this one waited must be seen, whatever the session's default is.
  await connection.execute('begin isolation level read committed read write');
  exclusive.add(connection);
  try {
    await connection.execute(`set local lock_timeout = ${options.lockTimeout}`);
    await lock(connection, options);
    const result = await body();
    await commit(connection);
    return result;
  } catch (error) {
    await rollback(connection, 'rollback');
    throw error;
  } finally {
    exclusive.delete(connection);
  }
}

/** Runs `body` in a transaction that leaves no trace, a part of the transaction that runs already if there is one. */
export async function withoutTrace<Result>(connection: Connection, body: () => Promise<Result>): Promise<Result> {
  const isNested = exclusive.has(connection);
  await connection.execute(isNested ? 'savepoint dovetail_trial' : 'begin read write');
  try {
    return await body();
  } finally {
    await rollback(connection, isNested ? 'rollback to savepoint dovetail_trial' : 'rollback');
  }
}

/** Waits for another update, in a transaction that leaves no trace: locks that it holds could be waited for in a ring. */
export async function waitForUpdate(connection: Connection): Promise<void> {
  if (exclusive.has(connection)) return;
  await connection.execute(`set local lock_timeout = ${trialTimeout}`);
  await connection.execute(`select pg_advisory_xact_lock(${lockKey})`);
}

async function lock(connection: Connection, { signal }: ExclusiveOptions): Promise<void> {
  rejectAborted(signal);
  try {
    await cancellingOn(signal, connection, () => connection.execute(`select pg_advisory_xact_lock(${lockKey})`));
  } catch (error) {
    rejectAborted(signal);
    throw isBusy(error) ? await busy(connection, error) : error;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof DovetailError && error.code === 'database-busy';
}

async function busy(connection: Connection, cause: unknown): Promise<DovetailError> {
  // In a transaction that has failed no query is answered.
  await rollback(connection, 'rollback');
  const holders = await updateHolders(connection.query, lockKey).catch(() => []);
  return new DovetailError(
    'database-busy',
    'Another update of the database did not finish in time. Nothing has been changed.',
    [
      { where: 'lockTimeout', what: 'ran out while waiting', remedy: 'try again, or wait longer with lockTimeout' },
      ...holders,
    ],
    { cause },
  );
}

/** When the answer to a commit is lost, so is whether it was one. */
async function commit(connection: Connection): Promise<void> {
  try {
    await connection.execute('commit');
  } catch (error) {
    if (!(error instanceof DovetailError) || error.code !== 'connection-failed') throw error;
    throw new DovetailError(
      'connection-failed',
      'The connection to the database was lost at the very end of the update: it was carried out, or nothing of it was.',
      [
        {
          where: 'commit',
          what: 'was sent and not answered',
          remedy: 'Run the update again; what is done stays done.',
        },
      ],
      { cause: error },
    );
  }
}

/** What made the transaction fail is what the caller has to see; a lost connection has rolled back already. */
async function rollback(connection: Connection, statement: string): Promise<void> {
  await connection.execute(statement).catch(() => undefined);
}
