import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Place } from './place.js';

const program = fileURLToPath(new URL('./update.ts', import.meta.url));

/** An update in a process of its own. */
export interface UpdateProcess {
  /** What it has said, line by line. */
  readonly lines: readonly string[];
  readonly errors: string;
}

/** Runs an update in a process of its own, on the built packages. `onLine` may kill it. */
export function updateIn(
  place: Place,
  recipe: string,
  onLine: (line: string, kill: () => void) => void = () => undefined,
): Promise<UpdateProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, JSON.stringify(place), recipe], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  let [rest, errors] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const [last = '', ...complete] = (rest + text).split('\n').reverse();
    rest = last;
    for (const line of complete.reverse()) {
      lines.push(line);
      onLine(line, () => child.kill('SIGKILL'));
    }
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      resolve({ lines, errors });
    });
  });
}

/** Kills the process in the middle of its update, and says whether that was in time. */
export async function killedUpdate(place: Place, recipe: string, share: number, delay: number): Promise<boolean> {
  let isStruck = false;
  const { lines, errors } = await updateIn(place, recipe, (line, kill) => {
    const [kind, number, , total] = line.split(' ');
    if (isStruck || kind !== 'started' || Number(number) < 1 + share * Number(total)) return;
    isStruck = true;
    setTimeout(kill, delay);
  });
  if (errors !== '') throw new Error(errors);
  return !lines.includes('done');
}
