import { DovetailError } from '@dovetail/core';
import type { MigrationFile } from '../files/read-migrations.js';
import type { MigratorContext } from '../migrator-options.js';
import { readFiles, readStatus } from '../read-status.js';
import { rejectFaults } from '../status.js';
import { advisingBaseline } from './advise-baseline.js';
import { batchesOf, runAll } from './run-all.js';
import type { RunOptions } from './run-options.js';
import { select } from './select.js';

/** Runs the migrations that were not run yet, and gives their names. */
export async function up(context: MigratorContext, options: RunOptions): Promise<readonly string[]> {
  const { files, statuses } = await readStatus(context);
  const open = statuses.filter(({ state }) => state !== 'applied').map(({ name }) => name);
  const names = select(open, namesOf(files), options, 'up');
  // Those that are asked for by name may be run whatever came after them.
  const isAsked = options.only !== undefined;
  rejectFaults(isAsked ? statuses.filter(({ state }) => state !== 'out-of-order') : statuses);
  const runs = names.flatMap((name) => find(files, name)).map((file) => ({ file, direction: 'up' as const }));
  const work = runAll(context, runs, options);
  return statuses.every(({ state }) => state === 'pending') ? advisingBaseline(work, names[0]) : work;
}

/** @throws DovetailError `migration-invalid` where a migration cannot be read, or not be run by this database. */
export async function rejectUnrunnable(context: MigratorContext): Promise<void> {
  const { files } = await readFiles(context);
  batchesOf(
    context,
    files.map((file) => ({ file, direction: 'up' as const })),
  );
}

/** Takes migrations back, the last one unless the options say otherwise, and gives their names. */
export async function down(context: MigratorContext, options: RunOptions): Promise<readonly string[]> {
  const files = await filesToTakeBack(context, options);
  const runs = files.map((file) => ({ file, direction: 'down' as const }));
  return runAll(context, runs, options);
}

/** A migration that would be taken back. */
export interface PlannedDown {
  readonly name: string;
  /** The statements that do it; absent where a function does. */
  readonly statements?: readonly string[] | undefined;
}

export async function planDown(context: MigratorContext, options: Range): Promise<readonly PlannedDown[]> {
  const files = await filesToTakeBack(context, options);
  return files.map(({ name, migration: { down: statements } }) => ({
    name,
    statements: typeof statements === 'function' ? undefined : statements,
  }));
}

type Range = Pick<RunOptions, 'to' | 'from' | 'only'>;

async function filesToTakeBack(context: MigratorContext, options: Range): Promise<readonly MigrationFile[]> {
  const { files, statuses } = await readStatus(context);
  const applied = statuses.filter(({ state }) => state !== 'pending' && state !== 'out-of-order').toReversed();
  const isOpen = options.to === undefined && options.from === undefined && options.only === undefined;
  const candidates = applied.map(({ name }) => name);
  const names = isOpen ? candidates.slice(0, 1) : select(candidates, namesOf(files), options, 'down');
  rejectFaults(applied.filter(({ name }) => names.includes(name)));
  const chosen = names.flatMap((name) => find(files, name));
  rejectIrreversible(chosen);
  return chosen;
}

function namesOf(files: readonly MigrationFile[]): readonly string[] {
  return files.map(({ name }) => name);
}

function find(files: readonly MigrationFile[], name: string): readonly MigrationFile[] {
  return files.filter((file) => file.name === name);
}

function rejectIrreversible(files: readonly MigrationFile[]): void {
  const irreversible = files.filter(({ migration }) => migration.down === undefined);
  if (irreversible.length === 0) return;
  throw new DovetailError(
    'migration-irreversible',
    'A migration cannot be taken back. Nothing has been done.',
    irreversible.map(({ name }) => ({
      where: name,
      what: 'has no `down`',
      remedy: 'write one; or write another migration, which goes forward',
    })),
  );
}
