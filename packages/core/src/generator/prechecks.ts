import type { Connection } from '../driver.js';
import { DovetailError, type Problem } from '../errors.js';
import type { Plan, PlanOptions, Precheck, Step } from '../model/plan.js';

/**
 * Runs all prechecks of a plan, before its first statement.
 *
 * @throws DovetailError `unmodelled-feature` or `precheck-failed`, with every reason and the number of rows at stake.
 */
export async function runPrechecks(connection: Connection, { steps, options }: Plan): Promise<void> {
  rejectRefused(steps, options);
  const problems: Problem[] = [];
  for (const precheck of steps.flatMap((step) => step.prechecks)) {
    if (precheck.kind === 'data-loss' && allowsDataLoss(options)) continue;
    const rows = await countRows(connection, precheck);
    if (rows > 0) problems.push(describe(precheck, rows));
  }
  if (problems.length === 0) return;
  throw new DovetailError('precheck-failed', 'The update is refused. Nothing has been changed.', problems);
}

/** `safe` outweighs every consent. */
function allowsDataLoss({ allow, safe }: PlanOptions): boolean {
  return !safe && allow.includes('data-loss');
}

function rejectRefused(steps: readonly Step[], options: PlanOptions): void {
  const problems = steps.flatMap((step): Problem[] => {
    const { refusal } = step;
    if (refusal === undefined || (isDrop(step) && allowsDataLoss(options))) return [];
    const remedy = isDrop(step) ? "drop it by hand, or allow it: allow: ['data-loss']" : 'make this change by hand';
    return [{ where: refusal.object, what: refusal.message, remedy }];
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

async function countRows(connection: Connection, { sql, object, remedy }: Precheck): Promise<number> {
  try {
    const [row] = await connection.query(sql);
    return Number(row?.count ?? 0);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DovetailError(
      'precheck-failed',
      'The update is refused, for its effect on the rows cannot be checked. Nothing has been changed.',
      [{ where: object, what: `${reason}, in: ${sql}`, remedy }],
      { cause: error },
    );
  }
}

function describe({ object, message, remedy }: Precheck, rows: number): Problem {
  return { where: object, what: `${rows} ${message}`, remedy };
}
