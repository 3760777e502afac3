import { DovetailError } from '@dovetail/core';
import { messageOf } from '@dovetail/core/driver';

/** The error for a row that can't be written as it stands. */
export function invalidRow(where: string, what: string, remedy: string, options?: ErrorOptions): DovetailError {
  return new DovetailError('invalid-row', 'The rows cannot be written:', [{ where, what, remedy }], options);
}

/** What the database says of a statement, with the entity that it is about. */
export function refusedByDatabase(where: string, cause: unknown): unknown {
  if (cause instanceof DovetailError) return cause;
  const what = messageOf(cause);
  return new DovetailError('statement-failed', 'The database refused the rows:', [{ where, what, remedy: '' }], {
    cause,
  });
}
