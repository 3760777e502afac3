import { DovetailError } from '@dovetail/core';
import { fingerprint, inTransaction } from '@dovetail/core/driver';
import { checksumOf } from '../files/read-migrations.js';
import { type Direction, type MigrationRecord, type Progress, removeRecord, saveRecord } from '../log/migration-log.js';
import type { MigratorContext } from '../migrator-options.js';
import { interruption } from '../status.js';
import { type Part, runPart } from './run-part.js';
import type { Run } from './run-one.js';

/**
 * Runs the parts of a migration where each is committed by itself, and keeps after each how far it came, with a hash of
 * the schema. When the process ends between a statement and the keeping of it, the schema tells the next one whether the
 * statement was carried out. Where the database ends a transaction at each DDL statement, what changes rows alone is
 * committed together with the keeping.
 */
export async function runStepwise(
  context: MigratorContext,
  run: Run,
  parts: readonly Part[],
  record: MigrationRecord | undefined,
): Promise<void> {
  const { orm } = context;
  const { file, direction } = run;
  const { transactionalDdl } = orm.driver.capabilities(orm.connection.serverVersion);
  const keep = async (done: number): Promise<void> => {
    const progress: Progress = { direction, done, schema: await readFingerprint(context) };
    const checksum = direction === 'up' ? checksumOf(file.migration.up, done) : file.checksum;
    await saveRecord(context, { ...record, name: file.name, checksum, progress });
  };

  /** What failed may have left something behind, as an index that is not valid: it was not carried out for all that. */
  const keepFailed = (index: number, { kind }: Part): Promise<void> =>
    index === 0 && kind === 'statement' ? keepAsBefore(context, run, record) : keep(index);

  const start = await whereToStart(context, parts, record?.progress);
  await keep(start);
  for (const [index, part] of parts.entries()) {
    if (index < start) continue;
    const runAndKeep = async (): Promise<void> => {
      await runPart(orm.connection, part, run, { kind: 'kept', done: index, total: parts.length });
      await keep(index + 1);
    };
    try {
      await (transactionalDdl ? runAndKeep() : inTransaction(orm.connection, runAndKeep));
    } catch (error) {
      // Where the connection is lost, nobody knows whether the statement was carried out, and nothing can be kept.
      await keepFailed(index, part).catch(() => undefined);
      throw error;
    }
  }
}

/** Nothing of it was carried out, so it stands as it did. */
async function keepAsBefore(
  context: MigratorContext,
  { file }: Run,
  record: MigrationRecord | undefined,
): Promise<void> {
  await (record === undefined ? removeRecord(context, file.name) : saveRecord(context, record));
}

/** A function is run again, for nobody knows how far it came. */
async function whereToStart(
  context: MigratorContext,
  parts: readonly Part[],
  progress: Progress | undefined,
): Promise<number> {
  if (progress === undefined) return 0;
  const { done, schema } = progress;
  if (parts[done]?.kind !== 'statement') return done;
  return schema === (await readFingerprint(context)) ? done : done + 1;
}

async function readFingerprint({ orm }: MigratorContext): Promise<string> {
  return fingerprint(await orm.schema.introspect());
}

/** @throws DovetailError `migration-interrupted` when the migration is half-way in the other direction. */
export function rejectHalfWay(record: MigrationRecord | undefined, direction: Direction): void {
  const halfWay = record?.progress?.direction;
  if (record === undefined || halfWay === undefined || halfWay === direction) return;
  throw new DovetailError('migration-interrupted', 'A migration is half-way. Nothing has been done.', [
    interruption(record.name, halfWay),
  ]);
}
