// Lets updates of real databases meet as many faults as wanted, and lets two processes update at once as often as wanted:
// `npm run test:faults -- --faults 100 --rounds 20 --seed 7`, on each database. `--database MySQL` takes one alone,
// and `--fault 'disk full'` one fault.
// Without a seed it takes a random one, and says which.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    faults: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    database: { type: 'string', default: '' },
    fault: { type: 'string', default: '' },
  },
});

const { status } = spawnSync('npx', ['vitest', 'run', 'test/faults/random', '-t', `on '${values.database}`], {
  stdio: 'inherit',
  env: {
    ...process.env,
    FAULTS: values.faults,
    FAULT: values.fault,
    FAULT_ROUNDS: values.rounds,
    FAULTS_SEED: values.seed,
  },
});
process.exitCode = status ?? 1;
