import { DovetailError } from '@dovetail/core';
import { readPackage } from '@dovetail/core/driver';
import { getTsconfig, type TsConfigJsonResolved } from 'get-tsconfig';
import { existsSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { versionIn } from '../installed-version.js';
import { requireSources } from './source-names.js';

/** What compiles TypeScript as it is loaded. */
const loaders = ['swc', 'ts-node', 'tsx', 'none'] as const;

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
  rejectUnable(loader, isCommonjs, path);
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
      // A backtrace of native code says nothing of the file that has the mistake.
      process.env.RUST_LIB_BACKTRACE = '0';
      // Else the lines of errors would be those of what it makes.
      process.env.SWC_NODE_SOURCE_MAP_MODE ??= 'inline';
      process.setSourceMapsEnabled(true);
      process.env.TS_NODE_PROJECT ??= getTsconfig(dirname(path))?.path;
      if (!isCommonjs) {
        await withoutDeprecations(() => import('@swc-node/register/esm-register'));
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
async function requireImported(): Promise<Mode> {
  requireSources();
  await withoutDeprecations(() => register('#require-hooks', import.meta.url));
  return 'require';
}

/**
 * Node.js 26 warns of `module.register` (nodejs.org/api/deprecations.html#DEP0205). Node.js 20 has nothing else, nor has
 * @swc-node/register, and who reads the warning has no part in it.
 */
async function withoutDeprecations(body: () => unknown): Promise<void> {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  try {
    await body();
  } finally {
    process.noDeprecation = noDeprecation;
  }
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

/** A loader that is named may be one that can't do it, and what it says itself sends nobody to the name. */
function rejectUnable(loader: LoaderName, isCommonjs: boolean, path: string): void {
  const limit = limitOf(loader, isCommonjs, path);
  if (limit === undefined) return;
  const problem = { where: 'DOVETAIL_LOADER', what: `is ${loader}, which ${limit}`, remedy: 'Leave it unset.' };
  throw new DovetailError('invalid-configuration', 'TypeScript cannot be compiled.', [problem]);
}

function limitOf(loader: LoaderName, isCommonjs: boolean, path: string): string | undefined {
  switch (loader) {
    case 'swc': {
      const isLegacy = compilerOptionsOf(path).experimentalDecorators === true;
      // A .swcrc that is asked for stands in for tsconfig.json.
      return isLegacy || process.env.SWCRC !== undefined
        ? undefined
        : 'reads no decorators where tsconfig.json has no "experimentalDecorators"';
    }
    case 'ts-node':
      return isCommonjs ? undefined : 'loads CommonJS alone, and not the ES modules of this project';
    case 'tsx':
    case 'none':
      return undefined;
  }
}

/** What a person can do who leaves out types that nothing writes into the program. */
export function adviseOnTypes(path: string): string {
  return `Or let the compiler write the types: ${wayToTypes(path)}`;
}

function wayToTypes(path: string): string {
  if (!emitsMetadata(path) || hasSwc()) {
    return (
      'set "experimentalDecorators" and "emitDecoratorMetadata" in tsconfig.json, and leave DOVETAIL_LOADER unset, for ' +
      'tsx does not write them.'
    );
  }
  return isPlugAndPlay
    ? 'swc does, which does not run under Plug\'n\'Play; write "nodeLinker: node-modules" in .yarnrc.yml.'
    : 'swc does, an optional dependency of @dovetail/cli: npm install --include=optional';
}

function emitsMetadata(path: string): boolean {
  const { experimentalDecorators, emitDecoratorMetadata } = compilerOptionsOf(path);
  if (emitDecoratorMetadata === true && experimentalDecorators !== true) throw undecoratedError();
  return emitDecoratorMetadata === true;
}

function compilerOptionsOf(path: string): NonNullable<TsConfigJsonResolved['compilerOptions']> {
  try {
    return getTsconfig(dirname(path))?.config.compilerOptions ?? {};
  } catch (cause) {
    throw tsconfigError(String(cause), 'Correct the file.', cause);
  }
}

function undecoratedError(): DovetailError {
  return tsconfigError(
    'has "emitDecoratorMetadata" without "experimentalDecorators", which it needs',
    'Set "experimentalDecorators": true beside it, or take it off.',
  );
}

function tsconfigError(what: string, remedy: string, cause?: unknown): DovetailError {
  const problem = { where: 'tsconfig.json', what, remedy };
  return new DovetailError('invalid-configuration', 'TypeScript cannot be compiled.', [problem], { cause });
}

/**
 * Yarn keeps packages in archives then, into which what is required does not look for the modules that it imports, and
 * swc asks for itself where only the project's own packages are found (yarnpkg.com/features/pnp).
 */
const isPlugAndPlay = 'pnp' in process.versions;

/**
 * What it needs is optional, and the binary of it is there for some machines alone. It reads tsconfig.json by the JavaScript
 * of TypeScript, which 7 and later have no more.
 */
function hasSwc(): boolean {
  if (isPlugAndPlay) return false;
  try {
    const swc = createRequire(createRequire(import.meta.url).resolve('@swc-node/register/register'));
    swc('@swc/core');
    return Number.parseInt(versionIn(swc.resolve('typescript/package.json')) ?? '') < 7;
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
    const content = readPackage(path);
    return 'type' in content ? content.type : 'commonjs';
  }
  return dirname(folder) === folder ? 'commonjs' : packageType(dirname(folder));
}
