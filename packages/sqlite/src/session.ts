import { type Connection, DovetailError, type ExclusiveOptions } from '@dovetail/core/driver';
import { brokenDependants } from './dependants.js';
import { foreignKeyViolations, rejectNewViolations } from './foreign-key-check.js';

/**
 * One writer at a time, in one transaction. Foreign keys are switched off outside of it, because inside a transaction
 * the pragma is silently ignored (sqlite.org/pragma.html#pragma_foreign_keys); what the plan leaves is checked before
 * it is committed, and every pragma returns to what it was.
 */
export async function exclusively<Result>(
  connection: Connection,
  { lockTimeout, suspendForeignKeys }: ExclusiveOptions,
  body: () => Promise<Result>,
): Promise<Result> {
  const timeout = await readPragma(connection, 'busy_timeout', 'timeout');
  const enforced = await readPragma(connection, 'foreign_keys', 'foreign_keys');
  await connection.query(`pragma busy_timeout = ${lockTimeout}`);
  try {
    if (suspendForeignKeys) await switchForeignKeys(connection, 0);
    return await inTransaction(connection, suspendForeignKeys ? () => keepingIntegrity(connection, body) : body);
  } finally {
    await connection.query('pragma legacy_alter_table = off');
    await connection.query(`pragma foreign_keys = ${enforced}`);
    await connection.query(`pragma busy_timeout = ${timeout}`);
  }
}

async function inTransaction<Result>(connection: Connection, body: () => Promise<Result>): Promise<Result> {
  await begin(connection);
  try {
    const result = await body();
    await connection.execute('commit');
    return result;
  } catch (error) {
    await connection.execute('rollback');
    throw error;
  }
}

async function begin(connection: Connection): Promise<void> {
  try {
    await connection.execute('begin immediate');
  } catch (error) {
    if (!isBusy(error)) throw error;
    throw new DovetailError(
      'database-busy',
      'Another connection is writing to the database and did not finish in time. Nothing has been changed.',
      [{ where: 'lockTimeout', what: 'ran out while waiting', remedy: 'try again, or wait longer with lockTimeout' }],
      { cause: error },
    );
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}

/** Nothing that held before may be broken after: references between rows, views, triggers. */
async function keepingIntegrity<Result>(connection: Connection, body: () => Promise<Result>): Promise<Result> {
  const violations = await foreignKeyViolations(connection);
  const broken = await brokenDependants(connection);
  const result = await body();
  rejectNewViolations(violations, await foreignKeyViolations(connection));
  rejectBroken((await brokenDependants(connection)).filter(({ name }) => !broken.some((other) => other.name === name)));
  return result;
}

function rejectBroken(broken: Awaited<ReturnType<typeof brokenDependants>>): void {
  if (broken.length === 0) return;
  throw new DovetailError(
    'not-verified',
    'Views or triggers would no longer work. Everything has been rolled back.',
    broken.map(({ name, reason }) => ({
      where: name,
      what: reason,
      remedy: 'change or drop it first; it stands in the database and no entity describes it',
    })),
  );
}

async function switchForeignKeys(connection: Connection, value: 0 | 1): Promise<void> {
  await connection.query(`pragma foreign_keys = ${value}`);
  if ((await readPragma(connection, 'foreign_keys', 'foreign_keys')) === value) return;
  throw new DovetailError(
    'statement-failed',
    'Foreign keys cannot be switched off, because the connection is inside a transaction. Nothing has been changed.',
  );
}

async function readPragma(connection: Connection, pragma: string, column: string): Promise<number> {
  const [row] = await connection.query(`pragma ${pragma}`);
  return Number(row?.[column]);
}
