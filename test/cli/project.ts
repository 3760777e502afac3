import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestDatabase, TestSite } from '../databases/index.js';
import { openScreen, type Screen } from './screen.js';

export const workspace = fileURLToPath(new URL('../../', import.meta.url));

/** The command as `npm run build` leaves it. */
export const bin = join(workspace, 'packages/cli/dist/bin.js');

/** What a process has left behind. */
export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

/** A user's folder, below the workspace so that its packages are found, and gone after `dispose`. */
export interface Project {
  readonly folder: string;
  write(path: string, text: string): void;
  /** Runs `dovetail` in it, as a script does: nobody is there to answer. */
  dovetail(...args: readonly string[]): Promise<Ended>;
  /** Runs it in a terminal, as a person does. */
  screen(...args: readonly string[]): Screen;
  dispose(): void;
}

/** @param environment variables of the command, besides those of the tests without `DOVETAIL_*` */
export function createProject(environment: NodeJS.ProcessEnv = {}): Project {
  const folder = join(workspace, '.cache/cli', randomUUID());
  mkdirSync(folder, { recursive: true });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('package.json', '{ "private": true, "type": "module" }\n');
  return {
    folder,
    write,
    dovetail: (...args) => run(folder, args, environment),
    screen: (...args) => openScreen(folder, args, environment),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A configuration in JavaScript, with the text of a list of entities. */
export function configText(
  database: Pick<TestDatabase, 'packageName'>,
  site: Pick<TestSite, 'connectionOptions'>,
  entities: string,
  extra = '',
): string {
  return `import { defineConfig } from '@dovetail/cli';
import { Dovetail, Entity, PrimaryKey, Property } from '${database.packageName}';

function entity(tableName, properties) {
  const Class = class {};
  PrimaryKey({ type: 'integer' })(Class.prototype, 'id');
  for (const [name, options] of Object.entries(properties)) Property(options)(Class.prototype, name);
  Object.defineProperty(Class, 'name', { value: tableName });
  Entity({ tableName })(Class);
  return Class;
}

export default defineConfig(Dovetail, { ...${JSON.stringify(site.connectionOptions)}, entities: ${entities}, ${extra} });
`;
}

/** The variables of the tests without what is meant for the command, and those that are stated. */
export function environmentOf(stated: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('DOVETAIL_') && !isColour(name) && name !== 'CI',
  );
  return { ...Object.fromEntries(inherited), ...stated };
}

/** Runs `dovetail` in a folder. */
export async function run(
  cwd: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  path = bin,
): Promise<Ended> {
  return endOf(start(cwd, args, environment, path));
}

/** Runs it where nobody reads what it prints, as of `| head`. */
export async function runUnread(cwd: string, args: readonly string[]): Promise<Ended> {
  const child = start(cwd, args, {}, bin);
  child.stdout.destroy();
  return endOf(child);
}

function start(cwd: string, args: readonly string[], environment: NodeJS.ProcessEnv, path: string) {
  const env = environmentOf(environment);
  return spawn(process.execPath, [path, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function endOf(child: ReturnType<typeof start>): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (exitCode) => resolve({ stdout, stderr, exitCode }));
  });
}

function isColour(name: string): boolean {
  return ['FORCE_COLOR', 'NO_COLOR', 'CI'].includes(name);
}
