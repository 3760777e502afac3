import type { Comparison } from '../driver.js';
import { DovetailError } from '../errors.js';
import type { RenameChange } from '../model/change.js';
import { displayName, nameOf, type Names, objectKey, type TableNames } from '../model/names.js';
import type { PlanOptions, StatedRenames } from '../model/plan.js';
import type { Column, EnumType, ObjectName, Schema, Table } from '../model/schema.js';
import { diffTables } from './diff.js';
import {
  alikeColumns,
  alikePivots,
  alikeTables,
  columnKey,
  type NewColumnName,
  type NewName,
  type NewNames,
} from './alike.js';
import type { ExactRenames } from './exact-renames.js';
import { assumedRenames, findRenames, type Renamable, type Rename } from './find-renames.js';
import { type NamePair, orderRenames } from './order-renames.js';
import { renameNamespaces } from './rename-namespaces.js';
import { describeAmbiguity, quote, rejectAmbiguous, type RenameWords } from './rename-problems.js';
import { misstated, type RenamePlace, statedIn } from './stated-renames.js';

/** Which renames are looked for. */
export type RenameOptions = Pick<PlanOptions, 'assumeRenames' | 'dropTables'> &
  Partial<Pick<PlanOptions, 'safe' | 'renames'>>;

/** The renames among the objects of one kind in one place, and the place itself. */
interface Found<Item extends Renamable> extends ExactRenames<Item> {
  readonly place: RenamePlace & { readonly before: readonly Item[]; readonly after: readonly Item[] };
  readonly words: RenameWords<Item>;
  /** The rename as a change. */
  change(pair: NamePair): RenameChange;
}

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

function problemsOf<Item extends Renamable>({ ambiguous, words }: Found<Item>): ReturnType<typeof describeAmbiguity>[] {
  return ambiguous.map((ambiguity) => describeAmbiguity(ambiguity, words));
}

function inOrder<Item extends Renamable>({ renames, displaced, place, change }: Found<Item>): RenameChange[] {
  if (renames.length === 0) return [];
  const pairs = renames.map(({ from, to, reason }): NamePair => ({ from: from.name, to: to.name, reason }));
  const taken = [...place.before, ...place.after].map(({ name }) => name);
  return orderRenames({ renames: pairs, displaced: displaced.map(({ name }) => name), taken }, place.fold).map(change);
}

/** How the caller may call an object: as it is called now or is going to be, or by a name that it has given up. */
function pathsOf(actual: ObjectName, desired: ObjectName, stated: StatedRenames): readonly string[] {
  const names = [desired.name, displayName(desired)];
  const former = Object.entries(stated).flatMap(([path, to]) => (to !== false && names.includes(to) ? [path] : []));
  return [...new Set([displayName(actual), displayName(desired), ...former])];
}

interface Origins<Item extends ObjectName> {
  /** The object as it is, of one as it is going to be. */
  before(item: ObjectName): Item | undefined;
  readonly newName: NewName;
}

interface FoundRenames<Item extends ObjectName> {
  readonly renames: readonly Rename<Item>[];
  readonly displaced: readonly Item[];
}

function newNamesBy<Item extends ObjectName>(found: readonly FoundRenames<Item>[], names: TableNames): NewName {
  const newNames = new Map(
    found.flatMap(({ renames }) => renames.map(({ from, to }) => [objectKey(from, names), nameOf(to)] as const)),
  );
  return newNames.size === 0 ? (name) => name : (name) => newNames.get(objectKey(name, names)) ?? name;
}

function originsOf<Item extends ObjectName>(
  actual: readonly Item[],
  found: readonly FoundRenames<Item>[],
  names: TableNames,
): Origins<Item> {
  const displaced = new Set(found.flatMap((each) => each.displaced));
  const newName = newNamesBy(found, names);
  const byNewName = new Map(
    actual.filter((item) => !displaced.has(item)).map((item) => [objectKey(newName(item), names), item]),
  );
  return { before: (item) => byNewName.get(objectKey(item, names)), newName };
}

/** An object is renamed within its namespace alone. */
function within<Item extends ObjectName>(items: readonly Item[], schema: string | undefined): readonly Item[] {
  return items.filter((item) => item.schema === schema);
}

function findTables(
  schema: string | undefined,
  actual: Schema,
  desired: Schema,
  comparison: Comparison,
  { assumeRenames, dropTables, safe = false, renames: stated = {} }: RenameOptions,
): Found<Table> {
  const { foldName, foldTableName: fold } = comparison;
  const place = {
    prefixes: [schema ?? ''],
    before: within(actual.tables, schema),
    after: within(desired.tables, schema),
    fold,
    foldPrefix: fold,
  };
  const search = {
    actual: place.before,
    desired: place.after,
    stated: statedIn(stated, place),
    fold,
    assumeRenames: assumeRenames && dropTables && !safe,
    dropsRest: dropTables && !safe,
  };
  const found = findRenames({
    ...search,
    alike: (a: Table, b: Table) => alikeTables(a, b, comparison),
    traitOf: ({ columns }: Table) => JSON.stringify(columns.map(({ name }) => foldName(name)).sort()),
  });
  const newName = newNamesBy([found], comparison);
  const pivots = {
    ...search,
    alike: (a: Table, b: Table) => alikePivots(a, b, newName, comparison),
    traitOf: ({ columns }: Table) => String(columns.length),
  };
  const isClear = search.assumeRenames && found.ambiguous.length === 0;
  const followers = isClear ? assumedRenames(pivots, found) : { renames: [], ambiguous: [] };
  return {
    renames: [...found.renames, ...followers.renames],
    displaced: found.displaced,
    ambiguous: [...found.ambiguous, ...followers.ambiguous],
    place,
    words: {
      kind: 'table',
      pathOf: displayName,
      nameOf: displayName,
      hint: ({ name }) => `@Entity({ previousName: ${quote(name)} })`,
    },
    change: ({ from, to, reason }) => ({ kind: 'rename-table', table: nameOf({ schema, name: from }), to, reason }),
  };
}

/** What is called after a key may be of its type as well, so that it is looked for until no more keys are found. */
function findAllColumns(
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

function newColumnNamesBy(renames: readonly RenameChange[], names: Names): NewColumnName {
  const newNames = new Map(
    renames.flatMap((rename) =>
      rename.kind === 'rename-column' ? [[columnKey(rename.table, rename.from, names), rename.to] as const] : [],
    ),
  );
  return (table, column) => newNames.get(columnKey(table, column, names)) ?? column;
}

function findColumns(
  actual: Table,
  desired: Table,
  newNames: NewNames,
  comparison: Comparison,
  { assumeRenames, safe = false, renames: stated = {} }: RenameOptions,
): Found<Column> {
  const { foldName: fold, foldTableName: foldPrefix } = comparison;
  const table = nameOf(desired);
  const place = {
    prefixes: pathsOf(actual, desired, stated),
    before: actual.columns,
    after: desired.columns,
    fold,
    foldPrefix,
  };
  const found = findRenames({
    actual: actual.columns,
    desired: desired.columns,
    stated: statedIn(stated, place),
    alike: (a: Column, b: Column) => alikeColumns([actual, a], [desired, b], newNames, comparison),
    traitOf: ({ nullable }: Column) => String(nullable),
    fold,
    assumeRenames,
    dropsRest: !safe,
  });
  return {
    ...found,
    place,
    words: {
      kind: 'column',
      pathOf: ({ name }) => `${displayName(table)}.${name}`,
      nameOf: ({ name }) => name,
      hint: ({ name }) => `@Property({ previousName: ${quote(name)} })`,
    },
    change: (pair) => ({ kind: 'rename-column', table, ...pair }),
  };
}

function findEnums(
  schema: string | undefined,
  actual: Schema,
  desired: Schema,
  { foldTableName: fold }: TableNames,
  { assumeRenames, safe = false, renames: stated = {} }: RenameOptions,
): Found<EnumType> {
  const place = {
    prefixes: [schema ?? ''],
    before: within(actual.enums, schema),
    after: within(desired.enums, schema),
    fold,
    foldPrefix: fold,
  };
  const itemsOf = ({ items }: EnumType): string => JSON.stringify(items);
  const found = findRenames({
    actual: place.before,
    desired: place.after,
    stated: statedIn(stated, place),
    alike: (a: EnumType, b: EnumType) => itemsOf(a) === itemsOf(b),
    traitOf: itemsOf,
    fold,
    assumeRenames: assumeRenames && !safe,
    dropsRest: !safe,
  });
  return {
    ...found,
    place,
    words: {
      kind: 'enum',
      pathOf: displayName,
      nameOf: displayName,
      hint: ({ name }) => `@Enum({ previousNativeEnumName: ${quote(name)} })`,
    },
    change: ({ from, to, reason }) => ({ kind: 'rename-enum', enum: nameOf({ schema, name: from }), to, reason }),
  };
}

/** A value that gives its place to another is as likely another value, so nothing is assumed of values. */
function findValues(
  actual: EnumType,
  desired: EnumType,
  { foldTableName: foldPrefix }: TableNames,
  { renames: stated = {} }: RenameOptions,
): Found<Renamable> {
  const previous = new Map(Object.entries(desired.previousItems ?? {}));
  const place = {
    prefixes: pathsOf(actual, desired, stated),
    before: actual.items.map((name) => ({ name })),
    after: desired.items.map((name) => ({ name, previousName: previous.get(name) })),
    fold: (name: string) => name,
    foldPrefix,
  };
  const found = findRenames({
    actual: place.before,
    desired: place.after,
    stated: statedIn(stated, place),
    alike: () => true,
    traitOf: () => '',
    fold: place.fold,
    assumeRenames: false,
    dropsRest: true,
  });
  const type = nameOf(desired);
  return {
    ...found,
    place,
    words: {
      kind: 'enum value',
      pathOf: ({ name }) => `${displayName(type)}.${name}`,
      nameOf: ({ name }) => name,
      hint: (from, to) => `@Enum({ previousItems: { ${quote(to.name)}: ${quote(from.name)} } })`,
    },
    change: (pair) => ({ kind: 'rename-enum-value', enum: type, ...pair }),
  };
}
