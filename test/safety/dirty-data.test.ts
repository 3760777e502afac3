import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeFailure } from '../convergence/check-evolutions.js';
import { databases } from '../databases/index.js';
import { evolutions } from './dirty-data/arbitrary.js';
import { evolve, type Outcome } from './dirty-data/evolve.js';

// `npm run test:dirty-data -- --runs 300 --seed 7` sets both.
const numRuns = Number(process.env.DIRTY_DATA_RUNS ?? 15);
const seed = Number(process.env.DIRTY_DATA_SEED ?? 20240229);

test.each(databases)(
  `${numRuns} random updates of dirty rows converge or change nothing on $name (seed ${seed})`,
  async (database) => {
    const outcomes = new Map<Outcome, number>();
    const result = await fc.check(
      fc.asyncProperty(evolutions, async (evolution) => {
        const outcome = await evolve(evolution, database);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }),
      { seed, numRuns },
    );
    expect.assert(!result.failed, describeFailure(result));
    // Neither outcome may be so rare that the other one is all that is tried.
    for (const outcome of ['converged', 'refused'] as const) {
      expect(outcomes.get(outcome) ?? 0, `${outcome}, of ${numRuns}`).toBeGreaterThan(numRuns / 10);
    }
  },
  Infinity,
);
