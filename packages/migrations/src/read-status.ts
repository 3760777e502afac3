import { type MigrationFile, readMigrations } from './files/read-migrations.js';
import { type MigrationRecord, readLog } from './log/migration-log.js';
import type { MigratorContext } from './migrator-options.js';
import { type MigrationStatus, statusOf } from './status.js';

/** The migrations, as files and as the table keeps them. */
export interface MigrationsFound {
  readonly files: readonly MigrationFile[];
  readonly log: ReadonlyMap<string, MigrationRecord>;
  readonly statuses: readonly MigrationStatus[];
}

/** The migrations as files alone, where there is no database. */
export async function readFiles({ settings }: MigratorContext): Promise<MigrationsFound> {
  const [files, log] = [await readMigrations(settings), new Map<string, MigrationRecord>()];
  return { files, log, statuses: statusOf(files, log) };
}

export async function readStatus(context: MigratorContext): Promise<MigrationsFound> {
  const files = await readMigrations(context.settings);
  const log = await readLog(context);
  return { files, log, statuses: statusOf(files, log) };
}
