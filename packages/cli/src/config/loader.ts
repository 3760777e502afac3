import { DovetailError } from '@dovetail/core';
import { getTsconfig } from 'get-tsconfig';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { dirname, extname, join } from 'node:path';

/** What compiles TypeScript as it is loaded. */
export const loaders = ['swc', 'ts-node', 'tsx', 'none'] as const;

export type LoaderName = (typeof loaders)[number];

/** How a file is loaded. */
type Mode = 'import' | 'require';

const modes = new Map<string, Promise<Mode>>();

/**
 * Makes TypeScript loadable, and says how the file has to be loaded. `DOVETAIL_LOADER` names the loader; else swc takes
 * the projects whose decorators need the types that `emitDecoratorMetadata` emits, which tsx does not, and tsx all
 * others: swc does not read standard decorators as tsconfig.json states them.
 */
export async function useLoader(path: string): Promise<Mode> {
  const [loader, isCommonjs] = [chooseLoader(path), isCommonJs(path)];
  const key = `${loader} ${isCommonjs}`;
  const mode = modes.get(key) ?? registerLoader(loader, isCommonjs, path);
  modes.set(key, mode);
  return mode;
}

async function registerLoader(loader: LoaderName, isCommonjs: boolean, path: string): Promise<Mode> {
  switch (loader) {
    case 'none':
      return 'import';
    case 'tsx': {
      const [commonjs, esm] = [await import('tsx/cjs/api'), await import('tsx/esm/api')];
      commonjs.register();
      esm.register();
      return 'import';
    }
    case 'swc':
      process.env.TS_NODE_PROJECT ??= getTsconfig(dirname(path))?.path;
      if (!isCommonjs) {
        await import('@swc-node/register/esm-register');
        return 'import';
      }
      // It would compile JavaScript too, that of packages which are linked included.
      requireSwc('@swc-node/register/register').register({}, { exts: ['.ts', '.cts'] });
      return requireImported();
    case 'ts-node':
      createRequire(path)('ts-node/register/transpile-only');
      return requireImported();
  }
}

/** What `@swc-node/register` has for `require` alone. */
interface SwcRegister {
  register(compilerOptions: object, hook: { readonly exts: readonly string[] }): void;
}

const requireSwc: (path: string) => SwcRegister = createRequire(import.meta.url);

/** What is imported, as the globs of entities are, goes the way of what is required. */
function requireImported(): Mode {
  register('#require-hooks', import.meta.url);
  return 'require';
}

/** What compiles the TypeScript of a file; see `useLoader`. */
export function chooseLoader(path: string): LoaderName {
  const stated = process.env.DOVETAIL_LOADER;
  if (stated === undefined || stated === '') return emitsMetadata(path) && hasSwc() ? 'swc' : 'tsx';
  const known = loaders.find((name) => name === stated);
  if (known === undefined) {
    throw new DovetailError('invalid-configuration', 'There is no such loader.', [
      { where: 'DOVETAIL_LOADER', what: `is ${stated}`, remedy: `Write one of: ${loaders.join(', ')}.` },
    ]);
  }
  return known;
}

function emitsMetadata(path: string): boolean {
  return getTsconfig(dirname(path))?.config.compilerOptions?.emitDecoratorMetadata === true;
}

/** It is installed where there is a binary of it for the machine. */
function hasSwc(): boolean {
  try {
    createRequire(import.meta.url)('@swc/core');
    return true;
  } catch {
    return false;
  }
}

/** As Node.js tells the format of a file (nodejs.org/api/packages.html#determining-module-system). */
function isCommonJs(path: string): boolean {
  switch (extname(path)) {
    case '.mts':
      return false;
    case '.cts':
      return true;
    default:
      return packageType(dirname(path)) !== 'module';
  }
}

function packageType(folder: string): unknown {
  const path = join(folder, 'package.json');
  if (existsSync(path)) {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof content === 'object' && content !== null && 'type' in content ? content.type : 'commonjs';
  }
  return dirname(folder) === folder ? 'commonjs' : packageType(dirname(folder));
}
