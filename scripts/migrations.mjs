// Takes real databases up, down and up again with the migrations of as many random evolutions as wanted, writes each
// from the snapshot and from the database, and kills as many runs: `npm run test:migrations -- --runs 100 --kills 20 --seed 7`.
// `--database MySQL` takes one alone. Without a seed it takes a random one, and says which.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    database: { type: 'string', default: '' },
  },
});

const { status } = spawnSync('npx', ['vitest', 'run', 'test/migrations', '-t', values.database], {
  stdio: 'inherit',
  env: {
    ...process.env,
    CONVERGENCE_RUNS: values.runs,
    CONVERGENCE_SEED: values.seed,
    MIGRATION_KILLS: values.kills,
  },
});
process.exitCode = status ?? 1;
