import { rejectAborted } from '../abort.js';
import type { Connection, Driver } from '../driver.js';
import { DovetailError } from '../errors.js';
import type { Change } from '../model/change.js';
import type { Plan, Step } from '../model/plan.js';
import type { Schema } from '../model/schema.js';
import { describeChange } from '../plan/explain.js';
import { fingerprint } from './fingerprint.js';
import { runPrechecks } from './prechecks.js';

/** How a plan is carried out. */
export interface ApplyOptions {
  /** Called before and after each step. What it throws stops the update, which is rolled back. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Stops between two steps; what can be rolled back is. */
  readonly signal?: AbortSignal | undefined;
}

/** Where an update is: a step that starts or has finished. */
export interface Progress {
  /** Whether the step is about to run, or has run. */
  readonly kind: 'started' | 'finished';
  /** The step that it is about. */
  readonly step: Step;
  /** The number of the step, from 1. */
  readonly number: number;
  /** How many steps there are. */
  readonly total: number;
}

export interface ApplyContext {
  readonly driver: Driver;
  readonly connection: Connection;
  readonly lockTimeout: number;
  /** Reads the schema as it is. */
  introspect(): Promise<Schema>;
  /** What still differs from the entities, by the plan's options. */
  remaining(): Promise<readonly Change[]>;
}

/** Carries a plan out: lock, prechecks, steps, verification, and only then commit. */
export async function applyPlan(
  context: ApplyContext,
  plan: Plan,
  { onProgress = () => undefined, signal }: ApplyOptions,
): Promise<void> {
  const { driver, connection, lockTimeout } = context;
  rejectForeign(plan, driver);
  rejectAborted(signal);
  if (plan.steps.length === 0) return;
  const suspendForeignKeys = plan.steps.some((step) => step.suspendsForeignKeys === true);

  await driver.exclusively(connection, { lockTimeout, suspendForeignKeys, signal }, async () => {
    rejectChanged(plan, await context.introspect());
    await runPrechecks(connection, plan);
    for (const [index, step] of plan.steps.entries()) {
      rejectAborted(signal);
      const progress = { step, number: index + 1, total: plan.steps.length };
      onProgress({ kind: 'started', ...progress });
      await runStatement(connection, step.sql, step.description);
      onProgress({ kind: 'finished', ...progress });
    }
    rejectAborted(signal);
    rejectRemaining(await context.remaining());
  });
}

/** Runs one statement of a transaction; an error names it. */
export async function runStatement(connection: Connection, sql: string, description: string): Promise<void> {
  try {
    await connection.execute(sql);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DovetailError(
      'statement-failed',
      'A statement failed. Everything has been rolled back.',
      [{ where: description, what: reason, remedy: `The statement was: ${sql}` }],
      { cause: error },
    );
  }
}

function rejectForeign({ database }: Plan, { name }: Driver): void {
  if (database === name) return;
  throw new DovetailError(
    'invalid-configuration',
    `The plan was made for ${database}, and this is ${name}. Nothing has been done.`,
  );
}

function rejectChanged({ startsFrom }: Plan, now: Schema): void {
  if (fingerprint(now) === startsFrom) return;
  throw new DovetailError(
    'schema-changed',
    'The database has changed since the plan was made. Nothing has been done; make a new plan.',
  );
}

function rejectRemaining(changes: readonly Change[]): void {
  if (changes.length === 0) return;
  throw new DovetailError(
    'not-verified',
    'After the update the database would still differ from the entities. Everything has been rolled back.',
    changes.map((change) => ({ ...describeChange(change), remedy: 'please report this, with the plan' })),
  );
}
