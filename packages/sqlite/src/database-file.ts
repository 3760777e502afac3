import { type ConnectionOptions, type DatabaseScript, DovetailError } from '@dovetail/core/driver';
import { existsSync, rmSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Creates an empty database file if there is none, and says whether it did. The folder must exist.
 *
 * @throws DovetailError with the code `connection-failed` where the file cannot be created.
 */
export async function ensureDatabase({ dbName }: ConnectionOptions): Promise<boolean> {
  checkFolder(dbName);
  if (isInMemory(dbName) || existsSync(dbName)) return false;
  try {
    // An empty file is an empty database (sqlite.org/fileformat2.html).
    await writeFile(dbName, '', { flag: 'wx' });
    return true;
  } catch (cause) {
    throw fileError(
      'Cannot create the database.',
      dbName,
      String(cause),
      'Check the permissions of its folder.',
      cause,
    );
  }
}

/**
 * Removes the database's file and what SQLite keeps beside it, if it exists.
 *
 * @throws DovetailError with the code `connection-failed` where the path leads to something else than a database.
 */
export async function dropDatabase({ dbName }: ConnectionOptions): Promise<void> {
  if (isInMemory(dbName) || !existsSync(dbName)) return;
  if (!(await isDatabase(dbName))) {
    throw fileError('Cannot drop the database.', dbName, 'is not a SQLite database', 'Remove it by hand if it may go.');
  }
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(dbName + suffix, { force: true });
}

/** What `dropDatabase` does, and `ensureDatabase` after it: the database is a file, which no statement removes. */
export function databaseScript({ dbName }: ConnectionOptions): DatabaseScript {
  const file = isInMemory(dbName) ? 'database in memory' : `file ${dbName.replaceAll(/\s/g, ' ')}`;
  return { drop: `-- The ${file} is removed.\n`, create: `-- An empty ${file} is created.\n` };
}

export function isInMemory(dbName: string): boolean {
  return dbName === ':memory:';
}

/** Refuses a path that no file can be created at, before SQLite says so in fewer words. */
export function checkFolder(dbName: string): void {
  if (dbName === '') {
    throw new DovetailError('invalid-configuration', 'The database has no name.', [
      { where: 'dbName', what: 'is empty', remedy: "Give the path of a file, or ':memory:'." },
    ]);
  }
  const folder = dirname(dbName);
  if (isInMemory(dbName) || existsSync(folder)) return;
  throw fileError(
    'Cannot open the database.',
    dbName,
    `its folder ${folder} does not exist`,
    'Create the folder first.',
  );
}

/** A database starts with these bytes (sqlite.org/fileformat2.html#the_database_header), or is empty. */
const header = 'SQLite format 3\0';

async function isDatabase(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) return false;
    const { buffer } = await file.read(Buffer.alloc(header.length), 0, header.length, 0);
    return stats.size === 0 || buffer.toString('latin1') === header;
  } finally {
    await file.close();
  }
}

function fileError(summary: string, where: string, what: string, remedy: string, cause?: unknown): DovetailError {
  return new DovetailError('connection-failed', summary, [{ where, what, remedy }], { cause });
}
