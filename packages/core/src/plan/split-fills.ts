import type { AddColumn, AlterColumn, Change, ColumnAttribute } from '../model/change.js';
import { backfillOf } from '../model/columns.js';
import type { Column } from '../model/schema.js';

/** A column whose rows are to be filled takes null until that is done. */
export function splitFills(changes: readonly Change[]): Change[] {
  return changes.flatMap((change): Change[] => {
    switch (change.kind) {
      case 'add-column':
        return splitAddition(change);
      case 'alter-column':
        return splitAlteration(change);
      default:
        return [change];
    }
  });
}

/**
 * Without its default as well, which would be in the rows already. It gets it before they are filled, so that the rows
 * that others add meanwhile have it, where a database commits each step.
 */
function splitAddition(change: AddColumn): Change[] {
  const { table, column } = change;
  const expression = backfillOf(undefined, column);
  if (expression === undefined) return [change];
  const nullable: Column = { ...column, nullable: true };
  const empty: Column = { ...nullable, default: undefined };
  return [
    { kind: 'add-column', table, column: empty },
    ...alteration(table, empty, nullable, column.default === undefined ? [] : ['default']),
    { kind: 'fill-column', table, column, expression },
    ...alteration(table, nullable, column, column.nullable ? [] : ['nullable']),
  ];
}

function splitAlteration(change: AlterColumn): Change[] {
  const { table, from, to, attributes } = change;
  const expression = attributes.includes('nullable') ? backfillOf(from, to) : undefined;
  if (expression === undefined) return [change];
  const nullable: Column = { ...to, nullable: true };
  return [
    ...alteration(
      table,
      from,
      nullable,
      attributes.filter((attribute) => attribute !== 'nullable'),
    ),
    { kind: 'fill-column', table, column: to, expression },
    ...alteration(table, nullable, to, ['nullable']),
  ];
}

function alteration(
  table: AlterColumn['table'],
  from: Column,
  to: Column,
  attributes: readonly ColumnAttribute[],
): AlterColumn[] {
  return attributes.length === 0 ? [] : [{ kind: 'alter-column', table, from, to, attributes }];
}
