import type { MigratorContext } from './migrator-options.js';
import { ensureLog, readLog, saveRecord } from './log/migration-log.js';
import { readStatus } from './read-status.js';
import { finished } from './run/run-one.js';
import type { RunOptions } from './run/run-options.js';
import { select } from './run/select.js';
import { rejectFaults } from './status.js';

/** Keeps of migrations that they were run, and runs none of them: for a database that has all of it already. */
export async function baseline(
  context: MigratorContext,
  options: Pick<RunOptions, 'to' | 'only'>,
): Promise<readonly string[]> {
  const { files, statuses } = await readStatus(context);
  rejectFaults(statuses);
  const pending = statuses.filter(({ state }) => state === 'pending').map(({ name }) => name);
  const names = select(
    pending,
    files.map(({ name }) => name),
    options,
    'up',
  );
  await context.orm.schema.exclusively(async () => {
    await ensureLog(context);
    const log = await readLog(context);
    for (const file of files) {
      if (names.includes(file.name) && !log.has(file.name)) await saveRecord(context, finished(file, 0));
    }
  });
  return names;
}
