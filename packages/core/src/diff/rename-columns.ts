import type { Comparison } from '../driver.js';
import { displayName, nameOf } from '../model/names.js';
import type { StatedRenames } from '../model/plan.js';
import type { Column, Table } from '../model/schema.js';
import { alikeColumns, type NewName, type NewNames } from './alike.js';
import { findAmong, type Found, pathsOf, type Renamables } from './found-renames.js';
import { newColumnNamesBy } from './new-names.js';
import type { RenameOptions } from './rename-options.js';
import { quote } from './rename-problems.js';

/** What is called after a key may be of its type as well, so that it is looked for until no more keys are found. */
export function findAllColumns(
  tables: readonly (readonly [before: Table, after: Table])[],
  newName: NewName,
  comparison: Comparison,
  options: RenameOptions,
  known: readonly Found<Column>[] = [],
): readonly Found<Column>[] {
  const changes = known.flatMap((found) =>
    found.renames.map(({ from, to, reason }) => found.change({ from: from.name, to: to.name, reason })),
  );
  const newNames = { table: newName, column: newColumnNamesBy(changes, comparison) };
  const all = tables.map(([before, after]) => findColumns(before, after, newNames, comparison, options));
  return countOf(all) > countOf(known) ? findAllColumns(tables, newName, comparison, options, all) : all;
}

function countOf(found: readonly Found<Column>[]): number {
  return found.reduce((count, { renames }) => count + renames.length, 0);
}

function findColumns(
  actual: Table,
  desired: Table,
  newNames: NewNames,
  comparison: Comparison,
  { assumeRenames, safe = false, renames: stated = {} }: RenameOptions,
): Found<Column> {
  return findAmong(columnsOf(actual, desired, comparison, stated), stated, {
    alike: (a, b) => alikeColumns([actual, a], [desired, b], newNames, comparison),
    traitOf: ({ nullable }) => String(nullable),
    assumeRenames,
    dropsRest: !safe,
  });
}

function columnsOf(
  actual: Table,
  desired: Table,
  { foldName: fold, foldTableName: foldPrefix }: Comparison,
  stated: StatedRenames,
): Renamables<Column> {
  const table = nameOf(desired);
  return {
    place: {
      prefixes: pathsOf(actual, desired, stated),
      before: actual.columns,
      after: desired.columns,
      fold,
      foldPrefix,
    },
    words: {
      kind: 'column',
      pathOf: ({ name }) => `${displayName(table)}.${name}`,
      nameOf: ({ name }) => name,
      hint: ({ name }) => `@Property({ previousName: ${quote(name)} })`,
    },
    change: (pair) => ({ kind: 'rename-column', table, ...pair }),
  };
}
