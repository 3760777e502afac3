import { DovetailError } from '@dovetail/core';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';

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
    return defaultOf(defaultOf(await loadModule(path)));
  } catch (error) {
    if (error instanceof DovetailError) throw error;
    throw loadingError(path, error);
  }
}

/** What is compiled to CommonJS and imported has its default export one level down. */
function defaultOf(content: unknown): unknown {
  return typeof content === 'object' && content !== null && 'default' in content ? content.default : content;
}

function loadingError(path: string, cause: unknown): DovetailError {
  const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new DovetailError(
    'invalid-configuration',
    'The configuration, or a file that it imports, cannot be loaded.',
    [{ where: placeOf(cause) ?? path, what, remedy: remedyFor(cause) }],
    { cause },
  );
}

/** Node.js and the loaders write the place of a syntax error before it, in its stack. */
function placeOf(cause: unknown): string | undefined {
  const [line = ''] = (cause instanceof Error ? (cause.stack ?? '') : '').split('\n');
  return /^(file:|\/|[A-Z]:\\).*:\d+$/.test(line) ? line.replace('file://', '') : undefined;
}

function remedyFor(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
    return 'Check the path, or install the package that is missing.';
  }
  if (cause instanceof ReferenceError && cause.message.includes('before initialization')) {
    return 'Two files import each other: name the entity lazily, as in @ManyToOne({ entity: () => Author }).';
  }
  if (isSyntaxError(cause)) return 'Correct the file.';
  return 'Run again with --verbose for where it happens.';
}

/** The loaders have errors of their own. */
function isSyntaxError(cause: unknown): boolean {
  return (
    cause instanceof SyntaxError ||
    (cause instanceof Error && (cause.name === 'TransformError' || cause.message.startsWith('Transform failed')))
  );
}
