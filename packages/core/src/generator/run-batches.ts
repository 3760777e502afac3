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

/** Runs a statement part by part where it concerns many rows; what is left over, the statement itself deals with. */
export async function runBatches(
  connection: Connection,
  { count, sql }: Batches,
  run: (sql: string, parameters: readonly unknown[]) => Promise<void>,
  onProgress: (rows: RowProgress) => void,
): Promise<void> {
  const [row] = await connection.query(count);
  const total = Number(row?.count ?? 0);
  // The rows that are done are passed over each time, so that many small batches would take long.
  const size = Math.max(smallestBatch, Math.ceil(total / mostBatches));
  if (total <= size) return;
  for (let done = size; done < total + size; done += size) {
    await run(sql, [size]);
    onProgress({ done: Math.min(done, total), total });
  }
}
