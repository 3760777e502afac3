import {
  type AlterColumn,
  type Change,
  type Column,
  type DdlContext,
  nameOf,
  sameObject,
  type Table,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { columnOf, isRetyped, mentions, tableOf, touchedColumns, touchedOf } from './touched-columns.js';

/**
 * A generated column computes itself, so one whose expression changes, or that reads a column whose type changes, is
 * dropped and added again.
 */
export function completeColumns(changes: readonly Change[], context: DdlContext): Change[] {
  const replaced = changes.flatMap((change) =>
    change.kind === 'alter-column' && isReplaced(change) ? replace(change) : [change],
  );
  return [...replaced, ...readers(replaced, context)];
}

function isReplaced(change: AlterColumn): boolean {
  return change.attributes.includes('generated') || (change.to.generated !== undefined && isRetyped(change));
}

/** An expression that is taken away leaves the values, in a plain column; none can be given to a column that has values. */
function replace(change: AlterColumn): Change[] {
  const { table, from, to } = change;
  if (from.generated !== undefined && to.generated === undefined) return [change];
  return [
    { kind: 'drop-column', table, column: from },
    { kind: 'add-column', table, column: { ...to, restoration: from.restoration } },
  ];
}

function readers(changes: readonly Change[], context: DdlContext): Change[] {
  const touched = touchedColumns(changes, context);
  return context.actual.tables.flatMap((table): Change[] => {
    const columns = touchedOf(table, touched);
    const wanted = tableOf(context.target, table);
    return table.columns.flatMap((column): Change[] => {
      const target = columnOf(wanted, column.name);
      if (column.generated === undefined || target === undefined || isSettled(table, column, changes)) return [];
      if (!mentions(column.generated.expression, columns, touched.enums)) return [];
      return [
        { kind: 'drop-column', table: nameOf(table), column },
        { kind: 'add-column', table: nameOf(table), column: { ...target, restoration: column.restoration } },
      ];
    });
  });
}

/** Whether the column is dropped, or computed no more: then nothing stands on what it reads. */
function isSettled(table: Table, { name }: Column, changes: readonly Change[]): boolean {
  return changes.some(
    (change) =>
      (change.kind === 'drop-column' || (change.kind === 'alter-column' && change.attributes.includes('generated'))) &&
      (change.kind === 'drop-column' ? change.column : change.to).name === name &&
      sameObject(change.table, table, comparison),
  );
}
