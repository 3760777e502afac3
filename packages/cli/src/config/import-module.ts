import { DovetailError } from '@dovetail/core';
import { defaultsOf } from '@dovetail/core/driver';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Whether a file is TypeScript, by its name. */
export function isTypeScript(path: string): boolean {
  return ['.ts', '.mts', '.cts'].includes(extname(path));
}

/** Loads a module, TypeScript included. */
export async function loadModule(path: string): Promise<unknown> {
  const mode = isTypeScript(path) ? await (await import('./loader.js')).useLoader(path) : 'import';
  const content: unknown = mode === 'require' ? createRequire(path)(path) : await import(pathToFileURL(path).href);
  return content;
}

/**
 * The default export of a module of the configuration.
 *
 * @throws DovetailError `invalid-configuration` with what is wrong in the module.
 */
export async function importDefault(path: string): Promise<unknown> {
  try {
    return defaultsOf(await loadModule(path)).at(-1);
  } catch (error) {
    if (error instanceof DovetailError) throw error;
    throw loadingError(path, error);
  }
}

function loadingError(path: string, cause: unknown): DovetailError {
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  const problem = { where: placeOf(cause) ?? path, what: `${name}: ${message}`, remedy: remedyFor(cause) };
  return new DovetailError(
    'invalid-configuration',
    'The configuration, or a file that it imports, cannot be loaded.',
    [problem],
    { cause },
  );
}

/** Node.js and the loaders write the place of a syntax error before it, in its stack; that of others comes after it. */
function placeOf(cause: unknown): string | undefined {
  const [line = '', ...frames] = (cause instanceof Error ? (cause.stack ?? '') : '').split('\n');
  if (/^(file:|\/|[A-Z]:\\).*:\d+$/.test(line)) return line.replace('file://', '');
  if (isUnfound(cause)) return undefined;
  const frame = frames.find((text) => /^ +at /.test(text) && !isForeign(text));
  return /(?:file:\/\/)?((?:\/|[A-Z]:\\)[^()]*:\d+):\d+\)?$/.exec(frame ?? '')?.[1];
}

const ownFolder = fileURLToPath(new URL('..', import.meta.url));

function isForeign(frame: string): boolean {
  return frame.includes('node:') || frame.includes('node_modules') || frame.includes(ownFolder);
}

function remedyFor(cause: unknown): string {
  if (isUnfound(cause)) {
    const [, name] = /'([^'./][^':\\]*)'/.exec(cause.message) ?? [];
    return name === undefined ? 'Check the path.' : `Run "npm install ${packageOf(name)}", or check the name.`;
  }
  if (cause instanceof ReferenceError && cause.message.includes('before initialization')) {
    return 'Two files import each other: name the entity lazily, as in @ManyToOne({ entity: () => Author }).';
  }
  return 'Correct the file.';
}

/** swc says so without a code. */
function isUnfound(cause: unknown): cause is Error {
  if (!(cause instanceof Error)) return false;
  const code = 'code' in cause ? cause.code : undefined;
  return (
    code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND' || cause.message.startsWith('Cannot find module ')
  );
}

/** The package that a module is of: `@dovetail/core` of `@dovetail/core/driver`. */
function packageOf(name: string): string {
  return name.split('/', name.startsWith('@') ? 2 : 1).join('/');
}
