import { listen } from '../abort.js';
import type { Connection } from '../driver.js';
import type { Batches } from '../model/plan.js';

/** How far a step is that deals with many rows. */
export interface RowProgress {
  /** How many rows are done. */
  readonly done: number;
  /** How many there were when it began. */
  readonly total: number;
}

const smallestBatch = 10_000;
const mostBatches = 100;

/**
 * Runs a statement part by part where it concerns many rows, and says whether that is all of it: what is left over, the
 * statement itself deals with.
 */
export async function runBatches(
  connection: Connection,
  { count, sql, complete }: Batches,
  run: (sql: string, parameters: readonly unknown[]) => Promise<void>,
  onProgress: (rows: RowProgress) => void,
): Promise<boolean> {
  const [row] = await connection.query(count);
  const total = Number(row?.count ?? 0);
  // The rows that are done are passed over each time, so that many small batches would take long.
  const size = Math.max(smallestBatch, Math.ceil(total / mostBatches));
  if (total <= size) return false;
  for (let done = size; done < total + size; done += size) {
    await run(sql, [size]);
    await listen();
    onProgress({ done: Math.min(done, total), total });
  }
  return complete === true;
}
