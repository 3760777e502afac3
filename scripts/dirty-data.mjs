// Takes real databases full of dirty rows through as many random updates as wanted: `npm run test:dirty-data -- --runs 300 --seed 7`.
// Without a seed it takes a random one, and says which.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '300' }, seed: { type: 'string', default: String(randomInt(2 ** 31)) } },
});

const { status } = spawnSync('npx', ['vitest', 'run', 'test/safety/dirty-data.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, DIRTY_DATA_RUNS: values.runs, DIRTY_DATA_SEED: values.seed },
});
process.exitCode = status ?? 1;
