import type { Comparison } from '../driver.js';
import { DovetailError, type Problem } from '../errors.js';
import type { RenameChange } from '../model/change.js';
import { displayName, type FoldName, nameOf, objectKey, sameNames } from '../model/names.js';
import type { Column, ObjectName, Schema, Table } from '../model/schema.js';
import { differingAttributes } from './columns.js';
import { type Ambiguity, findRenames, type Rename, type RenamesFound } from './find-renames.js';
import { type NamePair, orderRenames } from './order-renames.js';

export interface RenameOptions {
  /** Take one removed and one added object of the same definition for a rename. */
  readonly assumeRenames: boolean;
  /** Whether a table that no entity describes would be dropped. One that stays is not renamed without a hint either. */
  readonly dropTables: boolean;
}

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
  { assumeRenames, dropTables }: RenameOptions,
): RenameChange[] {
  const { foldName: fold } = comparison;
  const tables = byNamespace(actual, desired).map((namespace) => ({
    ...namespace,
    ...findTableRenames(namespace, comparison, assumeRenames && dropTables),
  }));
  const origins = originsOf(
    actual,
    tables.flatMap(({ renames }) => renames),
    fold,
  );
  const columns = desired.tables.flatMap((table) => {
    const before = origins.tables.get(objectKey(table, fold));
    return before === undefined
      ? []
      : [{ table, before, ...findColumnRenames(before, table, origins, comparison, assumeRenames) }];
  });

  rejectAmbiguous([
    ...tables.flatMap(({ ambiguous }) => ambiguous.map(tableAmbiguity)),
    ...columns.flatMap(({ table, ambiguous }) => ambiguous.map((choice) => columnAmbiguity(table, choice))),
  ]);

  return [
    ...tables.flatMap(({ schema, before, after, renames }) =>
      inOrder(renames, [...before, ...after], fold).map(({ from, to, reason }): RenameChange => ({
        kind: 'rename-table',
        table: nameOf({ schema, name: from }),
        to,
        reason,
      })),
    ),
    ...columns.flatMap(({ table, before, renames }) =>
      inOrder(renames, [...before.columns, ...table.columns], fold).map((rename): RenameChange => ({
        kind: 'rename-column',
        table: nameOf(table),
        ...rename,
      })),
    ),
  ];
}

interface Namespace {
  readonly schema: string | undefined;
  readonly before: readonly Table[];
  readonly after: readonly Table[];
}

/** A table is renamed within its namespace alone. */
function byNamespace(actual: Schema, desired: Schema): Namespace[] {
  const schemas = new Set([...actual.tables, ...desired.tables].map(({ schema }) => schema));
  return [...schemas].map((schema) => ({
    schema,
    before: actual.tables.filter((table) => table.schema === schema),
    after: desired.tables.filter((table) => table.schema === schema),
  }));
}

function inOrder(
  renames: readonly Rename<{ readonly name: string }>[],
  taken: readonly { readonly name: string }[],
  fold: FoldName,
): NamePair[] {
  const pairs = renames.map(({ from, to, reason }): NamePair => ({ from: from.name, to: to.name, reason }));
  return orderRenames(
    pairs,
    taken.map(({ name }) => name),
    fold,
  );
}

interface Origins {
  /** The tables as they are, found by the name that they are going to have. */
  readonly tables: ReadonlyMap<string, Table>;
  /** The name that a table is going to have. */
  newName(name: ObjectName): ObjectName;
}

function originsOf(actual: Schema, renames: readonly Rename<Table>[], fold: FoldName): Origins {
  const newNames = new Map(renames.map(({ from, to }) => [objectKey(from, fold), to]));
  const newName = (name: ObjectName): ObjectName => newNames.get(objectKey(name, fold)) ?? name;
  return { tables: new Map(actual.tables.map((table) => [objectKey(newName(table), fold), table])), newName };
}

function findTableRenames(
  { before, after }: Namespace,
  comparison: Comparison,
  assumeRenames: boolean,
): RenamesFound<Table> {
  const { foldName: fold } = comparison;
  const alike = (a: Table, b: Table): boolean => {
    if (a.columns.length !== b.columns.length) return false;
    if (!sameNames(a.primaryKey?.columns ?? [], b.primaryKey?.columns ?? [], fold)) return false;
    const columns = new Map(a.columns.map((column) => [fold(column.name), column]));
    return b.columns.every((column) => {
      const other = columns.get(fold(column.name));
      return other !== undefined && differingAttributes(other, column, comparison).length === 0;
    });
  };
  const traitOf = ({ columns }: Table): string => JSON.stringify(columns.map(({ name }) => fold(name)).sort());
  return findRenames({ actual: before, desired: after, alike, traitOf, fold, assumeRenames });
}

function findColumnRenames(
  actual: Table,
  desired: Table,
  { newName }: Origins,
  comparison: Comparison,
  assumeRenames: boolean,
): RenamesFound<Column> {
  const { foldName: fold } = comparison;
  // A generated column holds nothing of its own, so dropping and adding one loses nothing and needs no guess.
  const alike = (a: Column, b: Column): boolean =>
    a.generated === undefined &&
    differingAttributes(a, b, comparison).length === 0 &&
    roleOf(actual, a, fold, newName) === roleOf(desired, b, fold);
  const traitOf = ({ nullable }: Column): string => String(nullable);
  return findRenames({ actual: actual.columns, desired: desired.columns, alike, traitOf, fold, assumeRenames });
}

/** What a column is to its table besides a value: part of its key, a reference to others, by their new names. */
function roleOf(
  table: Table,
  { name }: Column,
  fold: FoldName,
  newName: (table: ObjectName) => ObjectName = (table) => table,
): string {
  const holds = (columns: readonly string[]): boolean => columns.some((column) => fold(column) === fold(name));
  const targets = table.foreignKeys
    .filter(({ columns }) => holds(columns))
    .map(({ references }) => objectKey(newName(references.table), fold));
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

function tableAmbiguity(choice: Ambiguity<Table>): Problem {
  return describeAmbiguity(choice, '@Entity', displayName, displayName);
}

function columnAmbiguity(table: Table, choice: Ambiguity<Column>): Problem {
  const place = ({ name }: Column): string => `${displayName(table)}.${name}`;
  return describeAmbiguity(choice, '@Property', place, ({ name }) => name);
}

function describeAmbiguity<Item extends { readonly name: string }>(
  { cause, removed, added }: Ambiguity<Item>,
  decorator: string,
  placeOf: (item: Item) => string,
  nameInText: (item: Item) => string,
): Problem {
  const where = added.map(placeOf).join(', ');
  const former = removed.map((item) => `"${nameInText(item)}"`).join(' or ');
  switch (cause) {
    case 'same hint':
      return {
        where,
        what: `have the same previousName, ${former}`,
        remedy: 'leave it on the one that takes over its values',
      };
    case 'ring of hints':
      return {
        where,
        what: `exchange their names and change besides, so whether ${former} were renamed already cannot be told`,
        remedy:
          'leave previousName out where they were; where they were not, rename them first and change them afterwards',
      };
    case 'no hint':
      return {
        where,
        what: `could be the new name of ${former}`,
        remedy: `write ${decorator}({ previousName: '${removed[0]?.name ?? ''}' }) where it is a rename; where it is not, pass assumeRenames: false`,
      };
  }
}
