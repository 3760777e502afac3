// Makes entities of as many random databases as wanted, and databases of the entities:
// `npm run test:entity-generator -- --rounds 200 --seed 7`. Without a seed it takes a random one, and says which.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
  },
});

const { status } = spawnSync('npx', ['vitest', 'run', 'test/entity-generator/random-schemas.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, ENTITY_GENERATOR_ROUNDS: values.rounds, CONVERGENCE_SEED: values.seed },
});
process.exitCode = status ?? 1;
