import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DovetailError, type Schema } from '@dovetail/core';
import { compareText, displayName } from '@dovetail/core/driver';
import type { MigrationFile } from './read-migrations.js';

/** The schema that the migrations lead to, as it is kept beside them. */
interface Snapshot {
  readonly version: number;
  /** The database that the schema is of, such as `SQLite`. */
  readonly database: string;
  /** The migration that it was written with; absent in those of an earlier version. */
  readonly after?: SnapshotOrigin | undefined;
  readonly schema: Schema;
}

/** A migration, told by either: its file may be renamed, or corrected before it is run. */
export type SnapshotOrigin = Pick<MigrationFile, 'name' | 'checksum'>;

/**
 * Reads a snapshot; nothing where there is none.
 *
 * @throws DovetailError `snapshot-invalid` where it cannot be read, is of another database, or has what none of the
 * migrations brings: the one that it was written with was removed.
 */
export async function readSnapshot(
  path: string | undefined,
  database: string,
  files: readonly MigrationFile[],
): Promise<Schema | undefined> {
  if (path === undefined || !existsSync(path)) return undefined;
  const snapshot = parse(path, await readFile(path, 'utf8'));
  const { after } = snapshot;
  if (after !== undefined && !files.some((file) => isOrigin(file, after))) {
    throw invalid(path, `was written with ${after.name}, which is not there any more`);
  }
  if (snapshot.version === 1 && snapshot.database === database) return snapshot.schema;
  throw invalid(path, `is of ${snapshot.database}, version ${snapshot.version}, and this is ${database}, version 1`);
}

function isOrigin({ name, checksum, migration }: MigrationFile, origin: SnapshotOrigin): boolean {
  const isSame = checksum !== undefined && checksum === origin.checksum;
  return name === origin.name || isSame || migration.replaces?.includes(origin.name) === true;
}

/** Writes a snapshot, the same for the same schema, with each thing on lines of its own. */
export async function writeSnapshot(
  path: string | undefined,
  database: string,
  schema: Schema,
  after: SnapshotOrigin | undefined,
): Promise<void> {
  if (path === undefined) return;
  const origin = after && { name: after.name, checksum: after.checksum };
  const snapshot: Snapshot = { version: 1, database, after: origin, schema: sorted(schema) };
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
