import {
  type Change,
  type Connection,
  DovetailError,
  messageOf,
  type RenameChange,
  type Schema,
  type Statement,
  type View,
} from '@dovetail/core/driver';
import { dropView } from './ddl/create-view.js';
import { foreignProblems } from './ddl/owner-prechecks.js';
import { renameStatement } from './ddl/rename.js';
import { introspect } from './introspect.js';
import { waitForUpdate, withoutTrace } from './session.js';

/**
 * PostgreSQL itself follows a rename into every expression, trigger, view and foreign key, so it is asked: the renames
 * are carried out, the catalog is read, and all is taken back. That needs the table to itself, for a moment, so an update
 * that runs is waited for.
 */
export async function applyRenames(
  connection: Connection,
  before: Schema,
  renames: readonly RenameChange[],
  cleared: readonly View[],
): Promise<Schema> {
  rejectForeign([...cleared.map((view): Change => ({ kind: 'drop-view', view })), ...renames], before);
  const newNames = new Map(
    renames.flatMap((rename) => (rename.kind === 'rename-namespace' ? [[rename.namespace, rename.to] as const] : [])),
  );
  return withoutTrace(connection, async () => {
    await waitForUpdate(connection);
    for (const statement of [...cleared.map(dropView), ...renames.map(renameStatement)]) {
      await carryOut(connection, statement);
    }
    return introspect(connection, { namespaces: before.namespaces.map((name) => newNames.get(name) ?? name) });
  });
}

function rejectForeign(changes: readonly Change[], before: Schema): void {
  const problems = foreignProblems(changes, before);
  if (problems.length > 0) {
    throw new DovetailError('precheck-failed', 'The update is refused. Nothing has been changed.', problems);
  }
}

/** PostgreSQL drops no view that another one reads, and gives no table the name of another object. */
async function carryOut(connection: Connection, { sql, description }: Statement): Promise<void> {
  try {
    await connection.execute(sql);
  } catch (cause) {
    if (cause instanceof DovetailError) throw cause;
    throw new DovetailError(
      'statement-failed',
      'PostgreSQL refuses a rename. Nothing has been changed.',
      [
        {
          where: description,
          what: messageOf(cause),
          remedy: 'Drop what is in the way, or give it another name, first.',
        },
      ],
      { cause },
    );
  }
}
