import type { Connection } from '../driver.js';
import { DovetailError, type Problem } from '../errors.js';
import type { Plan, Precheck, Step } from '../model/plan.js';

/**
 * Runs all prechecks of a plan, before its first statement.
 *
 * @throws DovetailError `unmodelled-feature` or `precheck-failed`, with every reason and the number of rows at stake.
 */
export async function runPrechecks(connection: Connection, { steps, options }: Plan): Promise<void> {
  rejectRefused(steps);
  const problems: Problem[] = [];
  for (const precheck of steps.flatMap((step) => step.prechecks)) {
    if (precheck.kind === 'data-loss' && options.allow.includes('data-loss')) continue;
    const rows = await countRows(connection, precheck);
    if (rows > 0) problems.push(describe(precheck, rows));
  }
  if (problems.length === 0) return;
  throw new DovetailError('precheck-failed', 'The update is refused. Nothing has been changed.', problems);
}

function rejectRefused(steps: readonly Step[]): void {
  const refusals = steps.flatMap(({ refusal }) => (refusal === undefined ? [] : [refusal]));
  if (refusals.length === 0) return;
  throw new DovetailError(
    'unmodelled-feature',
    'The update would lose something that no entity can describe. Nothing has been changed.',
    refusals.map(({ object, message }) => ({ where: object, what: message, remedy: 'make this change by hand' })),
  );
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
