import {
  type AlterColumn,
  type Change,
  type Column,
  type DdlContext,
  findTable,
  type ObjectName,
  objectKey,
  type Schema,
  type Table,
} from '@dovetail/core/driver';
import { comparison } from '../comparison.js';
import { isKept } from './alter-column.js';
import { columnsOfEnum, isRemade, printEnum } from './enums.js';

/** The columns whose type changes, or that go, and the enums that are made anew. */
export interface Touched {
  readonly columns: ReadonlyMap<string, ReadonlySet<string>>;
  /** The enums as they are printed in casts. */
  readonly enums: readonly string[];
}

export function touchedColumns(changes: readonly Change[], context: DdlContext): Touched {
  const columns = new Map<string, Set<string>>();
  const add = (table: ObjectName, column: string): void => {
    const key = objectKey(table, comparison);
    const names = columns.get(key);
    if (names === undefined) columns.set(key, new Set([column]));
    else names.add(column);
  };
  const remade = changes.flatMap((change) =>
    change.kind === 'alter-enum' && isRemade(change.from, change.to, context) ? [change.from] : [],
  );
  for (const change of changes) {
    if (change.kind === 'alter-column' && isDetached(change)) add(change.table, change.to.name);
    if (change.kind === 'drop-column') add(change.table, change.column.name);
  }
  for (const { table, column } of remade.flatMap((type) => columnsOfEnum(context.actual, type))) {
    add(table, column.name);
  }
  return { columns, enums: remade.map(printEnum) };
}

/** Whether what stands on the column has to go for the change: it is of another type then, or dropped for a moment. */
export function isDetached(change: AlterColumn): boolean {
  return isRetyped(change) || isKept(change.from, change.to);
}

export function isRetyped({ attributes }: AlterColumn): boolean {
  return attributes.includes('type') || attributes.includes('collation');
}

export function touchedOf(table: ObjectName, { columns }: Touched): ReadonlySet<string> {
  return columns.get(objectKey(table, comparison)) ?? new Set();
}

/**
 * Whether an expression can mean one of the columns, or a value of one of the enums: it holds the name somewhere. When
 * it is something else that bears the name, an object is made anew without need, which loses nothing.
 */
export function mentions(expression: string, columns: Iterable<string>, enums: readonly string[]): boolean {
  return (
    [...columns].some((column) => comparison.mentions(expression, column)) ||
    enums.some((type) => expression.includes(`::${type}`))
  );
}

export function tableOf(schema: Schema, name: ObjectName): Table | undefined {
  return findTable(schema, name, comparison);
}

export function columnOf(table: Table | undefined, name: string): Column | undefined {
  return table?.columns.find((column) => column.name === name);
}
