import { DovetailError } from '@dovetail/core';
import { exportsOf, messageOf } from '@dovetail/core/driver';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { glob } from 'tinyglobby';
import type { SeederOptions } from './options.js';
import type { SeederClass } from './seeder.js';

/** A seeder, and the file that exports it. */
interface Found {
  readonly seeder: SeederClass;
  readonly file: string;
}

/**
 * The seeders that the files of the folder export, by the names of their classes.
 *
 * @throws DovetailError `invalid-configuration` where a file can't be loaded, or two classes have one name.
 */
export async function loadSeeders(options: SeederOptions = {}): Promise<ReadonlyMap<string, SeederClass>> {
  const { glob: pattern = '!(*.d).{js,ts,mjs,mts,cjs,cts}' } = options;
  const files = await glob(pattern, { cwd: seederFolder(options), absolute: true });
  const found = new Map<string, Found>();
  for (const file of files.sort()) {
    for (const seeder of (await load(file)).filter(isSeeder)) {
      const namesake = found.get(seeder.name);
      if (namesake !== undefined && namesake.seeder !== seeder) throw ambiguous(seeder.name, namesake.file, file);
      found.set(seeder.name, { seeder, file });
    }
  }
  return new Map([...found].map(([name, { seeder }]) => [name, seeder]));
}

function ambiguous(name: string, first: string, second: string): DovetailError {
  return new DovetailError('invalid-configuration', 'Two seeders have one name, which would stand for either:', [
    {
      where: second,
      what: `exports a class ${name}, as ${first} does`,
      remedy: 'Give one of them another name, or keep its file out with `glob`.',
    },
  ]);
}

/** The folder that seeders are read from and written to. */
export function seederFolder({ baseDir = '', path = './seeders', pathTs, preferTs = false }: SeederOptions): string {
  return resolve(baseDir, preferTs ? (pathTs ?? path) : path);
}

async function load(file: string): Promise<readonly unknown[]> {
  try {
    return exportsOf(await import(pathToFileURL(file).href));
  } catch (cause) {
    const what = messageOf(cause);
    throw new DovetailError(
      'invalid-configuration',
      'A seeder could not be loaded:',
      [{ where: file, what, remedy: 'Correct the file, or keep it out with `glob`.' }],
      { cause },
    );
  }
}

function isSeeder(value: unknown): value is SeederClass {
  return typeof value === 'function' && typeof Reflect.get(Object(value.prototype), 'run') === 'function';
}
