import { type Connection, DovetailError, type ExclusiveOptions, messageOf, rejectAborted } from '@dovetail/core/driver';
import { setTimeout as pause } from 'node:timers/promises';
import { brokenDependants, newlyBroken } from './dependants.js';
import { foreignKeyViolations, rejectNewViolations } from './foreign-key-check.js';

/**
 * One writer at a time, in one transaction. Foreign keys are switched off outside of it, because inside a transaction
 * the pragma is silently ignored (sqlite.org/pragma.html#pragma_foreign_keys); what the plan leaves is checked before
 * it is committed, and every pragma returns to what it was.
 */
export async function exclusively<Result>(
  connection: Connection,
  options: ExclusiveOptions,
  body: () => Promise<Result>,
): Promise<Result> {
  // Without a transaction there is no lock either: each statement takes its own (sqlite.org/lockingv3.html).
  if (options.transaction === false) return inTurn(connection, body);
  return inTurn(connection, () =>
    keepingPragmas(connection, async () => {
      await begin(connection, options);
      return commitOrRollBack(connection, () => keepingIntegrity(connection, options, body));
    }),
  );
}

const turns = new WeakMap<Connection, Promise<unknown>>();

/** On one connection there is one transaction: who comes second waits for the first. */
async function inTurn<Result>(connection: Connection, run: () => Promise<Result>): Promise<Result> {
  const turn = (turns.get(connection) ?? Promise.resolve()).then(run);
  turns.set(
    connection,
    turn.catch(() => undefined),
  );
  return turn;
}

const pragmas = ['busy_timeout', 'foreign_keys', 'legacy_alter_table'] as const;

type Pragma = (typeof pragmas)[number];

async function keepingPragmas<Result>(connection: Connection, run: () => Promise<Result>): Promise<Result> {
  const before = new Map<Pragma, number>();
  for (const pragma of pragmas) before.set(pragma, await readPragma(connection, pragma));
  const restore = async (): Promise<void> => {
    for (const [pragma, value] of before) await setPragma(connection, pragma, value);
  };
  try {
    const result = await run();
    await restore();
    return result;
  } catch (error) {
    await restore().catch(() => undefined);
    throw error;
  }
}

const pollInterval = 20;

/**
 * Waits for the lock without blocking, for the one that holds it may be of this process. A transaction on this very
 * connection, such as a reading of the catalog, is waited for as well.
 */
async function begin(connection: Connection, options: ExclusiveOptions): Promise<void> {
  const deadline = Date.now() + options.lockTimeout;
  await setPragma(connection, 'busy_timeout', 0);
  for (;;) {
    const obstacle = await tryToBegin(connection, options);
    if (obstacle === undefined) break;
    if (Date.now() >= deadline) throw obstacle;
    await pause(pollInterval);
    rejectAborted(options.signal);
  }
  // Readers that finish late hold up a commit.
  await setPragma(connection, 'busy_timeout', options.lockTimeout);
  // The legacy form of renaming would leave views and triggers with the old names.
  await setPragma(connection, 'legacy_alter_table', 0);
}

/** What stands in the way, if anything does. */
async function tryToBegin(
  connection: Connection,
  { suspendForeignKeys }: ExclusiveOptions,
): Promise<DovetailError | undefined> {
  if (suspendForeignKeys) await setPragma(connection, 'foreign_keys', 0);
  try {
    await connection.execute('begin immediate');
  } catch (error) {
    if (isBusy(error)) return busy(error);
    if (isNested(error)) return nested(error);
    throw error;
  }
  if (!suspendForeignKeys || (await readPragma(connection, 'foreign_keys')) === 0) return undefined;
  await connection.execute('rollback');
  return nested();
}

async function commitOrRollBack<Result>(connection: Connection, body: () => Promise<Result>): Promise<Result> {
  try {
    const result = await body();
    await commit(connection);
    return result;
  } catch (error) {
    await rollBack(connection);
    throw error;
  }
}

async function commit(connection: Connection): Promise<void> {
  try {
    await connection.execute('commit');
  } catch (error) {
    if (isBusy(error)) throw busy(error);
    const what = messageOf(error);
    throw new DovetailError(
      'statement-failed',
      'The update could not be committed. Everything has been rolled back.',
      [{ where: 'commit', what, remedy: '' }],
      { cause: error },
    );
  }
}

/** After some errors SQLite has rolled back by itself (sqlite.org/lang_transaction.html); the first error is the one to tell. */
async function rollBack(connection: Connection): Promise<void> {
  try {
    await connection.execute('rollback');
  } catch {
    return;
  }
}

/** Nothing that held before may be broken after: references between rows, views, triggers. */
async function keepingIntegrity<Result>(
  connection: Connection,
  { suspendForeignKeys }: ExclusiveOptions,
  body: () => Promise<Result>,
): Promise<Result> {
  const violations = suspendForeignKeys ? await foreignKeyViolations(connection) : [];
  const broken = await brokenDependants(connection);
  const result = await body();
  if (suspendForeignKeys) rejectNewViolations(violations, await foreignKeyViolations(connection));
  rejectBroken(newlyBroken(broken, await brokenDependants(connection)));
  return result;
}

function rejectBroken(broken: ReturnType<typeof newlyBroken>): void {
  if (broken.length === 0) return;
  throw new DovetailError(
    'not-verified',
    'Views or triggers would no longer work. Everything has been rolled back.',
    broken.map(({ name, reason }) => ({
      where: name,
      what: reason,
      remedy: 'change or drop the view, or the trigger that stands on it, first; no entity describes it',
    })),
  );
}

async function setPragma(connection: Connection, pragma: Pragma, value: number): Promise<void> {
  await connection.query(`pragma ${pragma} = ${value}`);
}

async function readPragma(connection: Connection, pragma: Pragma): Promise<number> {
  const [row] = await connection.query(`pragma ${pragma}`);
  return Number(Object.values(row ?? {})[0]);
}

function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY') || codeOf(error).startsWith('SQLITE_LOCKED');
}

function isNested(error: unknown): boolean {
  return error instanceof Error && error.message.includes('within a transaction');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function busy(cause: unknown): DovetailError {
  return new DovetailError(
    'database-busy',
    'Another connection is using the database and did not finish in time. Nothing has been changed.',
    [{ where: 'lockTimeout', what: 'ran out while waiting', remedy: 'try again, or wait longer with lockTimeout' }],
    { cause },
  );
}

function nested(cause?: unknown): DovetailError {
  return new DovetailError(
    'database-busy',
    'The connection is inside a transaction of its own. Nothing has been changed.',
    [
      {
        where: 'the connection',
        what: 'has begun a transaction and not ended it',
        remedy: 'commit it or roll it back',
      },
    ],
    { cause },
  );
}
