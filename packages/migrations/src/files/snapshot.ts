import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { DovetailError, type KeptSchema, type Schema, type Server } from '@dovetail/core';
import {
  compareText,
  displayName,
  type Driver,
  isHint,
  messageOf,
  objectKey,
  type ObjectName,
} from '@dovetail/core/driver';
import type { MigrationFile } from './read-migrations.js';

/** The schema that the migrations lead to, as it is kept beside them. */
interface Snapshot {
  readonly version: number;
  /** The database that the schema is of, such as `SQLite`. */
  readonly database: string;
  /** The server that it was made for; absent in those of an earlier version. */
  readonly server?: Server | undefined;
  /** The migration that it was written with; absent in those of an earlier version. */
  readonly after?: SnapshotOrigin | undefined;
  /** True where a part of the schema is as the entities state it, for no database was asked how it shows that. */
  readonly offline?: true | undefined;
  readonly schema: Schema;
  /** What of the schema the entities state in other words; absent in those of an earlier version. */
  readonly stated?: Schema | undefined;
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
  driver: Driver,
  files: readonly MigrationFile[],
): Promise<KeptSchema | undefined> {
  if (path === undefined || !existsSync(path)) return undefined;
  const snapshot = parse(path, await readFile(path, 'utf8'));
  const { after } = snapshot;
  if (after !== undefined && !files.some((file) => isOrigin(file, after))) {
    throw invalid(path, `was written with ${after.name}, which is not there any more`);
  }
  if (snapshot.version === 1 && snapshot.database === driver.name) return keptIn(snapshot, driver);
  throw invalid(path, `is of ${snapshot.database}, version ${snapshot.version}, and this is ${driver.name}, version 1`);
}

function keptIn({ schema, stated, server, offline }: Snapshot, driver: Driver): KeptSchema {
  return {
    schema,
    stated: stated && restored(stated, schema, driver),
    isCanonical: offline !== true,
    server,
  };
}

function isOrigin({ name, checksum, migration }: MigrationFile, origin: SnapshotOrigin): boolean {
  const isSame = checksum !== undefined && checksum === origin.checksum;
  return name === origin.name || isSame || migration.replaces?.includes(origin.name) === true;
}

/** Writes a snapshot, the same for the same schema, with each thing on lines of its own. */
export async function writeSnapshot(
  path: string | undefined,
  driver: Driver,
  kept: KeptSchema,
  after: SnapshotOrigin | undefined,
): Promise<void> {
  if (path === undefined) return;
  const origin = after && { name: after.name, checksum: after.checksum };
  const [schema, stated] = [sorted(kept.schema), kept.stated && sorted(kept.stated)];
  const snapshot: Snapshot = {
    version: 1,
    database: driver.name,
    server: kept.server,
    after: origin,
    ...(!kept.isCanonical && { offline: true }),
    schema,
    stated: stated && inOtherWords(stated, schema, driver),
  };
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

/** Most things are stated as the database shows them, or nearly: only those that are not are kept twice. */
function inOtherWords(stated: Schema, schema: Schema, driver: Driver): Schema {
  return mapObjects(stated, schema, (items, shown) => {
    const byKey = keyed(shown, driver);
    return items.filter((item) => !isDeepStrictEqual(plain(item), plain(byKey.get(keyOf(item, driver)))));
  });
}

function restored(others: Schema, schema: Schema, driver: Driver): Schema {
  return mapObjects(others, schema, (items, shown) => {
    const byKey = keyed(items, driver);
    return shown.map((item) => byKey.get(keyOf(item, driver)) ?? item);
  });
}

function mapObjects(
  a: Schema,
  b: Schema,
  map: <Item extends ObjectName>(a: readonly Item[], b: readonly Item[]) => readonly Item[],
): Schema {
  return {
    namespaces: b.namespaces,
    enums: map(a.enums, b.enums),
    tables: map(a.tables, b.tables),
    views: map(a.views, b.views),
  };
}

function keyed<Item extends ObjectName>(items: readonly Item[], driver: Driver): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [keyOf(item, driver), item]));
}

function keyOf(name: ObjectName, { comparison }: Driver): string {
  return objectKey(name, comparison);
}

const parsePlain: (text: string) => unknown = JSON.parse;

/** As it is written, and read again. */
function plain(item: ObjectName | undefined): unknown {
  return parsePlain(JSON.stringify(item ?? null, withoutHints));
}

function withoutHints(key: string, value: unknown): unknown {
  return isHint(key) ? undefined : value;
}

const parseSnapshot: (text: string) => Snapshot = JSON.parse;

function parse(path: string, text: string): Snapshot {
  try {
    return parseSnapshot(text);
  } catch (error) {
    throw invalid(path, messageOf(error));
  }
}

function invalid(where: string, what: string): DovetailError {
  return new DovetailError('snapshot-invalid', 'The snapshot cannot be used. Nothing has been written.', [
    { where, what, remedy: 'restore it, or delete it: the next migration is written from the database then' },
  ]);
}
