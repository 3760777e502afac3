import type { AlterColumn, AlterTableChange, Column } from '@dovetail/core/driver';
import { comparison } from '../comparison.js';

const { foldName } = comparison;

/**
 * How a column becomes another. A virtual one holds nothing, and can't become one that does, nor the reverse, where it
 * stands (refman/9.7/en/alter-table-generated-columns.html): it is dropped and added. Where it stops being computed, its
 * values are kept in a column beside it, which takes its place.
 */
export type Way = 'modified' | 'recreated' | 'replaced';

export function wayOf({ from, to }: AlterColumn): Way {
  if (isVirtual(from) === isVirtual(to)) return 'modified';
  return to.generated === undefined ? 'replaced' : 'recreated';
}

/** Whether one of the changes states the column. */
export function isStated({ name }: Column, changes: readonly AlterTableChange[]): boolean {
  return changes.some(
    (change) =>
      (change.kind === 'alter-column' && foldName(change.to.name) === foldName(name)) ||
      (change.kind === 'add-column' && foldName(change.column.name) === foldName(name)),
  );
}

function isVirtual({ generated }: Column): boolean {
  return generated?.stored === false;
}
