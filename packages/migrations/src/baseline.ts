import { DovetailError } from '@dovetail/core';
import type { MigratorContext } from './migrator-options.js';
import { ensureLog, readLog, saveRecord } from './log/migration-log.js';
import { readStatus } from './read-status.js';
import { finished } from './run/run-one.js';
import type { RunOptions } from './run/run-options.js';
import { select } from './run/select.js';
import { type MigrationStatus, problemsOf, rejectFaults } from './status.js';

/**
 * Keeps of migrations that they were run, and runs none of them: for a database that has all of it already. One that was
 * begun and finished by hand, or overtaken by others, has to be asked for by its name.
 */
export async function baseline(
  context: MigratorContext,
  options: Pick<RunOptions, 'to' | 'only'>,
): Promise<readonly string[]> {
  const { files, statuses } = await readStatus(context);
  const isAsked = options.only !== undefined;
  rejectFaults(isAsked ? statuses.filter(({ state }) => state !== 'out-of-order') : statuses);
  if (!isAsked) rejectInterrupted(statuses);
  const names = select(
    statuses.filter(({ state }) => state !== 'applied').map(({ name }) => name),
    files.map(({ name }) => name),
    options,
    'up',
  );
  await context.orm.schema.exclusively(async () => {
    await ensureLog(context);
    const log = await readLog(context);
    const isOpen = (name: string): boolean => !log.has(name) || log.get(name)?.progress !== undefined;
    for (const file of files) {
      if (names.includes(file.name) && isOpen(file.name)) await saveRecord(context, finished(file, 0));
    }
  });
  return names;
}

function rejectInterrupted(statuses: readonly MigrationStatus[]): void {
  const interrupted = statuses.filter(({ state }) => state === 'interrupted');
  if (interrupted.length === 0) return;
  throw new DovetailError(
    'migration-interrupted',
    'A migration is half-way. Nothing has been done.',
    problemsOf(interrupted),
  );
}
