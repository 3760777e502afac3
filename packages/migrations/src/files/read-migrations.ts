import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, parse } from 'node:path';
import { DovetailError, type Problem } from '@dovetail/core';
import { defaultsOf, isObject, messageOf } from '@dovetail/core/driver';
import { glob } from 'tinyglobby';
import type { Migration, Statements } from '../migration.js';
import type { Settings } from '../migrator-options.js';
import { parseSql } from './sql-format.js';

/** A migration that exists as a file. */
export interface MigrationFile {
  /** The name of the file without its extension. */
  readonly name: string;
  readonly path: string;
  readonly migration: Migration;
  /** A hash of the statements of `up`; none where that is a function. */
  readonly checksum?: string | undefined;
}

/**
 * Reads the migrations of the folder, in the order of their names; none where there is no folder.
 *
 * @throws DovetailError `migration-invalid` where some cannot be read, or two have one name.
 */
export async function readMigrations({ folder, glob: pattern, load }: Settings): Promise<readonly MigrationFile[]> {
  const paths = existsSync(folder) ? await glob(pattern, { cwd: folder, dot: false }) : [];
  const problems: Problem[] = [];
  const files: MigrationFile[] = [];
  for (const path of paths.sort()) {
    const { name } = parse(path);
    const file = join(folder, path);
    try {
      if (files.some((other) => other.name === name)) throw new Error(`another file has the name "${name}" as well`);
      const migration = extname(path) === '.sql' ? await readSql(file, name) : exported(await load(file));
      files.push({ name, path: file, migration, checksum: checksumOf(migration.up) });
    } catch (error) {
      problems.push(...problemsOf(file, error));
    }
  }
  if (problems.length > 0) throw new DovetailError('migration-invalid', 'Migrations cannot be read.', problems);
  // A folder within the folder sorts by its own name; what counts is that of the file.
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A hash that tells whether the first so many statements are those that were run, whatever the language of the file. */
export function checksumOf(statements: Statements, count?: number): string | undefined {
  if (typeof statements === 'function') return undefined;
  return createHash('sha256')
    .update(JSON.stringify(statements.slice(0, count)))
    .digest('hex');
}

async function readSql(file: string, name: string): Promise<Migration> {
  return parseSql(await readFile(file, 'utf8'), name);
}

/** The default export; that of a module compiled to CommonJS is a member of it. */
function exported(module: unknown): Migration {
  const migration = defaultsOf(module).find(isMigration);
  if (migration !== undefined) return migration;
  throw new Error('its default export is no migration: { up: [...], down: [...] }');
}

function isMigration(value: unknown): value is Migration {
  return (
    isObject(value) &&
    'up' in value &&
    areStatements(value.up) &&
    (!('down' in value) || value.down === undefined || areStatements(value.down))
  );
}

function areStatements(value: unknown): value is Statements {
  return typeof value === 'function' || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
}

function problemsOf(where: string, error: unknown): readonly Problem[] {
  if (error instanceof DovetailError && error.problems.length > 0) return error.problems;
  const what = messageOf(error);
  return [{ where, what, remedy: isUnknownLanguage(error) ? loaderRemedy : 'correct the file, or take it out' }];
}

const loaderRemedy =
  'run with a loader of TypeScript, such as tsx; or compile it, and give the folder of that as `path`';

function isUnknownLanguage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_UNKNOWN_FILE_EXTENSION';
}
