import { DovetailError } from '@dovetail/core';
import { isObject } from '@dovetail/core/driver';
import { readPackage } from '@dovetail/core/driver';
import { lilconfig, type Loader } from 'lilconfig';
import { statSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import type { Config } from './define-config.js';
import { importDefault } from './import-module.js';

/** A file that holds configurations. */
export interface ConfigFile {
  readonly path: string;
  /** Where its relative paths start. */
  readonly folder: string;
  readonly configs: readonly Config[];
}

const extensions = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'];

/** What the file is called where package.json says nothing else. */
export const configNames = extensions.map((extension) => `dovetail.config${extension}`);

const load: Loader = (path) => importDefault(path);

/**
 * The configuration file: the one named, else the nearest `dovetail.config.*`, or the file that `"dovetail"` of
 * package.json names, in the working folder or above it.
 *
 * @throws DovetailError `invalid-configuration` where there is none, or it exports something else.
 */
export async function findConfig(named: string | undefined): Promise<ConfigFile> {
  if (named !== undefined) rejectNoFile(named, 'Check --config, or leave it out to search upwards from here.');
  const explorer = lilconfig('dovetail', {
    searchPlaces: [...configNames, 'package.json'],
    loaders: {
      ...Object.fromEntries(extensions.map((extension) => [extension, load])),
      '.json': readPackage,
    },
    cache: false,
  });
  const found = named === undefined ? await explorer.search() : await explorer.load(resolve(named));
  if (found === null) throw missingError();
  return extname(found.filepath) === '.json'
    ? readNamed(found.filepath, found.config)
    : describeFile(found.filepath, found.config);
}

/** The file that a package.json names. */
async function readNamed(filepath: string, name: unknown): Promise<ConfigFile> {
  if (typeof name !== 'string') throw namingError(filepath);
  const path = resolve(dirname(filepath), name);
  rejectNoFile(path, `Correct "dovetail" of ${filepath}.`);
  return describeFile(path, await importDefault(path));
}

async function describeFile(path: string, exported: unknown): Promise<ConfigFile> {
  const content = await (isMaker(exported) ? exported() : exported);
  const configs = (Array.isArray(content) ? content : [content]).filter(isConfig);
  if (configs.length === 0) throw shapeError(path);
  rejectRepeated(path, configs);
  return { path, folder: dirname(path), configs };
}

/** `--context` could not tell them apart. */
function rejectRepeated(where: string, configs: readonly Config[]): void {
  const names = configs.map(({ contextName }) => contextName);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  if (repeated.size === 0) return;
  throw new DovetailError(
    'invalid-configuration',
    'The configuration has several contexts of one name.',
    [...repeated].map((name) => ({
      where,
      what: `has more than one context ${name}`,
      remedy: 'Give each configuration of the list a contextName of its own; one without has the name default.',
    })),
  );
}

/** The configuration of a context; the only one, or the one called `default`, where none is asked for. */
export function chooseContext({ configs, path }: ConfigFile, name: string | undefined): Config {
  const chosen =
    configs.length === 1 && name === undefined
      ? configs[0]
      : configs.find(({ contextName }) => contextName === (name ?? 'default'));
  if (chosen !== undefined) return chosen;
  const names = configs.map(({ contextName }) => contextName).join(', ');
  throw new DovetailError('invalid-configuration', 'The configuration has no such context.', [
    { where: path, what: `has no context ${name ?? 'default'}`, remedy: `Write --context with one of: ${names}.` },
  ]);
}

function isMaker(value: unknown): value is () => unknown {
  return typeof value === 'function';
}

function isConfig(value: unknown): value is Config {
  return isObject(value) && 'open' in value && 'contextName' in value;
}

function rejectNoFile(path: string, remedy: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() === true && [...extensions, '.json'].includes(extname(path))) return;
  throw new DovetailError('invalid-configuration', 'The configuration file cannot be used.', [
    {
      where: path,
      what: stats === undefined ? 'does not exist' : 'is no TypeScript or JavaScript file',
      remedy,
    },
  ]);
}

function namingError(where: string): DovetailError {
  return new DovetailError('invalid-configuration', 'A package.json names no configuration file.', [
    {
      where,
      what: '"dovetail" is no path',
      remedy: 'Write the path of the file that exports the configuration: "dovetail": "./config/dovetail.config.ts".',
    },
  ]);
}

function missingError(): DovetailError {
  return new DovetailError('invalid-configuration', 'There is no configuration.', [
    {
      where: process.cwd(),
      what: 'neither this folder nor one above it has a dovetail.config.ts (or .mts, .cts, .js, .mjs, .cjs)',
      remedy: 'Run "dovetail init" to write one, or name one with --config.',
    },
  ]);
}

function shapeError(path: string): DovetailError {
  return new DovetailError('invalid-configuration', 'The configuration file exports no configuration.', [
    {
      where: path,
      what: 'its default export is not made by defineConfig',
      remedy: "Write: export default defineConfig(Dovetail, { dbName: 'library.db', entities: [Author] });",
    },
  ]);
}
