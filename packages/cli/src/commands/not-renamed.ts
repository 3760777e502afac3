import { type DovetailBase, DovetailError, type Schema } from '@dovetail/core';
import { displayName, nearestName } from '@dovetail/core/driver';

/**
 * Refuses paths of what the database does not have. A program may say for ever that something was not renamed; a person
 * says so of what is there now, and a path that is misspelt would be one that nothing is said of.
 *
 * @throws DovetailError `invalid-configuration` with the path that was probably meant.
 */
export async function rejectUnknownPaths(paths: readonly string[] = [], orm: DovetailBase): Promise<void> {
  if (paths.length === 0 || !orm.isConnected()) return;
  const known = pathsOf(await orm.schema.introspect(), orm.schema.getTargetSchema());
  const isKnown = (path: string): boolean => known.some((other) => other.toLowerCase() === path.toLowerCase());
  const problems = paths
    .filter((path) => !isKnown(path))
    .map((path) => {
      const nearest = nearestName(path, known);
      return {
        where: `--not-renamed "${path}"`,
        what: 'is not in the database',
        remedy:
          nearest === undefined
            ? 'Write its name in the database, such as author.full_name; leave the flag out where it is gone already.'
            : `Write ${nearest}.`,
      };
    });
  if (problems.length === 0) return;
  throw new DovetailError(
    'invalid-configuration',
    'There is nothing of this name. Nothing has been changed.',
    problems,
  );
}

/** A table that is renamed in the same update may be called by its new name as well. */
function pathsOf(actual: Schema, desired: Schema): readonly string[] {
  const columns = actual.tables.flatMap((table) => table.columns.map(({ name }) => name));
  const existing = new Set(actual.tables.map(displayName));
  const renamed = desired.tables.map(displayName).filter((name) => !existing.has(name));
  return [
    ...actual.namespaces,
    ...existing,
    ...actual.tables.flatMap((table) => table.columns.map(({ name }) => `${displayName(table)}.${name}`)),
    ...renamed.flatMap((table) => columns.map((name) => `${table}.${name}`)),
    ...actual.enums.flatMap((type) => [displayName(type), ...type.items.map((item) => `${displayName(type)}.${item}`)]),
  ];
}
