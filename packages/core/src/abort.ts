import { setImmediate } from 'node:timers/promises';
import type { Connection } from './driver.js';
import { DovetailError } from './errors.js';
import { type Outcome, untouched } from './outcome.js';

/**
 * Stops what the caller no longer wants.
 *
 * @param outcome what the stop leaves behind; where it is not given, whatever has been done must be rolled back.
 * @throws DovetailError `aborted` where the signal says so.
 */
export function rejectAborted(signal: AbortSignal | undefined, { sentence, steps }: Outcome = untouched): void {
  if (signal?.aborted !== true) return;
  throw new DovetailError('aborted', `The update was stopped. ${sentence}`, steps, { cause: signal.reason });
}

/** Lets the program hear what has happened: where a statement keeps it waiting, there is no other time for that. */
export async function listen(): Promise<void> {
  await setImmediate();
}

/**
 * Runs `body`, and asks the database to stop what it is doing as soon as the signal says so; the statement that runs
 * then fails. Where a database can't be asked, the statement runs to its end.
 */
export async function cancellingOn<Result>(
  signal: AbortSignal | undefined,
  { cancel }: Pick<Connection, 'cancel'>,
  body: () => Promise<Result>,
): Promise<Result> {
  let cancelled: Promise<void> | undefined;
  const listener = (): void => {
    cancelled = cancel?.().catch(() => undefined);
  };
  signal?.addEventListener('abort', listener, { once: true });
  try {
    return await body();
  } finally {
    signal?.removeEventListener('abort', listener);
    // What comes next must not be cancelled in its place.
    await cancelled;
  }
}
