import fc from 'fast-check';
import { expect, test } from 'vitest';
import { databases } from '../databases/index.js';
import { evolutions } from './arbitraries/evolutions.js';
import { dialectOf } from './dialects/index.js';
import { evolve } from './evolve.js';
import type { Evolution } from './model.js';

// `npm run test:convergence -- --runs 5000 --seed 7` sets both.
const numRuns = Number(process.env.CONVERGENCE_RUNS ?? 300);
const seed = Number(process.env.CONVERGENCE_SEED ?? 20240229);

test.each(databases)(
  `${numRuns} random evolutions converge on $name (seed ${seed})`,
  async (database) => {
    const { capabilities, driver } = database;
    const setting = { capabilities, dialect: dialectOf(database) };
    const result = await fc.check(
      fc.asyncProperty(evolutions(setting, driver.comparison.foldName), (evolution) => evolve(evolution, database)),
      { seed, numRuns },
    );
    expect.assert(!result.failed, describeFailure(result));
  },
  Infinity,
);

/** All that is needed to repeat it, and the models as a regression test takes them. */
function describeFailure(result: fc.RunDetails<[Evolution]>): string {
  const { counterexample, errorInstance } = result;
  const error = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return [
    `Seed ${result.seed}, run ${result.numRuns}. The smallest evolution that fails:`,
    JSON.stringify(counterexample?.[0], null, 2),
    error,
  ].join('\n\n');
}
