// How long the command takes to start, and where the time of a check goes that finds nothing, on SQLite with 100 compiled
// entities: `npm run bench:cli`. The figures are medians of processes that take turns.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const workspace = fileURLToPath(new URL('../../', import.meta.url));
const bin = join(workspace, 'packages/cli/dist/bin.js');
const entities = 100;
const rounds = 21;

/** Adds up what better-sqlite3 does, from the opening of the file on, and says so at the end. */
const meter = `import Database from 'better-sqlite3';
let taken = 0;
const timed = (call) => function (...args) {
  const start = performance.now();
  try {
    return Reflect.apply(call, this, args);
  } finally {
    taken += performance.now() - start;
  }
};
const probe = new Database(':memory:');
const statement = Object.getPrototypeOf(probe.prepare('select 1'));
for (const name of ['prepare', 'exec', 'pragma']) Database.prototype[name] = timed(Database.prototype[name]);
for (const name of ['all', 'run', 'get']) statement[name] = timed(statement[name]);
probe.close();
taken = 0;
process.on('exit', () => console.error('took ' + taken));
`;

mkdirSync(join(workspace, '.cache'), { recursive: true });
const folder = mkdtempSync(join(workspace, '.cache/bench-cli-'));
writeProject();
try {
  node(bin, 'schema:create', '--run');
  report();
} finally {
  rmSync(folder, { recursive: true });
}

function report(): void {
  const ours = importing('@dovetail/cli', '@dovetail/sqlite');
  const [bare, version, library, packages, config, check] = medians(
    ['-e', '0'],
    [bin, '--version'],
    importing('better-sqlite3'),
    ours,
    importing('@dovetail/cli', '@dovetail/sqlite', pathToFileURL(join(folder, 'dovetail.config.mjs')).href),
    [bin, 'schema:check'],
  );
  const [queries] = [...Array(rounds).keys()].map(() => queriesOf([bin, 'schema:check'])).sort((a, b) => a - b);
  if (!bare || !version || !library || !packages || !config || !check || queries === undefined) return;
  const database = library - bare + queries;
  const own = config - packages;
  const rest = check - database - own;
  say('node -e 0', bare);
  say('dovetail --version', version, `${(version / bare).toFixed(2)} times as long (goal: below 1.5)`);
  say(`dovetail schema:check, ${entities} entities, nothing to do`, check);
  say('  the database: better-sqlite3 loaded, queries', database, share(database, check));
  say("  the user's own files loaded", own, share(own, check));
  say('  all else', rest, `${share(rest, check)} (goal: below 50 %)`);
  say('    Node.js itself', bare, share(bare, check));
  say('    the packages of Dovetail loaded', packages - library, share(packages - library, check));
  say('    the work of the check, and the command', rest - bare - (packages - library));
}

/** The median of each, in milliseconds of the clock. */
function medians(...commands: readonly (readonly string[])[]): number[] {
  const times = commands.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, command] of commands.entries()) {
      const start = performance.now();
      node(...command);
      times[index]?.push(performance.now() - start);
    }
  }
  return times.map((of) => of.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? NaN);
}

function queriesOf(command: readonly string[]): number {
  const stderr = node('--import', pathToFileURL(join(folder, 'meter.mjs')).href, ...command);
  return Number(/took (\S+)/.exec(stderr)?.[1]);
}

function node(...args: readonly string[]): string {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stderr;
}

function importing(...modules: readonly string[]): string[] {
  return ['--input-type=module', '-e', modules.map((name) => `await import('${name}');`).join('\n')];
}

function say(what: string, time: number, remark = ''): void {
  console.log(`${what.padEnd(56)}${time.toFixed(1).padStart(8)} ms  ${remark}`);
}

function share(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(0)} %`;
}

function writeProject(): void {
  mkdirSync(join(folder, 'entities'));
  const numbers = [...Array(entities).keys()];
  for (const number of numbers) writeFileSync(join(folder, `entities/e${number}.mjs`), entityText(`E${number}`));
  const imports = numbers.map((number) => `import { E${number} } from './entities/e${number}.mjs';`).join('\n');
  const list = numbers.map((number) => `E${number}`).join(', ');
  writeFileSync(
    join(folder, 'dovetail.config.mjs'),
    `import { defineConfig } from '@dovetail/cli';
import { Dovetail } from '@dovetail/sqlite';
${imports}
export default defineConfig(Dovetail, { dbName: 'bench.db', entities: [${list}] });
`,
  );
  writeFileSync(join(folder, 'meter.mjs'), meter);
}

function entityText(name: string): string {
  return `import { Entity, Index, PrimaryKey, Property } from '@dovetail/sqlite';
export class ${name} {}
PrimaryKey({ type: 'integer' })(${name}.prototype, 'id');
Property({ type: 'string', length: 80 })(${name}.prototype, 'name');
Property({ type: 'text', nullable: true })(${name}.prototype, 'note');
Property({ type: 'decimal', precision: 10, scale: 2, default: 0 })(${name}.prototype, 'price');
Property({ type: 'boolean', default: true })(${name}.prototype, 'active');
Property({ type: 'datetime', nullable: true })(${name}.prototype, 'createdAt');
Property({ type: 'json', nullable: true })(${name}.prototype, 'data');
Index({ properties: ['name', 'createdAt'] })(${name});
Entity()(${name});
`;
}
