import { DovetailError } from './errors.js';

/**
 * Stops what the caller no longer wants.
 *
 * @throws DovetailError `aborted` where the signal says so. Whatever has been done must be rolled back then.
 */
export function rejectAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new DovetailError('aborted', 'The update was stopped. Nothing has been changed.', [], { cause: signal.reason });
}
