import { DovetailError, type Problem } from './errors.js';
import { messageOf } from './message-of.js';

/** The database does not let who is connected do what a statement does. */
export function notPermitted(cause: unknown): DovetailError {
  const remedy =
    'dovetail debug lists the privileges that are missing, with the statements that grant them; or connect as who has them';
  const problem = { where: 'privileges', what: 'who is connected lacks one of them', remedy };
  return new DovetailError('statement-failed', `The database does not permit it: ${messageOf(cause)}`, [problem], {
    cause,
  });
}

/** @param settings what says how long a statement may run: `statementTimeout of the connection` */
export function ranTooLong(cause: unknown, settings: string): DovetailError {
  const remedy = `let it run longer: ${settings}`;
  const problem = { where: 'statement', what: 'was stopped by the database, for it ran longer than it may', remedy };
  return new DovetailError('statement-failed', `The database stopped a statement: ${messageOf(cause)}`, [problem], {
    cause,
  });
}

/**
 * @param holders who has the lock, as far as that can be seen
 * @param settings what says how long is waited
 */
export function lockNotGiven(cause: unknown, holders: readonly Problem[], settings = 'lockTimeout'): DovetailError {
  const remedy = `try again when others have finished, or wait longer with ${settings}`;
  const unknown = { where: 'lock', what: `was not given in time: ${messageOf(cause)}`, remedy };
  return new DovetailError(
    'database-busy',
    'Somebody else holds a lock, and did not finish in time.',
    holders.length > 0 ? holders : [unknown],
    { cause },
  );
}
