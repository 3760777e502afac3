import type { Connection, Driver, Row } from '../driver.js';
import { DovetailError, type Problem, type RowsAtStake } from '../errors.js';
import { messageOf } from '../message-of.js';
import type { Plan, PlanOptions, Precheck, Step } from '../model/plan.js';
import { compareValues, describeValue } from './key-values.js';

type TracelessDriver = Pick<Driver, 'withoutTrace'>;

/**
 * Runs all prechecks of a plan, before its first statement.
 *
 * @throws DovetailError `unmodelled-feature` or `precheck-failed`, with every reason, the number of rows at stake, and
 * the keys of some of them.
 */
export async function runPrechecks(
  driver: TracelessDriver,
  connection: Connection,
  { steps, options }: Plan,
): Promise<void> {
  rejectRefused(steps, options);
  const prechecks = steps
    .flatMap((step) => step.prechecks)
    .filter(({ kind, isAsked }) => kind === 'may-fail' || (isAsked !== true && !allowsDataLoss(options)));
  const found = await runAll(driver, connection, prechecks);
  const problems = [...impossible(steps), ...prechecks.flatMap((precheck) => found.get(precheck) ?? [])];
  if (problems.length > 0) throw refusal(problems);
}

/**
 * What the prechecks of a plan find, those included that a consent waives: all that is at stake, with the number of the
 * rows. Changes nothing.
 *
 * @throws DovetailError `precheck-failed` when one can't be run.
 */
export async function findAtStake(
  driver: TracelessDriver,
  connection: Connection,
  { steps }: Plan,
): Promise<readonly Problem[]> {
  const prechecks = steps.flatMap((step) => step.prechecks);
  const found = await runAll(driver, connection, prechecks);
  return prechecks.flatMap((precheck) => found.get(precheck) ?? []);
}

/** What is prepared must be gone before the session is anybody else's. */
function runAll(
  driver: TracelessDriver,
  connection: Connection,
  prechecks: readonly Precheck[],
): Promise<ReadonlyMap<Precheck, Problem>> {
  const run = (): Promise<ReadonlyMap<Precheck, Problem>> => runInOrder(connection, prechecks);
  const isPrepared = prechecks.some(({ prepare }) => prepare !== undefined);
  return isPrepared && driver.withoutTrace !== undefined ? driver.withoutTrace(connection, run) : run();
}

/** What each one finds; first those that need nothing. One whose need is not met can't be run, and is passed over. */
async function runInOrder(
  connection: Connection,
  prechecks: readonly Precheck[],
): Promise<ReadonlyMap<Precheck, Problem>> {
  const found = new Map<Precheck, Problem>();
  const isBroken = (need: string): boolean =>
    [...found.keys()].some(({ kind, object }) => kind === 'may-fail' && object === need);
  const inOrder = [...prechecks].sort((a, b) => (a.needs?.length ?? 0) - (b.needs?.length ?? 0));
  for (const precheck of inOrder) {
    if (precheck.needs?.some(isBroken)) continue;
    try {
      const rows = await findRows(connection, precheck);
      if (rows.count > 0) found.set(precheck, describe(precheck, rows));
    } catch (error) {
      // A lost connection, or a lock that another holds, says nothing of the rows.
      if (error instanceof DovetailError && error.code !== 'statement-failed') throw error;
      throw refusal([...found.values(), uncheckable(precheck, error)], { cause: error });
    }
  }
  return found;
}

/** `safe` outweighs every consent. */
function allowsDataLoss({ allow, safe }: PlanOptions): boolean {
  return !safe && allow.includes('data-loss');
}

function refusal(problems: readonly Problem[], options?: ErrorOptions): DovetailError {
  return new DovetailError('precheck-failed', 'The update is refused. Nothing has been changed.', problems, options);
}

function impossible(steps: readonly Step[]): Problem[] {
  return steps.flatMap(({ refusal: reason }) =>
    reason?.kind === 'impossible' ? [{ where: reason.object, what: reason.message, remedy: reason.remedy }] : [],
  );
}

function rejectRefused(steps: readonly Step[], options: PlanOptions): void {
  const problems = steps.flatMap((step): Problem[] => {
    const { refusal: reason } = step;
    if (reason?.kind !== 'unmodelled' || (isDrop(step) && allowsDataLoss(options))) return [];
    const { object: where, message: what } = reason;
    return isDrop(step)
      ? [{ where, what, remedy: "drop it by hand, or allow it: allow: ['data-loss']", consent: 'data-loss' }]
      : [{ where, what, remedy: 'make this change by hand' }];
  });
  if (problems.length === 0) return;
  throw new DovetailError(
    'unmodelled-feature',
    'The update would lose something that no entity can describe. Nothing has been changed.',
    problems,
  );
}

function isDrop({ changes }: Step): boolean {
  return changes.every(({ kind }) => kind === 'drop-table');
}

const shownExamples = 5;

/** Runs the query of a precheck: how many rows it finds, and which. */
async function findRows(connection: Connection, { prepare = [], sql, limit, key }: Precheck): Promise<RowsAtStake> {
  for (const statement of prepare) await connection.execute(statement);
  const rows = await connection.query(sql);
  const examples = key.length === 0 ? [] : rows.map((row) => keyOf(row, key)).sort(compareKeys);
  return {
    count: Math.min(rows.length, limit),
    more: rows.length > limit,
    key,
    examples: examples.slice(0, shownExamples).map((values) => values.map(describeValue)),
  };
}

function keyOf(row: Row, key: readonly string[]): readonly unknown[] {
  return key.map((_, index) => row[`key_${index + 1}`]);
}

/** What the first rows are is up to the database; sorted, they are the same ones in every run. */
function compareKeys(a: readonly unknown[], b: readonly unknown[]): number {
  return a.map((value, index) => compareValues(value, b[index])).find((order) => order !== 0) ?? 0;
}

/** One line about the rows that a precheck has found. */
function describe({ kind, object, message, remedy }: Precheck, rows: RowsAtStake): Problem {
  const consent = kind === 'may-fail' ? {} : ({ consent: 'data-loss' } as const);
  return { where: object, what: countText(message, rows), remedy, rows, ...consent };
}

function countText({ one, other }: Precheck['message'], { count, more }: RowsAtStake): string {
  if (more) return `more than ${count.toLocaleString('en')} ${other}`;
  return count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${other}`;
}

function uncheckable({ object, remedy, sql }: Precheck, error: unknown): Problem {
  const [reason, advice] =
    error instanceof DovetailError
      ? [error.summary, error.problems.map((problem) => problem.remedy).join('; ')]
      : [messageOf(error), remedy];
  return { where: object, what: `its effect on the rows cannot be checked: ${reason}, in: ${sql}`, remedy: advice };
}
