import type { Plan, Problem } from '@dovetail/core';
import { draftFrom, snapshotOf } from './create/create.js';
import type { MigratorContext } from './migrator-options.js';
import { readStatus } from './read-status.js';
import { problemsOf } from './status.js';

/** Whether the migrations say all that the entities do, and the database all that the migrations do. */
export interface MigrationCheck {
  /** Whether there is nothing to do, and nothing wrong. */
  readonly ok: boolean;
  /** What the entities ask for and no migration brings; absent where that cannot be told before all are run. */
  readonly plan?: Plan | undefined;
  /** The migrations that were not begun yet. */
  readonly pending: readonly string[];
  /** Migrations that are edited, missing, out of order or interrupted. */
  readonly problems: readonly Problem[];
}

/** Without a snapshot, what is missing can be told only where all migrations were run. */
export async function check(context: MigratorContext): Promise<MigrationCheck> {
  const { files, statuses } = await readStatus(context);
  const pending = statuses.filter(({ state }) => state === 'pending').map(({ name }) => name);
  const problems = problemsOf(statuses);
  const isBehind = pending.length > 0 || problems.length > 0;
  const from = await snapshotOf(context, files);
  const draft = isBehind && from === undefined ? undefined : await draftFrom(context, from);
  return { ok: !isBehind && draft?.plan.steps.length === 0, plan: draft?.plan, pending, problems };
}
