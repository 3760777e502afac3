import { cancellingOn, listen, rejectAborted } from '../abort.js';
import type { Connection, Driver } from '../driver.js';
import { DovetailError } from '../errors.js';
import type { Change } from '../model/change.js';
import type { Plan, Step } from '../model/plan.js';
import type { Schema } from '../model/schema.js';
import type { StatementProgress } from '../statement-progress.js';
import { describeChange } from '../plan/explain.js';
import { type Outcome, partlyDone, rolledBack, untouched } from '../outcome.js';
import { fingerprint } from './fingerprint.js';
import { runPrechecks } from './prechecks.js';
import { type RowProgress, runBatches } from './run-batches.js';
import { watchStatement } from './watch-statement.js';

/** How a plan is carried out. */
export interface ApplyOptions {
  /** Called before and after each step. What it throws stops the update, which is rolled back. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * Stops the update: between two steps, and in the middle of one where the database can be asked to. What can be rolled
   * back is.
   */
  readonly signal?: AbortSignal | undefined;
}

/** Where an update is: a step that starts, goes on or has finished. */
export interface Progress {
  /** Whether the step is about to run, is in the middle of its rows or of its statement, or has run. */
  readonly kind: 'started' | 'advanced' | 'finished';
  /** How many rows it has dealt with, of how many, where it goes on in parts. */
  readonly rows?: RowProgress | undefined;
  /** How far the server is with the statement of the step, where it goes on as a whole and the server says so. */
  readonly statement?: StatementProgress | undefined;
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
  /** Whether all steps are taken back when one fails. */
  readonly transactional: boolean;
  /** Reads the schema as it is. */
  introspect(): Promise<Schema>;
  /** What still differs from the entities, by the plan's options. */
  remaining(): Promise<readonly Change[]>;
}

/** Carries a plan out: lock, prechecks, steps, verification, and only then commit. */
export async function applyPlan(context: ApplyContext, plan: Plan, options: ApplyOptions): Promise<void> {
  const { driver, connection, lockTimeout } = context;
  const { signal } = options;
  rejectForeign(plan, driver);
  rejectAborted(signal);
  if (plan.steps.length === 0) return;
  const suspendForeignKeys = plan.steps.some((step) => step.suspendsForeignKeys === true);
  await driver.exclusively(connection, { lockTimeout, suspendForeignKeys, signal }, () =>
    cancellingOn(signal, connection, () => carryOut(context, plan, options)),
  );
}

async function carryOut(context: ApplyContext, plan: Plan, options: ApplyOptions): Promise<void> {
  const { driver, connection, transactional } = context;
  const { signal } = options;
  await unlessAborted(signal, untouched, async () => {
    rejectChanged(plan, await context.introspect());
    await runPrechecks(driver, connection, plan);
  });
  await runSteps(context, plan, options);
  const outcome = outcomeAfter(plan.steps.length, plan, context);
  await unlessAborted(signal, transactional ? untouched : outcome, async () => {
    rejectRemaining(await context.remaining(), outcome);
  });
}

async function runSteps(
  context: ApplyContext,
  plan: Plan,
  { onProgress = () => undefined, signal }: ApplyOptions,
): Promise<void> {
  for (const [index, step] of plan.steps.entries()) {
    const outcome = outcomeAfter(index, plan, context);
    const progress = { step, number: index + 1, total: plan.steps.length };
    const outcomeOfAbort = context.transactional ? untouched : outcome;
    await listen();
    await unlessAborted(signal, outcomeOfAbort, async () => {
      onProgress({ kind: 'started', ...progress });
      const run = (sql: string, parameters?: readonly unknown[]): Promise<void> =>
        runStatement(context.connection, sql, step.description, outcome, parameters);
      const onRows = (rows: RowProgress): void => {
        onProgress({ kind: 'advanced', ...progress, rows });
        rejectAborted(signal, outcomeOfAbort);
      };
      const isDone = step.batches !== undefined && (await runBatches(context.connection, step.batches, run, onRows));
      const onStatement = (statement: StatementProgress): void =>
        onProgress({ kind: 'advanced', ...progress, statement });
      if (!isDone) await watchStatement(context.connection, () => run(step.sql), onStatement);
    });
    onProgress({ kind: 'finished', ...progress });
  }
}

/** What an update leaves behind that ends after so many steps. */
function outcomeAfter(done: number, plan: Plan, { transactional }: ApplyContext): Outcome {
  return transactional ? rolledBack : partlyDone(plan, done);
}

/** Runs `body`, unless it is no longer wanted. What fails because it was cancelled was stopped. */
async function unlessAborted(
  signal: AbortSignal | undefined,
  outcome: Outcome,
  body: () => Promise<void>,
): Promise<void> {
  rejectAborted(signal, outcome);
  try {
    await body();
  } catch (error) {
    rejectAborted(signal, outcome);
    throw error;
  }
}

/** Runs one statement; an error names it, and what it leaves behind. */
export async function runStatement(
  connection: Connection,
  sql: string,
  description: string,
  { sentence, steps }: Outcome,
  parameters: readonly unknown[] = [],
): Promise<void> {
  try {
    await connection.execute(sql, parameters);
  } catch (error) {
    const known = error instanceof DovetailError ? error : undefined;
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new DovetailError(
      known?.code ?? 'statement-failed',
      `A statement failed. ${sentence}`,
      [{ where: description, what: reason, remedy: `The statement was: ${sql}` }, ...(known?.problems ?? []), ...steps],
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

function rejectRemaining(changes: readonly Change[], { sentence }: Outcome): void {
  if (changes.length === 0) return;
  throw new DovetailError(
    'not-verified',
    `After the update the database differs from the entities. ${sentence}`,
    changes.map((change) => ({ ...describeChange(change), remedy: 'please report this, with the plan' })),
  );
}
