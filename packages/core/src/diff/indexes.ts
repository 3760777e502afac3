import type { Comparison } from '../driver.js';
import type { Change } from '../model/change.js';
import { nameOf, sameNames } from '../model/names.js';
import type { Index, IndexPart, Table, UniqueConstraint } from '../model/schema.js';
import { sameText } from './columns.js';
import { matchByDefinition } from './match.js';
import { renameConstraints } from './rename-constraints.js';

/** Indexes and unique constraints together: over plain columns, a unique index and a unique constraint are alike. */
export function diffIndexes(actual: Table, desired: Table, comparison: Comparison): Change[] {
  const table = nameOf(actual);
  const { foldName } = comparison;

  const indexes = matchByDefinition(actual.indexes, desired.indexes, sameIndexBy(comparison), foldName);
  const uniques = matchByDefinition(actual.uniques, desired.uniques, sameUniqueBy(comparison), foldName);
  const toIndex = withoutAlike(uniques.removed, indexes.added, comparison);
  // An index whose name another one needs can't stay in place of a constraint.
  const claimed = new Set(indexes.added.map(({ name }) => foldName(name)));
  const toUnique = withoutAlike(uniques.added, indexes.removed, comparison, ({ name }) => !claimed.has(foldName(name)));

  return [
    ...toUnique.indexes.map((index): Change => ({ kind: 'drop-index', table, index })),
    ...toIndex.uniques.map((unique): Change => ({ kind: 'drop-unique', table, unique })),
    ...indexes.renamed.map(([from, to]): Change => ({ kind: 'rename-index', table, from, to })),
    ...renameConstraints(table, 'unique', uniques.renamed),
    ...toIndex.indexes.map((index): Change => ({ kind: 'add-index', table, index })),
    ...toUnique.uniques.map((unique): Change => ({ kind: 'add-unique', table, unique })),
  ];
}

interface UniquesAndIndexes {
  readonly uniques: readonly UniqueConstraint[];
  readonly indexes: readonly Index[];
}

/** Leaves out each constraint with the index that does the same, whatever their names. */
function withoutAlike(
  uniques: readonly UniqueConstraint[],
  indexes: readonly Index[],
  comparison: Comparison,
  mayServe: (index: Index) => boolean = () => true,
): UniquesAndIndexes {
  if (uniques.length === 0) return { uniques, indexes };
  const sameIndex = sameIndexBy(comparison);
  const remaining = new Set(indexes);
  const unmatched = uniques.filter((unique) => {
    const serves = (index: Index): boolean =>
      isIndexable(unique) && mayServe(index) && sameIndex(index, indexFor(unique));
    const index = [...remaining].find(serves);
    return index === undefined || !remaining.delete(index);
  });
  return { uniques: unmatched, indexes: [...remaining] };
}

/** Only a constraint can be deferred. */
function isIndexable({ deferrable }: UniqueConstraint): boolean {
  return deferrable === undefined;
}

function indexFor({ name = '', columns, include, nullsNotDistinct }: UniqueConstraint): Index {
  return { name, unique: true, parts: columns.map((column) => ({ column })), include, nullsNotDistinct };
}

/** Whether two indexes are alike but for their names. */
export function sameIndexBy(comparison: Comparison): (a: Index, b: Index) => boolean {
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
