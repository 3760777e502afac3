import { diffSchemas } from '../diff/diff.js';
import { resolveRenames } from '../diff/renames.js';
import { DovetailError } from '../errors.js';
import type { RenameChange } from '../model/change.js';
import type { Schema } from '../model/schema.js';
import { describeChange } from '../plan/explain.js';
import { type ComparisonInput, type Difference, focus } from './compare.js';
import type { KeptSchema } from './kept-schema.js';
import { wantedChanges } from './wanted.js';

/** What is compared where there is no database. */
export type OfflineInput = Omit<ComparisonInput, 'connection'>;

/**
 * Says in what a schema that was kept differs from the desired one, without the database: what is stated as it was is
 * the same, and everything else is another.
 *
 * @throws DovetailError `snapshot-invalid` where it was not kept what was stated; `connection-failed` for a rename.
 */
export function compareOffline({ schema, stated }: KeptSchema, input: OfflineInput): Difference {
  const { driver, options } = input;
  if (stated === undefined) throw unstatedError();
  const [current, wanted] = [completed(stated, input), completed(input.desired, input)];
  rejectRenames(resolveRenames(current, wanted, driver.comparison, options));
  const changes = wantedChanges(diffSchemas(current, wanted, driver.comparison), schema, driver, options);
  return { before: schema, cleared: [], actual: schema, renames: [], changes };
}

/** With what the database adds by itself, as far as its driver can tell. */
function completed(content: Schema, input: OfflineInput): Schema {
  return focus(input.driver.canonicaliseOffline?.(content) ?? content, input);
}

/** What else a rename touches is known to the database alone. */
function rejectRenames(renames: readonly RenameChange[]): void {
  if (renames.length === 0) return;
  throw new DovetailError(
    'connection-failed',
    'A rename cannot be planned without the database. Nothing has been written.',
    renames.map((rename) => ({
      ...describeChange(rename),
      remedy: 'connect to a database where the migrations were run; or say that it is no rename',
    })),
  );
}

function unstatedError(): DovetailError {
  return new DovetailError('snapshot-invalid', 'The snapshot cannot be used without the database.', [
    {
      where: 'the snapshot',
      what: 'does not hold what the entities stated: an earlier version wrote it',
      remedy: 'write the next migration with a connection, which writes a snapshot that does',
    },
  ]);
}
