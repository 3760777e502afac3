import type { MigratorContext } from '../migrator-options.js';
import type { RunOptions } from './run-options.js';
import { type Run, runOne } from './run-one.js';
import { rejectSeveralInOne } from './several-in-one.js';
import { rejectTransactionControl } from './transaction-control.js';

/**
 * Runs migrations in the order given, under the lock: all in one transaction, each in its own, or none, as the settings
 * and the database have it. Gives the names of those that no other process was quicker with.
 */
export async function runAll(
  context: MigratorContext,
  runs: readonly Chosen[],
  { onProgress = () => undefined, signal }: RunOptions,
): Promise<readonly string[]> {
  const total = runs.length;
  const done: string[] = [];
  let number = 0;
  for (const batch of batchesOf(context, runs)) {
    const before: string[] = [];
    const body = async (): Promise<void> => {
      for (const { file, direction, isAtomic } of batch) {
        number += 1;
        const progress = { direction, name: file.name, number, total };
        onProgress({ kind: 'started', ...progress });
        if (!(await runOne(context, { file, direction, isAtomic, before, signal }))) continue;
        before.push(file.name);
        onProgress({ kind: 'finished', ...progress });
      }
    };
    const suspendForeignKeys = batch.some(({ file }) => file.migration.suspendsForeignKeys === true);
    const transaction = batch.every(({ isAtomic }) => isAtomic);
    await context.orm.schema.exclusively(body, { suspendForeignKeys, transaction, signal });
    done.push(...before);
  }
  return done;
}

type Chosen = Pick<Run, 'file' | 'direction'>;

type Batched = Chosen & Pick<Run, 'isAtomic'>;

/**
 * The migrations that share a transaction, or a hold of the lock.
 *
 * @throws DovetailError `migration-invalid` where one cannot be run so.
 */
export function batchesOf({ orm, settings }: MigratorContext, runs: readonly Chosen[]): Batched[][] {
  const { transactionalDdl } = orm.driver.capabilities(orm.connection.serverVersion);
  const inTransactions = transactionalDdl && settings.transactional;
  const batches = runs.reduce<Batched[][]>((made, { file, direction }) => {
    const run: Batched = { file, direction, isAtomic: inTransactions && file.migration.transactional !== false };
    const last = made.at(-1);
    const joins = settings.allOrNothing && run.isAtomic && last?.every(({ isAtomic }) => isAtomic);
    if (joins === true && last !== undefined) last.push(run);
    else made.push([run]);
    return made;
  }, []);
  rejectTransactionControl(batches.flat(), orm.driver.ddl);
  rejectSeveralInOne(batches.flat(), orm.driver.ddl);
  return batches;
}
