import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DovetailError, type Schema } from '@dovetail/core';
import { compareText, displayName } from '@dovetail/core/driver';

/** The schema that the migrations lead to, as it is kept beside them. */
interface Snapshot {
  readonly version: number;
  /** The database that the schema is of, such as `SQLite`. */
  readonly database: string;
  readonly schema: Schema;
}

/**
 * Reads a snapshot; nothing where there is none.
 *
 * @throws DovetailError `snapshot-invalid` where it cannot be read, or is of another database.
 */
export async function readSnapshot(path: string | undefined, database: string): Promise<Schema | undefined> {
  if (path === undefined || !existsSync(path)) return undefined;
  const snapshot = parse(path, await readFile(path, 'utf8'));
  if (snapshot.version === 1 && snapshot.database === database) return snapshot.schema;
  throw invalid(path, `is of ${snapshot.database}, version ${snapshot.version}, and this is ${database}, version 1`);
}

/** Writes a snapshot, the same for the same schema, with each thing on lines of its own. */
export async function writeSnapshot(path: string | undefined, database: string, schema: Schema): Promise<void> {
  if (path === undefined) return;
  const snapshot: Snapshot = { version: 1, database, schema: sorted(schema) };
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(snapshot, withoutHints, 2)}\n`);
}

function sorted(schema: Schema): Schema {
  const byName = <Item extends { readonly schema?: string | undefined; readonly name: string }>(
    items: readonly Item[],
  ): Item[] => items.toSorted((a, b) => compareText(displayName(a), displayName(b)));
  return {
    namespaces: schema.namespaces,
    enums: byName(schema.enums),
    tables: byName(schema.tables),
    views: byName(schema.views),
  };
}

const hints = new Set(['previousName', 'ignoreSchemaChanges', 'managed']);

/** What entities say beside the schema is nothing that a database has. */
function withoutHints(key: string, value: unknown): unknown {
  return hints.has(key) ? undefined : value;
}

const parseSnapshot: (text: string) => Snapshot = JSON.parse;

function parse(path: string, text: string): Snapshot {
  try {
    return parseSnapshot(text);
  } catch (error) {
    throw invalid(path, error instanceof Error ? error.message : String(error));
  }
}

function invalid(where: string, what: string): DovetailError {
  return new DovetailError('snapshot-invalid', 'The snapshot cannot be used. Nothing has been written.', [
    { where, what, remedy: 'restore it, or delete it: the next migration is written from the database then' },
  ]);
}
