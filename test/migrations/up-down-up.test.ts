import { test } from 'vitest';
import { checkEvolutions, requestedRuns, seed } from '../convergence/check-evolutions.js';
import { databases } from '../databases/index.js';
import { upDownUp } from './up-down-up.js';

const numRuns = Number(requestedRuns ?? 4);

test.each(databases)(
  `the migrations of ${numRuns} random evolutions go up, down and up again on $name (seed ${seed})`,
  (database) => checkEvolutions(database, numRuns, upDownUp),
  Infinity,
);
