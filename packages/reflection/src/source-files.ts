import { DovetailError } from '@dovetail/core';
import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { glob } from 'tinyglobby';

/**
 * The TypeScript files that the globs lead to: those that they match, and the sources of compiled ones.
 *
 * @throws DovetailError `invalid-configuration` where a glob matches nothing, or a compiled file has no source map.
 */
export async function findSourceFiles(globs: readonly string[], baseDir: string): Promise<readonly string[]> {
  const found = await Promise.all(globs.map((pattern) => filesOf(pattern, baseDir)));
  return [...new Set(found.flat())].sort();
}

async function filesOf(pattern: string, baseDir: string): Promise<readonly string[]> {
  const files = (await glob(pattern, { cwd: baseDir, absolute: true })).filter(isScript);
  if (files.length > 0) return (await Promise.all(files.map(sourcesOf))).flat();
  throw failure(`"${pattern}" in ${baseDir}`, 'no file matches', 'Correct the glob, or the folder (`baseDir`).');
}

function isScript(file: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(file) && !isDeclaration(file);
}

function isDeclaration(file: string): boolean {
  return /\.d\.[cm]?ts$/.test(file);
}

async function sourcesOf(file: string): Promise<readonly string[]> {
  if (/\.[cm]?tsx?$/.test(file)) return [file];
  const map = await sourceMapOf(file);
  if (map === undefined) {
    throw failure(
      file,
      'it is compiled, and has no source map',
      'Compile with `"sourceMap": true`, or give the globs of the TypeScript files as `sources`.',
    );
  }
  return map.sources.map((source) =>
    source.startsWith('file:') ? fileURLToPath(source) : resolve(dirname(file), map.sourceRoot, source),
  );
}

interface SourceMap {
  readonly sourceRoot: string;
  readonly sources: readonly string[];
}

/** The last line of a compiled file says where its map is, or holds it (tc39.es/ecma426). */
async function sourceMapOf(file: string): Promise<SourceMap | undefined> {
  const text = await readFile(file, 'utf8');
  const url = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(text)?.[1];
  if (url === undefined) return undefined;
  const embedded = /^data:application\/json[^,]*;base64,(.*)$/.exec(url)?.[1];
  const json =
    embedded === undefined
      ? await readFile(resolve(dirname(file), decodeURIComponent(url)), 'utf8')
      : Buffer.from(embedded, 'base64').toString('utf8');
  const map: unknown = JSON.parse(json);
  if (typeof map !== 'object' || map === null || !('sources' in map) || !Array.isArray(map.sources)) return undefined;
  const sourceRoot = 'sourceRoot' in map && typeof map.sourceRoot === 'string' ? map.sourceRoot : '';
  return { sourceRoot, sources: map.sources.map(String) };
}

function failure(where: string, what: string, remedy: string): DovetailError {
  return new DovetailError('invalid-configuration', 'The sources cannot be read:', [{ where, what, remedy }]);
}

/** The path of a file as caches have it: the same on every system. */
export function relativePath(folder: string, file: string): string {
  return relative(folder, file).replaceAll('\\', '/');
}
