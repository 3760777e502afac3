// Runs one of the random suites for longer than `npm test` does, on every database or on one:
// `npm run test:convergence -- --runs 5000 --seed 7 --database MySQL`. Without a seed it takes a random one, and says which.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

/**
 * The files of each suite, and what its options are: the variable that the tests read, and the value without the option.
 *
 * @type {Record<string, { files: string[], options: Record<string, [variable: string, value: string]> }>}
 */
const suites = {
  convergence: {
    files: ['test/convergence/convergence.test.ts', 'test/convergence/undo.test.ts'],
    options: { runs: ['CONVERGENCE_RUNS', '1000'], seed: ['CONVERGENCE_SEED', randomSeed()] },
  },
  migrations: {
    files: ['test/migrations'],
    options: {
      runs: ['CONVERGENCE_RUNS', '100'],
      kills: ['MIGRATION_KILLS', '20'],
      seed: ['CONVERGENCE_SEED', randomSeed()],
    },
  },
  'dirty-data': {
    files: ['test/safety/dirty-data.test.ts'],
    options: { runs: ['DIRTY_DATA_RUNS', '300'], seed: ['DIRTY_DATA_SEED', randomSeed()] },
  },
  'entity-generator': {
    files: ['test/entity-generator/random-schemas.test.ts'],
    options: { rounds: ['ENTITY_GENERATOR_ROUNDS', '200'], seed: ['CONVERGENCE_SEED', randomSeed()] },
  },
  faults: {
    files: ['test/faults/random'],
    options: {
      faults: ['FAULTS', '100'],
      rounds: ['FAULT_ROUNDS', '20'],
      fault: ['FAULT', ''],
      seed: ['FAULTS_SEED', randomSeed()],
    },
  },
};

const [name = '', ...args] = process.argv.slice(2);
const suite = suites[name];
if (suite === undefined) throw new Error(`There is no suite ${name}: write one of ${Object.keys(suites).join(', ')}.`);

/** @type {Record<string, { type: 'string', default: string }>} */
const options = { database: { type: 'string', default: '' } };
for (const [option, [, value]] of Object.entries(suite.options)) options[option] = { type: 'string', default: value };
const { values } = parseArgs({ args, options });
const variables = Object.entries(suite.options).map(([option, [variable]]) => [variable, String(values[option])]);
console.log(variables.map(([variable, value]) => `${variable}=${value}`).join(' '));
// vitest takes a regular expression, and names have parentheses: `PostgreSQL (oldest)`.
const database = String(values.database).replace(/[()]/g, String.raw`\$&`);
const { status } = spawnSync('npx', ['vitest', 'run', ...suite.files, '-t', database], {
  stdio: 'inherit',
  env: { ...process.env, ...Object.fromEntries(variables) },
});
process.exitCode = status ?? 1;

function randomSeed() {
  return String(randomInt(2 ** 31));
}
