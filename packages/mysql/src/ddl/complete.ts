import {
  type AlterTableChange,
  type Change,
  type DdlContext,
  findTable,
  type ForeignKey,
  type Index,
  isAlterTableChange,
  nameOf,
  sameNames,
  sameObject,
  type Table,
} from '@dovetail/core/driver';
import { sridOf } from '../column-type.js';
import { comparison } from '../comparison.js';
import { inheritingColumns } from './alter-table.js';

const { foldName } = comparison;

/**
 * Foreign keys go and come back around what the server refuses while they stand: another type of their columns, the loss
 * of the key that they reference (refman/9.7/en/create-table-foreign-keys.html).
 */
export function completeChanges(changes: readonly Change[], context: DdlContext): readonly Change[] {
  const altering = changes.filter(isAlterTableChange);
  if (altering.length === 0) return changes;
  const hindered = context.actual.tables.flatMap((table) =>
    table.foreignKeys
      .filter((foreignKey) => stays(table, foreignKey, altering, context))
      .filter((foreignKey) => altering.some((change) => hinders(table, foreignKey, change, altering, context)))
      .flatMap((foreignKey): Change[] => [
        { kind: 'drop-foreign-key', table: nameOf(table), foreignKey },
        { kind: 'add-foreign-key', table: nameOf(table), foreignKey },
      ]),
  );
  return [
    ...changes.flatMap((change) => recreateRenamed(change, context)),
    ...hindered,
    ...altering.flatMap((change) => spatialIndexesAround(change, altering, context)),
  ];
}

/** A column gets no other reference system while an index is on it. */
function spatialIndexesAround(
  change: AlterTableChange,
  siblings: readonly AlterTableChange[],
  { actual }: DdlContext,
): readonly Change[] {
  if (change.kind !== 'alter-column' || sridOf(change.from.type) === sridOf(change.to.type)) return [];
  const { table, to } = change;
  const isDropped = (index: Index): boolean =>
    siblings.some((sibling) => sibling.kind === 'drop-index' && sibling.index === index);
  return (findTable(actual, table, comparison)?.indexes ?? [])
    .filter((index) => isSpatialOn(index, to.name) && !isDropped(index))
    .flatMap((index): Change[] => [
      { kind: 'drop-index', table, index },
      { kind: 'add-index', table, index },
    ]);
}

/** Whether the index is one of places in that column. */
export function isSpatialOn({ type, parts }: Index, column: string): boolean {
  return type === 'spatial' && parts.some((part) => 'column' in part && foldName(part.column) === foldName(column));
}

/** A constraint has no name that could be changed, so it is dropped and added. */
function recreateRenamed(change: Change, { actual, target }: DdlContext): readonly Change[] {
  if (change.kind !== 'rename-constraint') return [change];
  const { table, from, to, constraint } = change;
  const [before, after] = [findTable(actual, table, comparison), findTable(target, table, comparison)];
  switch (constraint) {
    case 'check': {
      const [old, check] = [named(before?.checks, from), named(after?.checks, to)];
      if (old === undefined || check === undefined) return [change];
      return [
        { kind: 'drop-check', table, check: old },
        { kind: 'add-check', table, check },
      ];
    }
    case 'foreign key': {
      const [old, foreignKey] = [named(before?.foreignKeys, from), named(after?.foreignKeys, to)];
      if (old === undefined || foreignKey === undefined) return [change];
      return [
        { kind: 'drop-foreign-key', table, foreignKey: old },
        { kind: 'add-foreign-key', table, foreignKey },
      ];
    }
    case 'primary key':
    case 'unique':
    case 'exclusion':
      return [change];
  }
}

function named<Item extends { readonly name?: string | undefined }>(
  items: readonly Item[] = [],
  wanted: string,
): Item | undefined {
  return items.find(({ name }) => name === wanted);
}

/** Whether the foreign key is there before and after, under the same name. */
function stays(
  table: Table,
  foreignKey: ForeignKey,
  changes: readonly AlterTableChange[],
  { target }: DdlContext,
): boolean {
  const after = target.tables.find((candidate) => sameObject(candidate, table, comparison));
  return (
    (after?.foreignKeys.includes(foreignKey) ?? false) &&
    !changes.some((change) => change.kind === 'drop-foreign-key' && change.foreignKey === foreignKey)
  );
}

function hinders(
  table: Table,
  { columns, references }: ForeignKey,
  change: AlterTableChange,
  changes: readonly AlterTableChange[],
  { target }: DdlContext,
): boolean {
  const isChild = sameObject(change.table, table, comparison);
  const isParent = sameObject(change.table, references.table, comparison);
  const involved = [...(isChild ? columns : []), ...(isParent ? references.columns : [])];
  const involves = (name: string): boolean => involved.some((column) => foldName(column) === foldName(name));
  const isKey = (key: readonly string[]): boolean => isParent && sameNames(key, references.columns, foldName);

  switch (change.kind) {
    case 'alter-column':
      return (
        change.attributes.some((attribute) =>
          ['type', 'nullable', 'charset', 'collation', 'generated'].includes(attribute),
        ) && involves(change.to.name)
      );
    case 'set-table-options': {
      const altered = target.tables.find((candidate) => sameObject(candidate, change.table, comparison));
      return inheritingColumns(change, altered, changes).some(({ name }) => involves(name));
    }
    case 'set-primary-key':
      return isKey(change.from?.columns ?? []);
    case 'drop-index':
      return change.index.unique && isKey(change.index.parts.flatMap((part) => ('column' in part ? part.column : [])));
    default:
      return false;
  }
}
