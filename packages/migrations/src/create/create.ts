import { DovetailError, type Draft, type KeptSchema, nothingKept, type StatedRenames } from '@dovetail/core';
import { checksumOf, type MigrationFile } from '../files/read-migrations.js';
import { noteInSnapshot, readSnapshot, writeSnapshot } from '../files/snapshot.js';
import type { SnapshotOrigin } from '../files/snapshot-origins.js';
import type { MigratorContext } from '../migrator-options.js';
import { type MigrationsFound, readFiles, readStatus } from '../read-status.js';
import type { MigrationStatus } from '../status.js';
import type { Created, CreatedFile, CreateOptions } from './create-options.js';
import { blank, type Content, draftMigrations } from './draft-migrations.js';
import { nameMigrations, writeFiles } from './write-migrations.js';

/** Writes the migration that brings the schema to the entities, and the snapshot of what it leads to. */
export async function create(context: MigratorContext, options: CreateOptions): Promise<Created> {
  const { settings, orm } = context;
  const found = orm.isConnected() ? await readStatus(context) : await readFiles(context);
  const existing = found.statuses.map(({ name }) => name);
  if (options.initial === true) rejectExisting(existing);
  const draft = options.blank === true ? undefined : await draftFor(context, found, options);
  const contents = draft === undefined ? [blank] : draftMigrations(draft.plan, hasTransactionalDdl(draft, orm));
  const files = await nameMigrations(settings, contents, existing, options.name);
  if (options.dump !== true) {
    const written = asOrigins(files, contents);
    // First, for where the snapshot cannot be read, nothing is written.
    if (draft === undefined) await noteInSnapshot(settings.snapshot, written);
    await writeFiles(files);
    if (draft !== undefined)
      await writeSnapshot(settings.snapshot, orm.driver, draft.target, [...found.files, ...written]);
  }
  return { files, plan: draft?.plan };
}

/** What is missing for the schema to be as the entities want it: by the snapshot, else by the database. */
async function draftFor(
  context: MigratorContext,
  { files, statuses }: MigrationsFound,
  { initial, renames }: CreateOptions,
): Promise<Draft> {
  const from = initial === true ? nothingKept : await snapshotOf(context, files);
  if (from === undefined) {
    if (!context.orm.isConnected()) throw nothingToStartFrom(context);
    rejectPending(statuses);
  }
  return draftFrom(context, from, renames);
}

function hasTransactionalDdl({ target }: Draft, { driver }: MigratorContext['orm']): boolean {
  return driver.capabilities(target.server?.serverVersion).transactionalDdl;
}

function nothingToStartFrom({ settings }: MigratorContext): DovetailError {
  return new DovetailError('snapshot-invalid', 'Without the database a migration is written from the snapshot.', [
    {
      where: settings.snapshot ?? 'the option `snapshot`',
      what: settings.snapshot === undefined ? 'is off' : 'does not exist',
      remedy: 'connect to a database where the migrations were run; or write the first migration: `initial`',
    },
  ]);
}

/** The migrations that are written, as the snapshot knows them. */
function asOrigins(files: readonly CreatedFile[], contents: readonly Content[]): readonly SnapshotOrigin[] {
  return files.map(({ name }, index) => ({
    name,
    checksum: checksumOf(contents[index]?.up.map(({ sql }) => sql) ?? []),
  }));
}

/** The schema that the migrations lead to, where that is kept. */
export function snapshotOf(
  { orm, settings }: MigratorContext,
  migrations: readonly MigrationFile[],
): Promise<KeptSchema | undefined> {
  return readSnapshot(settings.snapshot, orm.driver, migrations);
}

/** What the entities want and the schema lacks; without a schema, what the database lacks. */
export function draftFrom(
  { orm, settings }: MigratorContext,
  from: KeptSchema | undefined,
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
    pending.map(({ name, state }) => ({ where: name, what: `is ${state}`, remedy: 'run the migrations first: `up`' })),
  );
}
