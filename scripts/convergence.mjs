// Takes real databases through as many random evolutions as wanted, forth and back: `npm run test:convergence -- --runs 5000 --seed 7`.
// Without a seed it takes a random one, and says which.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '1000' }, seed: { type: 'string', default: String(randomInt(2 ** 31)) } },
});

const { status } = spawnSync(
  'npx',
  ['vitest', 'run', 'test/convergence/convergence.test.ts', 'test/convergence/undo.test.ts'],
  {
    stdio: 'inherit',
    env: { ...process.env, CONVERGENCE_RUNS: values.runs, CONVERGENCE_SEED: values.seed },
  },
);
process.exitCode = status ?? 1;
