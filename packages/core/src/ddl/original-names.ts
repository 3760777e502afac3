import type { DdlContext } from '../driver.js';
import { type FoldName, objectKey, sameObject } from '../model/names.js';
import type { ObjectName } from '../model/schema.js';

/** The name of a table before the plan's renames. */
export function originalTable(name: ObjectName, { renames }: DdlContext, fold: FoldName): ObjectName {
  return renames.toReversed().reduce<ObjectName>((current, rename) => {
    if (rename.kind === 'rename-namespace') {
      return current.schema === rename.to ? { ...current, schema: rename.namespace } : current;
    }
    const isIt =
      rename.kind === 'rename-table' &&
      objectKey({ schema: rename.table.schema, name: rename.to }, fold) === objectKey(current, fold);
    return isIt ? rename.table : current;
  }, name);
}

/** The name of a column before the plan's renames; `table` bears its new name. */
export function originalColumn(table: ObjectName, column: string, { renames }: DdlContext, fold: FoldName): string {
  return renames
    .toReversed()
    .reduce(
      (current, rename) =>
        rename.kind === 'rename-column' && sameObject(rename.table, table, fold) && fold(rename.to) === fold(current)
          ? rename.from
          : current,
      column,
    );
}
