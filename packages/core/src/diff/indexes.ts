import type { Comparison } from '../driver.js';
import type { Change } from '../model/change.js';
import { nameOf, sameNames } from '../model/names.js';
import type { Index, IndexPart, Table, UniqueConstraint } from '../model/schema.js';
import { sameText } from './columns.js';
import { matchByDefinition } from './match.js';

/** Indexes and unique constraints together: over plain columns, a unique index and a unique constraint are alike. */
export function diffIndexes(actual: Table, desired: Table, comparison: Comparison): Change[] {
  const table = nameOf(actual);
  const { foldName } = comparison;

  const indexes = matchByDefinition(actual.indexes, desired.indexes, sameIndexBy(comparison), foldName);
  const uniques = matchByDefinition(actual.uniques, desired.uniques, sameUniqueBy(comparison), foldName);

  const alike = (index: Index, unique: UniqueConstraint): boolean =>
    isPlainUnique(index, unique) && sameNames(columnsOf(index), unique.columns, foldName);
  const removedUniques = without(uniques.removed, indexes.added, (unique, index) => alike(index, unique));
  const addedIndexes = without(indexes.added, uniques.removed, alike);
  const removedIndexes = without(indexes.removed, uniques.added, alike);
  const addedUniques = without(uniques.added, indexes.removed, (unique, index) => alike(index, unique));

  return [
    ...removedIndexes.map((index): Change => ({ kind: 'drop-index', table, index })),
    ...removedUniques.map((unique): Change => ({ kind: 'drop-unique', table, unique })),
    ...indexes.renamed.map(([from, to]): Change => ({ kind: 'rename-index', table, from, to })),
    ...uniques.renamed.map(([from, to]): Change => ({
      kind: 'rename-constraint',
      table,
      constraint: 'unique',
      from: from.name ?? '',
      to: to.name ?? '',
    })),
    ...addedIndexes.map((index): Change => ({ kind: 'add-index', table, index })),
    ...addedUniques.map((unique): Change => ({ kind: 'add-unique', table, unique })),
  ];
}

function without<Item, Other>(
  items: readonly Item[],
  others: readonly Other[],
  alike: (item: Item, other: Other) => boolean,
): Item[] {
  return items.filter((item) => !others.some((other) => alike(item, other)));
}

function sameIndexBy(comparison: Comparison): (a: Index, b: Index) => boolean {
  return (a, b) =>
    a.unique === b.unique &&
    a.type?.toLowerCase() === b.type?.toLowerCase() &&
    a.parts.length === b.parts.length &&
    a.parts.every((part, position) => samePart(part, b.parts[position], comparison)) &&
    sameText(a.where, b.where, comparison) &&
    sameNames(a.include ?? [], b.include ?? [], comparison.foldName) &&
    (a.nullsNotDistinct ?? false) === (b.nullsNotDistinct ?? false) &&
    (a.invisible ?? false) === (b.invisible ?? false) &&
    (a.comment ?? '') === (b.comment ?? '') &&
    a.parser === b.parser &&
    sameStorage(a.storage ?? {}, b.storage ?? {});
}

function samePart(a: IndexPart, b: IndexPart | undefined, comparison: Comparison): boolean {
  return (
    b !== undefined &&
    sameKey(a, b, comparison) &&
    (a.sort ?? 'asc') === (b.sort ?? 'asc') &&
    a.nulls === b.nulls &&
    a.length === b.length &&
    a.opclass === b.opclass &&
    a.collation?.toLowerCase() === b.collation?.toLowerCase()
  );
}

function sameKey(a: IndexPart, b: IndexPart, comparison: Comparison): boolean {
  if ('column' in a) return 'column' in b && comparison.foldName(a.column) === comparison.foldName(b.column);
  return 'expression' in b && comparison.sameExpression(a.expression, b.expression);
}

function sameStorage(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

function sameUniqueBy({ foldName }: Comparison): (a: UniqueConstraint, b: UniqueConstraint) => boolean {
  return (a, b) =>
    sameNames(a.columns, b.columns, foldName) &&
    a.deferrable === b.deferrable &&
    (a.nullsNotDistinct ?? false) === (b.nullsNotDistinct ?? false) &&
    sameNames(a.include ?? [], b.include ?? [], foldName);
}

function isPlainUnique(index: Index, unique: UniqueConstraint): boolean {
  return (
    index.unique &&
    index.where === undefined &&
    index.type === undefined &&
    index.include === undefined &&
    unique.deferrable === undefined &&
    index.parts.every((part) => 'column' in part && Object.values(part).filter(isStated).length === 1)
  );
}

function isStated(value: unknown): boolean {
  return value !== undefined;
}

function columnsOf(index: Index): string[] {
  return index.parts.flatMap((part) => ('column' in part ? [part.column] : []));
}
