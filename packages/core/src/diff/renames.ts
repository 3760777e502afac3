import type { Comparison } from '../driver.js';
import { DovetailError, type Problem } from '../errors.js';
import type { RenameChange } from '../model/change.js';
import { displayName, nameOf, objectKey, sameNames } from '../model/names.js';
import type { Column, Schema, Table } from '../model/schema.js';
import { differingAttributes } from './columns.js';
import { type Ambiguity, findRenames, orderRenames, type Rename } from './find-renames.js';

/**
 * Which removed tables and columns are in truth renamed ones, in an order in which they can be carried out. Hints
 * (`previousName`) are exact, and harmless once carried out; without a hint, one removed and one added object of the
 * same definition are a rename where no other reading exists.
 *
 * @throws DovetailError `ambiguous-rename` when several readings exist, with the hints to write.
 */
export function resolveRenames(
  actual: Schema,
  desired: Schema,
  comparison: Comparison,
  options: { readonly assumeRenames: boolean },
): RenameChange[] {
  const fold = comparison.foldName;
  const tables = namespacesOf(actual, desired).map((schema) => {
    const inNamespace = (table: Table): boolean => table.schema === schema;
    const before = actual.tables.filter(inNamespace);
    const after = desired.tables.filter(inNamespace);
    return { before, after, ...findTableRenames(before, after, comparison, options.assumeRenames) };
  });
  const origins = originalTables(
    actual,
    tables.flatMap(({ renames }) => renames),
    fold,
  );
  const columns = desired.tables.flatMap((table) => {
    const before = origins.get(objectKey(table, fold));
    return before === undefined
      ? []
      : [{ table, before, ...findColumnRenames(before, table, comparison, options.assumeRenames) }];
  });

  rejectAmbiguous([
    ...tables.flatMap(({ ambiguous }) => ambiguous.map(tableAmbiguity)),
    ...columns.flatMap(({ table, ambiguous }) => ambiguous.map((choice) => columnAmbiguity(table, choice))),
  ]);

  return [
    ...tables.flatMap(({ before, after, renames }) =>
      orderRenames(renames.map(namePair), [...before, ...after].map(bareName), fold).map(
        ({ from, to, reason }): RenameChange => ({
          kind: 'rename-table',
          table: nameOf({ schema: before[0]?.schema, name: from }),
          to,
          reason,
        }),
      ),
    ),
    ...columns.flatMap(({ table, before, renames }) =>
      orderRenames(renames.map(namePair), [...before.columns, ...table.columns].map(bareName), fold).map(
        (rename): RenameChange => ({ kind: 'rename-column', table: nameOf(table), ...rename }),
      ),
    ),
  ];
}

function namespacesOf(...schemas: readonly Schema[]): (string | undefined)[] {
  return [...new Set(schemas.flatMap(({ tables }) => tables.map(({ schema }) => schema)))];
}

function bareName({ name }: { readonly name: string }): string {
  return name;
}

function namePair({ from, to, reason }: Rename<{ readonly name: string }>): {
  readonly from: string;
  readonly to: string;
  readonly reason: Rename<unknown>['reason'];
} {
  return { from: from.name, to: to.name, reason };
}

/** The tables as they are, found by the name that they are going to have. */
function originalTables(
  actual: Schema,
  renames: readonly Rename<Table>[],
  fold: Comparison['foldName'],
): ReadonlyMap<string, Table> {
  const newNames = new Map(renames.map(({ from, to }) => [from, to]));
  return new Map(actual.tables.map((table) => [objectKey(newNames.get(table) ?? table, fold), table]));
}

function findTableRenames(
  actual: readonly Table[],
  desired: readonly Table[],
  comparison: Comparison,
  assumeRenames: boolean,
): ReturnType<typeof findRenames<Table>> {
  const alike = (a: Table, b: Table): boolean =>
    a.columns.length === b.columns.length &&
    sameNames(a.primaryKey?.columns ?? [], b.primaryKey?.columns ?? [], comparison.foldName) &&
    b.columns.every((column) =>
      a.columns.some(
        (other) =>
          comparison.foldName(other.name) === comparison.foldName(column.name) &&
          differingAttributes(other, column, comparison).length === 0,
      ),
    );
  return findRenames({ actual, desired, alike, fold: comparison.foldName, assumeRenames });
}

function findColumnRenames(
  actual: Table,
  desired: Table,
  comparison: Comparison,
  assumeRenames: boolean,
): ReturnType<typeof findRenames<Column>> {
  // A generated column holds nothing of its own, so dropping and adding one loses nothing and needs no guess.
  const alike = (a: Column, b: Column): boolean =>
    a.generated === undefined &&
    differingAttributes(a, b, comparison).length === 0 &&
    roleOf(actual, a, comparison) === roleOf(desired, b, comparison);
  return findRenames({
    actual: actual.columns,
    desired: desired.columns,
    alike,
    fold: comparison.foldName,
    assumeRenames,
  });
}

/** What a column is to its table besides a value: part of its key, a reference to others. */
function roleOf(table: Table, { name }: Column, { foldName }: Comparison): string {
  const holds = (columns: readonly string[]): boolean => columns.some((column) => foldName(column) === foldName(name));
  const targets = table.foreignKeys
    .filter(({ columns }) => holds(columns))
    .map(({ references }) => objectKey(references.table, foldName));
  return JSON.stringify([holds(table.primaryKey?.columns ?? []), targets.sort()]);
}

function rejectAmbiguous(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  throw new DovetailError(
    'ambiguous-rename',
    'Renamed objects cannot be told from dropped and added ones. Nothing has been changed.',
    problems,
  );
}

function tableAmbiguity({ removed, added }: Ambiguity<Table>): Problem {
  return {
    where: added.map(displayName).join(', '),
    what: `could be the new name of ${removed.map((table) => `"${displayName(table)}"`).join(' or ')}`,
    remedy: `write @Entity({ previousName: '${removed[0]?.name ?? ''}' }) where it is a rename; where it is not, pass assumeRenames: false`,
  };
}

function columnAmbiguity(table: Table, { removed, added }: Ambiguity<Column>): Problem {
  return {
    where: added.map(({ name }) => `${displayName(table)}.${name}`).join(', '),
    what: `could be the new name of ${removed.map(({ name }) => `"${name}"`).join(' or ')}`,
    remedy: `write @Property({ previousName: '${removed[0]?.name ?? ''}' }) where it is a rename; where it is not, pass assumeRenames: false`,
  };
}
