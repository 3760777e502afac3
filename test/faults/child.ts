import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a process that updates the library has said, and how it ended. */
export interface Ending {
  readonly lines: readonly string[];
  readonly errors: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** From `ready` to `done`, in milliseconds; as far as it came. */
  readonly duration: number;
}

export interface UpdateOptions {
  /** Kill it so many milliseconds after it has said that it is ready. */
  readonly killAfter?: number;
}

const script = fileURLToPath(new URL('./update.mjs', import.meta.url));

/** Updates the library in a process of its own, on the built packages. */
export function runUpdate(
  dbName: string,
  version: 'before' | 'after',
  { killAfter }: UpdateOptions = {},
): Promise<Ending> {
  const child = spawn(process.execPath, [script, dbName, version], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  let ready: number | undefined;
  let done: number | undefined;
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (ready === undefined && output.includes('ready')) {
      ready = performance.now();
      if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
    }
    if (output.includes('done')) done ??= performance.now();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const duration = ready === undefined ? 0 : (done ?? performance.now()) - ready;
      resolve({ lines: output.split('\n').filter((line) => line !== ''), errors, code, signal, duration });
    });
  });
}
