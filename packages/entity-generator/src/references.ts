import { type Column, displayName, findTable, type ForeignKey, type Table } from '@dovetail/core/driver';
import { classKey } from './class-names.js';
import type { Unexpressed } from './generated.js';
import type { Source } from './source.js';

/** A foreign key that becomes a relation. */
export interface Reference {
  readonly table: Table;
  readonly foreignKey: ForeignKey;
  readonly target: Table;
  /** Of its columns, those that no other property has. */
  readonly own: readonly string[];
  /** Its columns are the primary key, or the part of it that they are in order. */
  readonly primary: boolean;
  /** No two rows reference the same one. */
  readonly unique: boolean;
}

/** The relations of the tables, by their tables. */
export type References = ReadonlyMap<Table, readonly Reference[]>;

export function findReferences(
  { schema, driver }: Pick<Source, 'schema' | 'driver'>,
  scalars: boolean,
): { readonly references: References; readonly unexpressed: readonly Unexpressed[] } {
  const { comparison } = driver;
  const unexpressed: Unexpressed[] = [];
  const references = new Map(
    schema.tables.map((table) => {
      const owned = new Set<string>();
      const found = inOrderOfSize(table.foreignKeys).flatMap((foreignKey): Reference[] => {
        const target = findTable(schema, foreignKey.references.table, comparison);
        if (target === undefined || !isKey(foreignKey.references.columns, target)) {
          unexpressed.push({ where: displayName(table), what: phraseOf(foreignKey, target) });
          return [];
        }
        const reference = makeReference({ table, foreignKey, target }, scalars ? [] : free(foreignKey, owned));
        for (const column of reference.own) owned.add(column);
        return [reference];
      });
      return [table, found] as const;
    }),
  );
  return { references, unexpressed };
}

/** Smaller keys have their columns first: a composite key that overlaps with one shares them. */
function inOrderOfSize(foreignKeys: readonly ForeignKey[]): readonly ForeignKey[] {
  return foreignKeys.toSorted((a, b) => a.columns.length - b.columns.length);
}

function free({ columns }: ForeignKey, owned: ReadonlySet<string>): readonly string[] {
  return columns.filter((column) => !owned.has(column));
}

function makeReference(
  parts: Pick<Reference, 'table' | 'foreignKey' | 'target'>,
  candidates: readonly string[],
): Reference {
  const { table, foreignKey } = parts;
  const { columns } = foreignKey;
  const own = canOwn(parts, candidates) ? candidates : [];
  const key = table.primaryKey?.columns ?? [];
  return {
    ...parts,
    own,
    primary: own.some((column) => key.includes(column)),
    unique: sameSet(columns, key) || keysOf(table).some((unique) => sameOrder(unique, columns)),
  };
}

/** Whether a relation says all there is to say of the columns. */
function canOwn(
  { table, foreignKey, target }: Pick<Reference, 'table' | 'foreignKey' | 'target'>,
  own: readonly string[],
): boolean {
  const { columns, references } = foreignKey;
  const found = own.flatMap((name) => findColumn(table, name) ?? []);
  const [first] = found;
  if (first === undefined || found.some(({ nullable }) => nullable !== first.nullable)) return false;
  const key = table.primaryKey?.columns ?? [];
  if (own.some((column) => key.includes(column)) && (own.length < columns.length || !isRunOf(columns, key)))
    return false;
  return found.every((column) => {
    const referenced = findColumn(target, references.columns[columns.indexOf(column.name)] ?? '');
    return referenced !== undefined && isPlain(column, columns.length === 1) && inheritsTexts(column, referenced);
  });
}

/** A relation of several columns says nothing of one of them. */
function isPlain(column: Column, isOnly: boolean): boolean {
  const { generated, identity, autoincrement = false, default: value } = column;
  if (generated !== undefined || identity !== undefined || autoincrement) return false;
  const { comment, collation, charset, extra, invisible = false } = column;
  return isOnly || ([value, comment, collation, charset, extra].every((text) => text === undefined) && !invisible);
}

/** The column compares texts as the one that it references unless it says otherwise. */
function inheritsTexts(column: Column, referenced: Column): boolean {
  return (
    (referenced.collation === undefined || column.collation !== undefined) &&
    (referenced.charset === undefined || column.charset !== undefined)
  );
}

export function findColumn({ columns }: Table, name: string): Column | undefined {
  return columns.find((column) => column.name === name);
}

/** A foreign key must reference exactly the columns of a key. */
function isKey(columns: readonly string[], table: Table): boolean {
  return [table.primaryKey?.columns ?? [], ...keysOf(table)].some((key) => key.length > 0 && sameSet(columns, key));
}

/** The columns of each unique constraint, and of each unique index over all rows. */
function keysOf({ uniques, indexes }: Table): readonly (readonly string[])[] {
  const ofIndexes = indexes
    .filter(({ unique, where }) => unique && where === undefined)
    .map(({ parts }) =>
      parts.map((part) => {
        const isWhole = 'column' in part && [part.nulls, part.length, part.opclass, part.collation].every(isAbsent);
        return isWhole ? part.column : undefined;
      }),
    )
    .filter((columns) => columns.every((column) => column !== undefined));
  return [...uniques.map(({ columns }) => columns), ...ofIndexes];
}

function isAbsent(value: unknown): boolean {
  return value === undefined;
}

export function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((column) => b.includes(column));
}

export function sameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((column, index) => b[index] === column);
}

/** Whether the columns stand one after the other in the key. */
function isRunOf(columns: readonly string[], key: readonly string[]): boolean {
  const start = key.indexOf(columns[0] ?? '');
  return start !== -1 && sameOrder(key.slice(start, start + columns.length), columns);
}

function phraseOf({ name, columns, references }: ForeignKey, target: Table | undefined): string {
  const key = name === undefined ? `foreign key (${columns.join(', ')})` : `foreign key ${name}`;
  const table = displayName(references.table);
  if (target === undefined) return `${key} to ${table}, which is not among the entities`;
  return `${key} to (${references.columns.join(', ')}) of ${table}, which is no key`;
}

/**
 * Whether the column has the type of the referenced one, which has that of the one it references, and so on, back to the
 * column itself: one of them has to state its type.
 */
export function comesBack(table: Table, column: string, references: References): boolean {
  const visited = new Set<string>();
  let [place, name] = [table, column];
  for (;;) {
    const reference = references.get(place)?.find(({ own }) => own.includes(name));
    if (reference === undefined) return false;
    const { foreignKey, target } = reference;
    name = foreignKey.references.columns[foreignKey.columns.indexOf(name)] ?? '';
    place = target;
    if (classKey(place) === classKey(table) && name === column) return true;
    const key = JSON.stringify([classKey(place), name]);
    if (visited.has(key)) return false;
    visited.add(key);
  }
}
