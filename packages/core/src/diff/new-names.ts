import type { RenameChange } from '../model/change.js';
import { nameOf, type Names, objectKey, type TableNames } from '../model/names.js';
import type { ObjectName } from '../model/schema.js';
import { columnKey, type NewColumnName, type NewName } from './alike.js';
import type { Rename } from './find-renames.js';

/** Where the objects come from that the renames lead to. */
interface Origins<Item extends ObjectName> {
  /** The object as it is, of one as it is going to be. */
  before(item: ObjectName): Item | undefined;
  readonly newName: NewName;
}

interface FoundRenames<Item extends ObjectName> {
  readonly renames: readonly Rename<Item>[];
  readonly displaced: readonly Item[];
}

export function newNamesBy<Item extends ObjectName>(found: readonly FoundRenames<Item>[], names: TableNames): NewName {
  const newNames = new Map(
    found.flatMap(({ renames }) => renames.map(({ from, to }) => [objectKey(from, names), nameOf(to)] as const)),
  );
  return newNames.size === 0 ? (name) => name : (name) => newNames.get(objectKey(name, names)) ?? name;
}

export function originsOf<Item extends ObjectName>(
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

export function newColumnNamesBy(renames: readonly RenameChange[], names: Names): NewColumnName {
  const newNames = new Map(
    renames.flatMap((rename) =>
      rename.kind === 'rename-column' ? [[columnKey(rename.table, rename.from, names), rename.to] as const] : [],
    ),
  );
  return (table, column) => newNames.get(columnKey(table, column, names)) ?? column;
}
