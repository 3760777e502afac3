import { DovetailError, type EntityClass, type MetadataProvider, type Problem } from '@dovetail/core';
import { resolve } from 'node:path';
import { changedFiles, readCache, readData, writeCache } from './cache.js';
import type { ReflectionOptions } from './options.js';
import type { ReflectedClass, ReflectedFile, ReflectionData } from './reflection-data.js';
import { findSourceFiles, relativePath } from './source-files.js';

/** What is written changes with this package, so that a cache of before is not taken for one of now. */
const format = 1;
const defaultCache = 'node_modules/.cache/dovetail/reflection.json';

/**
 * Makes a metadata provider that knows what the sources say: types, nullability, the values of enums, arrays, and the
 * entities at the other end. Files that have not changed since are not read again.
 *
 * @throws DovetailError `invalid-configuration` where sources are missing, `invalid-metadata` where the source of a
 * property and its decorator disagree; all such properties in one error.
 *
 * @example
 * const metadataProvider = await createReflection({ sources: ['./src/entities/*.ts'] });
 * const orm = await Dovetail.init({ entities: [Author, Book], dbName: 'library.db', metadataProvider });
 */
export async function createReflection(options: ReflectionOptions): Promise<MetadataProvider> {
  const { cache = defaultCache, baseDir = '' } = options;
  const file = cache === false ? undefined : resolve(baseDir, cache);
  return providerOf(await reflect(options, file));
}

/**
 * Writes what the sources say into a file, as a step of the build: with `readReflection`, production needs neither the
 * sources nor TypeScript.
 *
 * @throws DovetailError as `createReflection` does; then nothing is written.
 *
 * @example
 * await writeReflection('./dist/reflection.json', { sources: ['./src/entities/*.ts'] });
 */
export async function writeReflection(file: string, options: ReflectionOptions): Promise<void> {
  const path = resolve(options.baseDir ?? '', file);
  const data = await reflect(options, path);
  providerOf(data);
  await writeCache(path, data);
}

/**
 * A metadata provider of what `writeReflection` wrote. It looks at no source.
 *
 * @throws DovetailError `invalid-configuration` where there is no such file.
 *
 * @example
 * const metadataProvider = await readReflection('./dist/reflection.json');
 */
export async function readReflection(file: string): Promise<MetadataProvider> {
  const data = await readData(resolve(file));
  if (data !== undefined) return providerOf(data);
  throw new DovetailError('invalid-configuration', 'The reflection cannot be read:', [
    { where: file, what: 'there is no such file, or it is none', remedy: 'Write it with `writeReflection`.' },
  ]);
}

/** Takes from the cache what still holds, analyses the rest, and keeps it. */
async function reflect(options: ReflectionOptions, cache: string | undefined): Promise<ReflectionData> {
  const { sources, baseDir = '', tsConfig, comments = false } = options;
  const folder = resolve(baseDir);
  const madeBy = JSON.stringify({ format, comments, tsConfig });
  const known = cache === undefined ? undefined : await readCache(cache, madeBy);
  const outdated = await changedFiles(known?.states ?? {}, folder);
  const paths = (await findSourceFiles(sources, folder)).map((file) => relativePath(folder, file));
  const kept = (path: string): ReflectedFile | undefined => (outdated.has(path) ? undefined : known?.files[path]);
  const changed = paths.filter((path) => kept(path) === undefined);
  if (known !== undefined && changed.length === 0) return { ...known, files: filesOf(paths, kept) };

  // The only place that needs TypeScript, and only when something has changed.
  const { analyse } = await import('./analyse.js');
  const analysed = analyse(changed, { folder, tsConfig: tsConfig && resolve(folder, tsConfig), comments });
  const data: ReflectionData = {
    madeBy,
    states: { ...known?.states, ...analysed.states },
    files: filesOf(paths, (path) => kept(path) ?? analysed.files.get(path)),
  };
  if (cache !== undefined) await writeCache(cache, data);
  return data;
}

function filesOf(
  paths: readonly string[],
  find: (path: string) => ReflectedFile | undefined,
): Readonly<Record<string, ReflectedFile>> {
  const found = paths.map((path) => [path, find(path)] as const);
  return Object.fromEntries(found.flatMap(([path, file]) => (file === undefined ? [] : [[path, file]])));
}

function providerOf({ files }: ReflectionData): MetadataProvider {
  const problems = Object.values(files).flatMap((file) => file.problems);
  const classes = new Map<string, ReflectedClass>();
  for (const [path, file] of Object.entries(files)) {
    for (const [name, reflected] of Object.entries(file.classes)) {
      const other = classes.get(name);
      if (other !== undefined && JSON.stringify(other) !== JSON.stringify(reflected)) problems.push(twice(name, path));
      classes.set(name, reflected);
    }
  }
  if (problems.length > 0) {
    throw new DovetailError('invalid-metadata', 'The sources and their decorators disagree:', problems);
  }
  return {
    reflect(entity, propertyName, owner) {
      const reflected = classes.get(owner.name) ?? classes.get(entity.name);
      if (reflected === undefined) throw unknownClass(owner);
      return reflected[propertyName] ?? {};
    },
  };
}

function twice(name: string, path: string): Problem {
  return {
    where: name,
    what: `${path} declares it, and another file of \`sources\` does too`,
    remedy: 'Rename one of them, or take one of the files out of `sources`.',
  };
}

function unknownClass({ name }: EntityClass): DovetailError {
  return new DovetailError('invalid-metadata', 'The source of an entity is not known:', [
    { where: name, what: 'no file of `sources` declares it', remedy: 'Add its file to `sources`.' },
  ]);
}
