import {
  type AlterTableChange,
  type Change,
  type ChangeGroup,
  type DdlContext,
  findTable,
  groupBy,
  isAlterTableChange,
  nameOf,
  objectKey,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { canAlterInPlace, isKeyOf } from './in-place.js';

/** One rebuild for all changes of a table that can't be altered in place; each other change by itself. */
export function groupChanges(changes: readonly Change[], context: DdlContext): ChangeGroup[] {
  const whole = changes
    .filter((change) => !isAlterTableChange(change))
    .map((change): ChangeGroup => ({ changes: [change] }));
  const byTable = groupBy(changes.filter(isAlterTableChange), ({ table }) => objectKey(table, comparison));
  return [...whole, ...[...byTable.values()].flatMap((ofTable) => groupTable(ofTable, context))];
}

function groupTable(changes: readonly AlterTableChange[], context: DdlContext): ChangeGroup[] {
  const [first] = changes;
  const table = first && findTable(context.actual, first.table, comparison);
  if (table === undefined || canAlterInPlace(table, changes, context)) return groupInPlace(changes);

  const rebuilt = changes.filter((change) => !isApart(change));
  return [
    { changes: rebuilt, rebuilds: nameOf(table) },
    ...changes.filter(isApart).map((change): ChangeGroup => ({ changes: [change] })),
  ];
}

/** Indexes and triggers that come or go stand apart from the rebuild, for their names are of the whole database. */
function isApart({ kind }: AlterTableChange): boolean {
  return kind === 'add-index' || kind === 'drop-index' || kind === 'create-trigger' || kind === 'drop-trigger';
}

/** A foreign key can only come together with its new column. */
function groupInPlace(changes: readonly AlterTableChange[]): ChangeGroup[] {
  return changes.flatMap((change): ChangeGroup[] => {
    if (change.kind === 'add-foreign-key') return [];
    if (change.kind !== 'add-column') return [{ changes: [change] }];
    const { column } = change;
    const foreignKeys = changes.filter(
      (other) => other.kind === 'add-foreign-key' && isKeyOf(other.foreignKey, column),
    );
    return [{ changes: [change, ...foreignKeys] }];
  });
}
