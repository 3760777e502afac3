import { DovetailError } from '@dovetail/core';
import { lilconfig, type Loader } from 'lilconfig';
import { dirname, resolve } from 'node:path';
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
const load: Loader = (path) => importDefault(path);

/**
 * The configuration file: the one named, else the nearest `dovetail.config.*`, or the file that `"dovetail"` of
 * package.json names, in the working folder or above it.
 *
 * @throws DovetailError `invalid-configuration` where there is none, or it exports something else.
 */
export async function findConfig(named: string | undefined): Promise<ConfigFile> {
  const explorer = lilconfig('dovetail', {
    searchPlaces: [...extensions.map((extension) => `dovetail.config${extension}`), 'package.json'],
    loaders: Object.fromEntries(extensions.map((extension) => [extension, load])),
    cache: false,
  });
  const found =
    named === undefined ? await explorer.search() : await explorer.load(resolve(named)).catch(rethrow(named));
  if (found === null) throw missingError();
  const content: unknown = found.config;
  if (typeof content === 'string') {
    const path = resolve(dirname(found.filepath), content);
    return describeFile(path, await importDefault(path));
  }
  return describeFile(found.filepath, content);
}

function describeFile(path: string, content: unknown): ConfigFile {
  const configs = (Array.isArray(content) ? content : [content]).filter(isConfig);
  if (configs.length === 0) throw shapeError(path);
  return { path, folder: dirname(path), configs };
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

function isConfig(value: unknown): value is Config {
  return typeof value === 'object' && value !== null && 'open' in value && 'contextName' in value;
}

function rethrow(named: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new DovetailError('invalid-configuration', 'The configuration file is missing.', [
        {
          where: named,
          what: 'does not exist',
          remedy: 'Check --config, or leave it out to search upwards from here.',
        },
      ]);
    }
    throw error;
  };
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
