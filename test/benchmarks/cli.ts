// How long the command takes to start, and where the time of a check goes that finds nothing, on SQLite with 100 entities
// that TypeScript has compiled: `npm run bench:cli`. The figures are medians of processes that take turns.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

const workspace = fileURLToPath(new URL('../../', import.meta.url));
const bin = join(workspace, 'packages/cli/dist/bin.js');
const entities = 100;
const rounds = 21;

/** Node.js reads further certificates before anything else, where this names some: as long again as it takes to start. */
const environment = { ...process.env, NODE_EXTRA_CA_CERTS: undefined };

/** Adds up what better-sqlite3 does once a file is open, and says so at the end. */
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

/** The native part is loaded when the first file is opened. */
const openingDatabase = [
  '--input-type=module',
  '-e',
  `import { createRequire } from 'node:module';
  const Database = createRequire(process.cwd() + '/')('better-sqlite3');
  new Database('bench.db', { readonly: true }).close();`,
];

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
  const [bare, version, help, library, packages, config, check] = medians(
    ['-e', '0'],
    [bin, '--version'],
    [bin, 'schema:check', '--help'],
    openingDatabase,
    ours,
    importing('@dovetail/cli', '@dovetail/sqlite', pathToFileURL(join(folder, 'dovetail.config.mjs')).href),
    [bin, 'schema:check'],
  );
  const [queries] = [...Array(rounds).keys()].map(() => queriesOf([bin, 'schema:check'])).sort((a, b) => a - b);
  if (!bare || !version || !help || !library || !packages || !config || !check || queries === undefined) return;
  const database = library - bare + queries;
  const own = config - packages;
  const rest = check - database - own;
  say('node -e 0', bare);
  say('dovetail --version', version, `${(version / bare).toFixed(2)} times as long (goal: below 1.5)`);
  say(`dovetail schema:check, ${entities} entities, nothing to do`, check);
  say('  the database: better-sqlite3, the file opened, queries', database, share(database, check));
  say("  the user's own files loaded", own, share(own, check));
  say('  all else', rest, `${share(rest, check)} (goal: below 50 %)`);
  say('    Node.js itself', bare, share(bare, check));
  say('    the packages of Dovetail loaded', packages - library, share(packages - library, check));
  say('    the command itself, as `--help` runs it', help - bare, share(help - bare, check));
  say(
    '    the work of the check',
    rest - help - (packages - library),
    share(rest - help - (packages - library), check),
  );
  say('  all else, of what Node.js itself leaves', rest - bare, share(rest - bare, check - bare));
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
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env: environment });
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
  for (const number of numbers)
    writeFileSync(join(folder, `entities/customer-${number}.mjs`), compiled(entityText(number)));
  const imports = numbers.map((number) => `import { Customer${number} } from './entities/customer-${number}.mjs';`);
  const list = numbers.map((number) => `Customer${number}`).join(', ');
  writeFileSync(
    join(folder, 'dovetail.config.mjs'),
    `import { defineConfig } from '@dovetail/cli';
import { Dovetail } from '@dovetail/sqlite';
${imports.join('\n')}
export default defineConfig(Dovetail, { dbName: 'bench.db', entities: [${list}] });
`,
  );
  writeFileSync(join(folder, 'meter.mjs'), meter);
}

function compiled(source: string): string {
  return ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      useDefineForClassFields: false,
    },
  }).outputText;
}

/** An entity as an application has them: ten columns, a reference to another one, and two indexes. */
function entityText(number: number): string {
  const other = Math.floor(number / 2);
  return `import { Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Unique } from '@dovetail/sqlite';
${other === number ? '' : `import { Customer${other} } from './customer-${other}.mjs';\n`}
export enum Status {
  Active = 'active',
  Blocked = 'blocked',
}

@Entity()
@Index({ properties: ['name', 'createdAt'] })
export class Customer${number} {
  @PrimaryKey()
  id!: number;

  @Property({ length: 80 })
  name!: string;

  @Unique()
  @Property({ length: 200 })
  email!: string;

  @Property({ type: 'text', nullable: true })
  note?: string;

  @Property({ type: 'decimal', precision: 10, scale: 2, default: 0 })
  balance!: string;

  @Property({ default: true })
  active!: boolean;

  @Enum({ items: () => Status, default: Status.Active })
  status!: Status;

  @Property({ type: 'json', nullable: true })
  settings?: object;

  @Property({ defaultRaw: 'current_timestamp' })
  createdAt!: Date;

  @Property({ nullable: true })
  updatedAt?: Date;

  @ManyToOne(() => Customer${other}, { nullable: true })
  parent?: Customer${other};
}
`;
}
