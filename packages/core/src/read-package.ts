import { readFileSync } from 'node:fs';
import { DovetailError } from './errors.js';
import { isObject } from './is-object.js';

/**
 * What a package.json says.
 *
 * @throws DovetailError `invalid-configuration` where it can't be read as JSON.
 */
export function readPackage(path: string): object {
  const content = parse(path, readFileSync(path, 'utf8'));
  if (isObject(content)) return content;
  throw unreadable(path, 'holds no object');
}

function parse(path: string, text: string): unknown {
  try {
    // Node.js and npm read past a byte order mark too.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw unreadable(path, String(cause), cause);
  }
}

function unreadable(where: string, what: string, cause?: unknown): DovetailError {
  return new DovetailError(
    'invalid-configuration',
    'A package.json cannot be read.',
    [{ where, what, remedy: 'Correct it: it is looked up for "dovetail" and "type".' }],
    { cause },
  );
}
