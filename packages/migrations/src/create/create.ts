import { DovetailError, type Draft, type Schema, type StatedRenames } from '@dovetail/core';
import { emptySchema } from '@dovetail/core/driver';
import { checksumOf, type MigrationFile } from '../files/read-migrations.js';
import { readSnapshot, type SnapshotOrigin, writeSnapshot } from '../files/snapshot.js';
import type { MigratorContext } from '../migrator-options.js';
import { type MigrationsFound, readStatus } from '../read-status.js';
import type { MigrationStatus } from '../status.js';
import type { Created, CreatedFile, CreateOptions } from './create-options.js';
import { blank, type Content, draftMigrations } from './draft-migrations.js';
import { nameMigrations, writeFiles } from './write-migrations.js';

/** Writes the migration that brings the schema to the entities, and the snapshot of what it leads to. */
export async function create(context: MigratorContext, options: CreateOptions): Promise<Created> {
  const { settings, orm } = context;
  const found = await readStatus(context);
  const existing = found.statuses.map(({ name }) => name);
  if (options.initial === true) rejectExisting(existing);
  const draft = options.blank === true ? undefined : await draftFor(context, found, options);
  const { transactionalDdl } = orm.driver.capabilities(orm.connection.serverVersion);
  const contents = draft === undefined ? [blank] : draftMigrations(draft.plan, transactionalDdl);
  const files = await nameMigrations(settings, contents, existing, options.name);
  if (options.dump !== true) {
    await writeFiles(files);
    const after = originOf(files, contents) ?? found.files.at(-1);
    if (draft !== undefined) await writeSnapshot(settings.snapshot, orm.driver.name, draft.target, after);
  }
  return { files, plan: draft?.plan };
}

/** What is missing for the schema to be as the entities want it: by the snapshot, else by the database. */
async function draftFor(
  context: MigratorContext,
  { files, statuses }: MigrationsFound,
  { initial, renames }: CreateOptions,
): Promise<Draft> {
  const from = initial === true ? emptySchema : await snapshotOf(context, files);
  if (from === undefined) rejectPending(statuses);
  return draftFrom(context, from, renames);
}

/** The last migration of those that are written, by which the snapshot is found out where the file is removed. */
function originOf(files: readonly CreatedFile[], contents: readonly Content[]): SnapshotOrigin | undefined {
  const [file, content] = [files.at(-1), contents.at(-1)];
  return file && content && { name: file.name, checksum: checksumOf(content.up.map(({ sql }) => sql)) };
}

/** The schema that the migrations lead to, where that is kept. */
export function snapshotOf(
  { orm, settings }: MigratorContext,
  migrations: readonly MigrationFile[],
): Promise<Schema | undefined> {
  return readSnapshot(settings.snapshot, orm.driver.name, migrations);
}

/** What the entities want and the schema lacks; without a schema, what the database lacks. */
export function draftFrom(
  { orm, settings }: MigratorContext,
  from: Schema | undefined,
  renames?: StatedRenames,
): Promise<Draft> {
  const { safe, dropTables } = settings;
  return orm.schema.draft({ from, safe, dropTables, renames });
}

function rejectExisting(existing: readonly string[]): void {
  if (existing.length === 0) return;
  throw new DovetailError('already-exists', 'The first migration cannot be written. Nothing has been written.', [
    {
      where: existing[0] ?? '',
      what: 'exists already',
      remedy: 'leave out `initial`, which writes what is missing',
    },
  ]);
}

/** What the database lacks may be what a migration brings that is not run yet. */
function rejectPending(statuses: readonly MigrationStatus[]): void {
  const pending = statuses.filter(({ state }) => state !== 'applied');
  if (pending.length === 0) return;
  throw new DovetailError(
    'migration-pending',
    'Without a snapshot the database is compared with the entities, and it is behind the migrations. Nothing has been written.',
    pending.map(({ name, state }) => ({ where: name, what: `is ${state}`, remedy: 'run the migrations first: up' })),
  );
}
