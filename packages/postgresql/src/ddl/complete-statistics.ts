import {
  type AddColumn,
  type Change,
  type ColumnRestoration,
  type DdlContext,
  sameObject,
  type Table,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { columnOf, tableOf } from './touched-columns.js';

/** Statistics go with any column that they are of, and come back with the last of those that are made anew. */
export function completeStatistics(changes: readonly Change[], { actual, target }: DdlContext): readonly Change[] {
  const restored = new Map<Change, string[]>();
  for (const table of actual.tables) {
    const wanted = tableOf(target, table);
    for (const statistics of table.statistics ?? []) {
      const last = changes.filter((change) => makesAnew(change, table, statistics)).at(-1);
      const isPossible = statistics.columns.every((name) => columnOf(wanted, name) !== undefined);
      if (last !== undefined && isPossible) restored.set(last, [...(restored.get(last) ?? []), statistics.sql]);
    }
  }
  return restored.size === 0 ? changes : changes.map((change) => withRestoration(change, restored.get(change)));
}

function makesAnew(change: Change, table: Table, { columns }: ColumnRestoration): change is AddColumn {
  return (
    change.kind === 'add-column' && columns.includes(change.column.name) && sameObject(change.table, table, comparison)
  );
}

function withRestoration(change: Change, statements: readonly string[] | undefined): Change {
  if (statements === undefined || change.kind !== 'add-column') return change;
  const { column } = change;
  return { ...change, column: { ...column, restoration: [...(column.restoration ?? []), ...statements] } };
}
