import type { Connection, RenameChange, Schema } from '@dovetail/core/driver';
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
  { namespaces }: Schema,
  renames: readonly RenameChange[],
): Promise<Schema> {
  const newNames = new Map(
    renames.flatMap((rename) => (rename.kind === 'rename-namespace' ? [[rename.namespace, rename.to] as const] : [])),
  );
  return withoutTrace(connection, async () => {
    await waitForUpdate(connection);
    for (const rename of renames) await connection.execute(renameStatement(rename).sql);
    return introspect(connection, { namespaces: namespaces.map((name) => newNames.get(name) ?? name) });
  });
}
