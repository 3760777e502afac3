import { readFileSync, statSync } from 'node:fs';
import { parseEnv } from 'node:util';

/**
 * Adds to the environment what a `.env` in the working folder states, if there is one; one that is a folder is none: of a
 * virtual environment, say. `process.loadEnvFile` would take a byte order mark for a part of the first name.
 */
export function readEnvironmentFile(): void {
  if (statSync('.env', { throwIfNoEntry: false })?.isFile() !== true) return;
  const stated = parseEnv(readFileSync('.env', 'utf8').replace(/^\uFEFF/, ''));
  Object.assign(process.env, { ...stated, ...process.env });
}
