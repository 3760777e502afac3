import fc from 'fast-check';
import { expect } from 'vitest';
import type { TestDatabase } from '../databases/index.js';
import { evolutions } from './arbitraries/evolutions.js';
import { dialectOf } from './dialects/index.js';
import type { Evolution } from './model.js';

/** `npm run test:convergence -- --runs 5000 --seed 7` sets both. */
export const requestedRuns = process.env.CONVERGENCE_RUNS;
export const seed = Number(process.env.CONVERGENCE_SEED ?? 20240229);

/** Checks so many random evolutions, and describes the smallest one that fails. */
export async function checkEvolutions(
  database: TestDatabase,
  numRuns: number,
  check: (evolution: Evolution, database: TestDatabase) => Promise<void>,
): Promise<void> {
  const { capabilities, driver } = database;
  const setting = { capabilities, dialect: dialectOf(database) };
  const result = await fc.check(
    fc.asyncProperty(evolutions(setting, driver.comparison), (evolution) => check(evolution, database)),
    { seed, numRuns },
  );
  expect.assert(!result.failed, describeFailure(result));
}

/** All that is needed to repeat it, and the models as a regression test takes them. */
export function describeFailure<Example>(result: fc.RunDetails<[Example]>): string {
  const { counterexample, errorInstance } = result;
  const error = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return [
    `Seed ${result.seed}, run ${result.numRuns}. The smallest evolution that fails:`,
    JSON.stringify(counterexample?.[0], null, 2),
    error,
  ].join('\n\n');
}
