import type { Connection } from './driver.js';

/**
 * Runs `body` in a transaction, committed when it succeeds and rolled back when it throws. The three words are the same in
 * every database.
 */
export async function inTransaction<Result>(connection: Connection, body: () => Promise<Result>): Promise<Result> {
  await connection.execute('begin');
  try {
    const result = await body();
    await connection.execute('commit');
    return result;
  } catch (error) {
    await connection.execute('rollback').catch(() => undefined);
    throw error;
  }
}
