import { objectKey, type TableNames } from '../model/names.js';
import type { ObjectName, Owned, Schema } from '../model/schema.js';

/** What an entity is stored in, under its name or the one before. */
interface Wanted extends ObjectName {
  readonly previousName?: string | undefined;
}

/** The schema without what belongs to other roles and no entity knows: programs of several roles may share a namespace. */
export function withoutOthers(schema: Schema, desired: Schema, names: TableNames): Schema {
  return {
    ...schema,
    tables: withoutOthersOf(schema.tables, desired.tables, names),
    views: withoutOthersOf(schema.views, desired.views, names),
    enums: withoutOthersOf(schema.enums, desired.enums, names),
  };
}

function withoutOthersOf<Item extends ObjectName & Owned>(
  items: readonly Item[],
  wanted: readonly Wanted[],
  names: TableNames,
): readonly Item[] {
  if (items.every(({ owner }) => owner === undefined)) return items;
  const known = new Set(
    wanted.flatMap(({ schema, name, previousName = name }) =>
      [name, previousName].map((each) => objectKey({ schema, name: each }, names)),
    ),
  );
  return items.filter((item) => item.owner === undefined || known.has(objectKey(item, names)));
}
