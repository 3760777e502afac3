import { test } from 'vitest';
import { databases } from '../databases/index.js';
import { checkEvolutions, requestedRuns, seed } from './check-evolutions.js';
import { evolve } from './evolve.js';

const numRuns = Number(requestedRuns ?? 300);

test.concurrent.each(databases)(
  `${numRuns} random evolutions converge on $name (seed ${seed})`,
  (database) => checkEvolutions(database, numRuns, evolve),
  Infinity,
);
