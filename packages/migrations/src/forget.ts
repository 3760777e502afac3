import { readLog, removeRecord } from './log/migration-log.js';
import type { MigratorContext } from './migrator-options.js';
import { select } from './run/select.js';

/** Keeps of migrations that they were not run, and takes nothing back: that was done by hand. */
export async function forget(context: MigratorContext, only: string | readonly string[]): Promise<readonly string[]> {
  const known = [...(await readLog(context)).keys()];
  const names = select(known, known, { only }, 'down');
  await context.orm.schema.exclusively(async () => {
    for (const name of names) await removeRecord(context, name);
  });
  return names;
}
