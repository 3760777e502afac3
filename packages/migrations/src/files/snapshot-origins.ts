import { DovetailError, type Problem } from '@dovetail/core';
import type { MigrationFile } from './read-migrations.js';

/** A migration, told by either: its file may be renamed, or corrected before it is run. */
export type SnapshotOrigin = Pick<MigrationFile, 'name' | 'checksum'>;

/**
 * The migrations that a snapshot has the changes of: the hash of each by its name. Each is a line of its own, the last
 * one behind the others, so that git finds a conflict where two branches have added one.
 */
export type Origins = Readonly<Record<string, string | null>>;

export function originsOf(migrations: readonly SnapshotOrigin[]): Origins {
  return Object.fromEntries(migrations.map(({ name, checksum = null }) => [name, checksum]));
}

/** @throws DovetailError `snapshot-invalid` where the migrations are not those that the snapshot has the changes of. */
export function rejectOtherOrigins(path: string, origins: Origins, files: readonly MigrationFile[]): void {
  const removed = Object.entries(origins).filter((origin) => !files.some((file) => isOrigin(file, origin)));
  const problems = [
    ...removed.map(([name]): Problem => ({
      where: path,
      what: `has the changes of ${name}, which is not there any more`,
      remedy: 'restore the file; or delete the snapshot: the next migration is written from the database then',
    })),
    ...files.filter((file) => !isKnown(file, origins)).map((file) => lacks(path, `the changes of ${file.name}`)),
  ];
  if (problems.length > 0) throw unusable(problems);
}

/** @throws DovetailError `snapshot-invalid` where git has written both sides of a conflict into the file. */
export function rejectConflict(path: string, text: string): void {
  if (/^<{7} /m.test(text))
    throw unusable([lacks(path, 'what one of two branches has: git left their conflict in it')]);
}

function lacks(where: string, what: string): Problem {
  return {
    where,
    what: `lacks ${what}`,
    remedy: 'run all migrations, delete the snapshot, and write it anew from the database: `create`',
  };
}

function isOrigin({ name, checksum, migration }: MigrationFile, [origin, hash]: [string, string | null]): boolean {
  return name === origin || (hash !== null && checksum === hash) || migration.replaces?.includes(origin) === true;
}

function isKnown({ name, checksum, migration: { replaces = [] } }: MigrationFile, origins: Origins): boolean {
  const isMerged = replaces.length > 0 && replaces.every((replaced) => Object.hasOwn(origins, replaced));
  return (
    Object.hasOwn(origins, name) || (checksum !== undefined && Object.values(origins).includes(checksum)) || isMerged
  );
}

export function unusable(problems: readonly Problem[]): DovetailError {
  return new DovetailError('snapshot-invalid', 'The snapshot cannot be used. Nothing has been written.', problems);
}
