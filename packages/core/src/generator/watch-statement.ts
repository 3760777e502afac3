import { setTimeout } from 'node:timers/promises';
import type { Connection } from '../driver.js';
import type { StatementProgress } from '../statement-progress.js';

/** How often the server is asked; a statement that takes less time is not asked about at all. */
const interval = 500;

/** Runs a statement, and tells from time to time how far the server is with it, where it can be asked. */
export async function watchStatement(
  { progress }: Pick<Connection, 'progress'>,
  run: () => Promise<void>,
  onProgress: (progress: StatementProgress) => void,
): Promise<void> {
  if (progress === undefined) {
    await run();
    return;
  }
  const ended = new AbortController();
  const watch = async (): Promise<void> => {
    while (await isStillRunning(ended.signal)) {
      // Who can't be asked now has no progress to tell of; the statement itself may be well.
      const found = await progress().catch(() => undefined);
      if (found !== undefined && !ended.signal.aborted) onProgress(found);
    }
  };
  const watched = watch().then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  try {
    await run();
  } finally {
    ended.abort();
  }
  const failure = await watched;
  if (failure !== undefined) throw failure.error;
}

/** Waits, unless the statement ends meanwhile. */
async function isStillRunning(ended: AbortSignal): Promise<boolean> {
  try {
    await setTimeout(interval, undefined, { signal: ended });
    return true;
  } catch {
    return false;
  }
}
