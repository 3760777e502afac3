import type { MigrationFile } from '../files/read-migrations.js';
import {
  type Direction,
  ensureLog,
  type MigrationRecord,
  readLog,
  removeRecord,
  saveRecord,
} from '../log/migration-log.js';
import type { Statements } from '../migration.js';
import type { MigratorContext } from '../migrator-options.js';
import { isReplacement, replacedBy } from '../status.js';
import { rejectHalfWay, runStepwise } from './run-stepwise.js';
import { type Part, runPart } from './run-part.js';

/** One migration that is to be run. */
export interface Run {
  readonly file: MigrationFile;
  readonly direction: Direction;
  /** Whether all of it is rolled back when a part of it fails. */
  readonly isAtomic: boolean;
  /** The names of those before it, which would be rolled back with it. */
  readonly before: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs one migration, under the lock, and keeps that it was run. Where another process was quicker, there is nothing
 * left to do; it says whether there was.
 */
export async function runOne(context: MigratorContext, run: Run): Promise<boolean> {
  const { file, direction, isAtomic, before } = run;
  await ensureLog(context);
  const record = await readRecord(context, file);
  rejectHalfWay(record, direction);
  const isDone = direction === 'up' ? record !== undefined && record.progress === undefined : record === undefined;
  if (isDone) return false;

  const start = performance.now();
  const parts = partsOf(direction === 'up' ? file.migration.up : (file.migration.down ?? []));
  if (isAtomic)
    for (const part of parts) await runPart(context.orm.connection, part, run, { kind: 'rolled back', before });
  else await runStepwise(context, run, parts, record);
  if (direction === 'down') await removeRecord(context, file.name);
  else await saveRecord(context, finished(file, performance.now() - start));
  return true;
}

/** What the table keeps of a migration that was run. */
export function finished({ name, checksum }: MigrationFile, duration: number): MigrationRecord {
  return { name, checksum, appliedAt: new Date().toISOString(), duration: Math.round(duration) };
}

/** The record of a migration that takes the place of others takes the place of theirs, and is there before they go. */
async function readRecord(context: MigratorContext, file: MigrationFile): Promise<MigrationRecord | undefined> {
  const log = await readLog(context);
  const isUnknown = isReplacement(file, log);
  const record = isUnknown ? finished(file, 0) : log.get(file.name);
  if (record === undefined) return undefined;
  if (isUnknown) await saveRecord(context, record);
  for (const name of replacedBy(file).filter((replaced) => log.has(replaced))) await removeRecord(context, name);
  return record;
}

function partsOf(statements: Statements): readonly Part[] {
  if (typeof statements === 'function') return [{ kind: 'function', run: statements }];
  return statements.map((sql) => ({ kind: 'statement', sql }));
}
