import type { DdlContext } from '../driver.js';
import { type Names, objectKey, sameObject, type TableNames } from '../model/names.js';
import type { ObjectName } from '../model/schema.js';

/** The name of a table before the plan's renames. */
export function originalTable(name: ObjectName, { renames }: DdlContext, names: TableNames): ObjectName {
  return renames.toReversed().reduce<ObjectName>((current, rename) => {
    if (rename.kind === 'rename-namespace') {
      return current.schema === rename.to ? { ...current, schema: rename.namespace } : current;
    }
    const isIt =
      rename.kind === 'rename-table' &&
      objectKey({ schema: rename.table.schema, name: rename.to }, names) === objectKey(current, names);
    return isIt ? rename.table : current;
  }, name);
}

/** The name of a column before the plan's renames; `table` bears its new name. */
export function originalColumn(table: ObjectName, column: string, { renames }: DdlContext, names: Names): string {
  const { foldName: fold } = names;
  return renames
    .toReversed()
    .reduce(
      (current, rename) =>
        rename.kind === 'rename-column' && sameObject(rename.table, table, names) && fold(rename.to) === fold(current)
          ? rename.from
          : current,
      column,
    );
}
