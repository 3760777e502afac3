import type { Comparison } from '../driver.js';
import { DovetailError } from '../errors.js';
import type { RenameChange } from '../model/change.js';
import type { ObjectName, Schema, Table } from '../model/schema.js';
import { diffTables } from './diff.js';
import { inOrder, problemsOf } from './found-renames.js';
import { originsOf } from './new-names.js';
import { findAllColumns } from './rename-columns.js';
import { findEnums, findValues } from './rename-enums.js';
import { renameNamespaces } from './rename-namespaces.js';
import type { RenameOptions } from './rename-options.js';
import { rejectAmbiguous } from './rename-problems.js';
import { findTables } from './rename-tables.js';
import { misstated, type RenamePlace } from './stated-renames.js';

export type { RenameOptions } from './rename-options.js';

/**
 * Which removed objects are in truth renamed ones, in an order in which they can be carried out. What the caller states
 * and what entities hint at (`previousName`) is exact, and harmless once carried out; without either, one removed and
 * one added object of the same definition are a rename where no other reading exists.
 *
 * @throws DovetailError `ambiguous-rename` when several readings exist, with the hints to write; `invalid-configuration`
 * when the caller states renames of what does not exist.
 */
export function resolveRenames(
  actual: Schema,
  desired: Schema,
  comparison: Comparison,
  options: RenameOptions,
): RenameChange[] {
  const namespaces = renameNamespaces(actual, desired, options.renames ?? {});
  const current = namespaces.schema;
  const enums = namespacesOf(current.enums, desired.enums).map((schema) =>
    findEnums(schema, current, desired, comparison, options),
  );
  const tables = namespacesOf(current.tables, desired.tables).map((schema) =>
    findTables(schema, current, desired, comparison, options),
  );
  const origins = originsOf(current.tables, tables, comparison);
  const isStated = statesRenames(options);
  // What is told of a table that is as it should be may still be wrong.
  const isTold = (table: Table): boolean => isStated || hintsAtColumns(table);
  const differing = desired.tables.flatMap((table): [before: Table, after: Table][] => {
    const before = origins.before(table);
    if (before === undefined || (!isTold(table) && diffTables(before, table, comparison).length === 0)) return [];
    return [[before, table]];
  });
  const columns = findAllColumns(differing, origins.newName, comparison, options);
  const enumOrigins = originsOf(current.enums, enums, comparison);
  const values = desired.enums.flatMap((type) => {
    const before = enumOrigins.before(type);
    return before === undefined ? [] : [findValues(before, type, comparison, options)];
  });

  rejectMisstated(options, [
    namespaces.place,
    ...[...enums, ...tables, ...columns, ...values].map(({ place }) => place),
  ]);
  rejectAmbiguous([enums, tables, columns, values].flatMap((found) => found.flatMap(problemsOf)));
  return [
    ...namespaces.renames,
    ...enums.flatMap(inOrder),
    ...tables.flatMap(inOrder),
    ...columns.flatMap(inOrder),
    ...values.flatMap(inOrder),
  ];
}

/** Whether the caller or the entities tell of renames, carried out or not. */
export function tellsOfRenames({ tables, enums }: Schema, options: RenameOptions): boolean {
  return (
    statesRenames(options) ||
    tables.some((table) => table.previousName !== undefined || hintsAtColumns(table)) ||
    enums.some(({ previousName, previousItems }) => previousName !== undefined || previousItems !== undefined)
  );
}

function statesRenames({ renames = {} }: RenameOptions): boolean {
  return Object.keys(renames).length > 0;
}

function hintsAtColumns({ columns }: Table): boolean {
  return columns.some(({ previousName }) => previousName !== undefined);
}

function namespacesOf(...lists: readonly (readonly ObjectName[])[]): readonly (string | undefined)[] {
  return [...new Set(lists.flat().map(({ schema }) => schema))];
}

function rejectMisstated({ renames = {} }: RenameOptions, places: readonly RenamePlace[]): void {
  const problems = misstated(renames, places);
  if (problems.length === 0) return;
  throw new DovetailError(
    'invalid-configuration',
    'Renames cannot be carried out. Nothing has been changed.',
    problems,
  );
}
