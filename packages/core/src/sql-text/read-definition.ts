import { DovetailError, type Problem } from '../errors.js';
import { UnreadableDefinition } from './token-reader.js';

/**
 * What `read` makes of the SQL that the catalog has of an object.
 *
 * @param place which object it is, and what to do where it cannot be read.
 * @throws DovetailError with the code `introspection-failed` where it cannot be read, and where in it.
 */
export function readDefinition<Result>(
  sql: string,
  read: (sql: string) => Result,
  place: () => Pick<Problem, 'where' | 'remedy'>,
): Result {
  try {
    return read(sql);
  } catch (cause) {
    if (!(cause instanceof UnreadableDefinition)) throw cause;
    const problem = { ...place(), what: cause.message };
    throw new DovetailError('introspection-failed', 'The catalog of the database could not be read.', [problem], {
      cause,
    });
  }
}
