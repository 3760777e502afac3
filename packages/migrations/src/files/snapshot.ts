import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type DovetailError, type KeptSchema, type Schema, type Server } from '@dovetail/core';
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
import {
  type Origins,
  originsOf,
  rejectConflict,
  rejectOtherOrigins,
  type SnapshotOrigin,
  unusable,
} from './snapshot-origins.js';

/** The schema that the migrations lead to, as it is kept beside them. */
interface Snapshot {
  readonly version: number;
  /** The database that the schema is of, such as `SQLite`. */
  readonly database: string;
  /** The server that it was made for; absent in those of an earlier version. */
  readonly server?: Server | undefined;
  /** The migrations that it has the changes of; absent in those of an earlier version. */
  readonly migrations?: Origins | undefined;
  /** True where a part of the schema is as the entities state it, for no database was asked how it shows that. */
  readonly offline?: true | undefined;
  readonly schema: Schema;
  /** What of the schema the entities state in other words; absent in those of an earlier version. */
  readonly stated?: Schema | undefined;
}

/**
 * Reads a snapshot; nothing where there is none.
 *
 * @throws DovetailError `snapshot-invalid` where it cannot be read, is of another database, or has the changes of other
 * migrations than there are: one was removed, or another branch has brought one.
 */
export async function readSnapshot(
  path: string | undefined,
  driver: Driver,
  files: readonly MigrationFile[],
): Promise<KeptSchema | undefined> {
  if (path === undefined || !existsSync(path)) return undefined;
  const snapshot = parse(path, await readFile(path, 'utf8'));
  const { version, database, migrations } = snapshot;
  if (version !== 1 || database !== driver.name) {
    throw invalid(path, `is of ${database}, version ${version}, and this is ${driver.name}, version 1`);
  }
  if (migrations !== undefined) rejectOtherOrigins(path, migrations, files);
  return keptIn(snapshot, driver);
}

function keptIn({ schema, stated, server, offline }: Snapshot, driver: Driver): KeptSchema {
  return {
    schema,
    stated: stated && restored(stated, schema, driver),
    isCanonical: offline !== true,
    server,
  };
}

/** Writes a snapshot, the same for the same schema, with each thing on lines of its own. */
export async function writeSnapshot(
  path: string | undefined,
  driver: Driver,
  kept: KeptSchema,
  migrations: readonly SnapshotOrigin[],
): Promise<void> {
  if (path === undefined) return;
  const [schema, stated] = [sorted(kept.schema), kept.stated && sorted(kept.stated)];
  const snapshot: Snapshot = {
    version: 1,
    database: driver.name,
    server: kept.server,
    migrations: originsOf(migrations),
    ...(!kept.isCanonical && { offline: true }),
    schema: plain(schema),
    stated: stated && plain(inOtherWords(stated, schema, driver)),
  };
  await mkdir(dirname(path), { recursive: true });
  await write(path, snapshot);
}

/** Notes migrations that change nothing of the schema in the snapshot, where there is one that can be read. */
export async function noteInSnapshot(path: string | undefined, migrations: readonly SnapshotOrigin[]): Promise<void> {
  if (path === undefined || !existsSync(path)) return;
  const snapshot = parse(path, await readFile(path, 'utf8'));
  const known = snapshot.migrations;
  if (known !== undefined) await write(path, { ...snapshot, migrations: { ...known, ...originsOf(migrations) } });
}

async function write(path: string, snapshot: Snapshot): Promise<void> {
  await writeFile(path, `${JSON.stringify(snapshot, undefined, 2)}\n`);
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
    return items.filter((item) => !isDeepStrictEqual(plain(item), plain(byKey.get(keyOf(item, driver)) ?? null)));
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

/** As it is written, and read again. */
function plain<Value>(value: Value): Value {
  const parsePlain: (text: string) => Value = JSON.parse;
  return parsePlain(JSON.stringify(value, withoutHints));
}

function withoutHints(key: string, value: unknown): unknown {
  return isHint(key) ? undefined : value;
}

const parseSnapshot: (text: string) => Snapshot = JSON.parse;

function parse(path: string, text: string): Snapshot {
  rejectConflict(path, text);
  try {
    return parseSnapshot(text);
  } catch (error) {
    throw invalid(path, messageOf(error));
  }
}

function invalid(where: string, what: string): DovetailError {
  const remedy = 'restore it, or delete it: the next migration is written from the database then';
  return unusable([{ where, what, remedy }]);
}
