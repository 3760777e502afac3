import { test } from 'vitest';
import { databases } from '../databases/index.js';
import { checkEvolutions, requestedRuns, seed } from './check-evolutions.js';
import { undoAndRedo } from './undo.js';

const numRuns = Number(requestedRuns ?? 6);

test.each(databases)(
  `${numRuns} random evolutions are undone and done again on $name (seed ${seed})`,
  (database) => checkEvolutions(database, numRuns, undoAndRedo),
  Infinity,
);
