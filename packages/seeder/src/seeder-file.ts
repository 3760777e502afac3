import { DovetailError, type ErrorCode } from '@dovetail/core';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { seederFolder } from './load-seeders.js';
import type { SeederOptions } from './options.js';

/**
 * Writes the file of a new seeder, and gives its path: `author` becomes the class `AuthorSeeder`.
 *
 * @throws DovetailError `invalid-configuration` where the name can't be that of a class, `already-exists` where there
 * is such a file; it stays as it is.
 *
 * @example
 * await createSeederFile('author', { path: './src/seeders' });
 */
export async function createSeederFile(name: string, options: SeederOptions = {}): Promise<string> {
  const { emit = 'ts', fileName = (text: string): string => text, pathTs, path, baseDir = '' } = options;
  const className = classNameOf(name);
  // New files are sources, so they go where these are.
  const folder = emit === 'ts' ? resolve(baseDir, pathTs ?? path ?? './seeders') : seederFolder(options);
  const file = join(folder, `${fileName(className)}.${emit}`);
  await mkdir(folder, { recursive: true });
  try {
    await writeFile(file, emit === 'ts' ? typescript(className) : javascript(className), { flag: 'wx' });
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
    throw failure('already-exists', file, 'exists already', 'Choose another name, or remove the file.');
  }
  return file;
}

function classNameOf(name: string): string {
  const words = name.split(/[^\p{ID_Continue}$]+/u).filter((word) => word !== '');
  const joined = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
  if (!/^\p{ID_Start}/u.test(joined)) {
    throw failure('invalid-configuration', name, 'cannot be the name of a class', 'Begin with a letter: `author`.');
  }
  return joined.endsWith('Seeder') ? joined : `${joined}Seeder`;
}

function failure(code: ErrorCode, where: string, what: string, remedy: string): DovetailError {
  return new DovetailError(code, 'The seeder was not written.', [{ where, what, remedy }]);
}

function typescript(className: string): string {
  return `import type { SeedDatabase, Seeder } from '@dovetail/seeder';

export class ${className} implements Seeder {
  async run(db: SeedDatabase): Promise<void> {
    await db.call([]);
  }
}
`;
}

function javascript(className: string): string {
  return `export class ${className} {
  /** @param {import('@dovetail/seeder').SeedDatabase} db */
  async run(db) {
    await db.call([]);
  }
}
`;
}
