import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from '../databases/index.js';
import type { MigrationSite } from './given.js';

/** What a process that ran the migrations has said. */
export interface Ending {
  readonly lines: readonly string[];
  readonly errors: string;
  /** From `ready` to its end, in milliseconds. */
  readonly duration: number;
}

const script = fileURLToPath(new URL('./migrate.mjs', import.meta.url));

/** Runs the migrations in a process of its own, which may be killed so many milliseconds after it is ready. */
export function migrate(
  { packageName }: TestDatabase,
  { site, folder }: MigrationSite,
  killAfter?: number,
): Promise<Ending> {
  const task = JSON.stringify({ packageName, connectionOptions: site.connectionOptions, path: folder });
  const child = spawn(process.execPath, [script, task], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, errors] = ['', ''];
  let ready: number | undefined;
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (ready !== undefined || !output.includes('ready')) return;
    ready = performance.now();
    if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      const lines = output.split('\n').filter((line) => line !== '');
      resolve({ lines, errors, duration: performance.now() - (ready ?? 0) });
    });
  });
}
