import type { DdlContext } from '../driver.js';
import { type FoldName, objectKey, sameObject } from '../model/names.js';
import type { Column, ObjectName, Table } from '../model/schema.js';
import { findTable } from '../model/tables.js';

/** What a query of rows needs to know of a database. */
export interface RowsDialect {
  readonly fold: FoldName;
  quote(name: string): string;
  /** A table's qualified, quoted name. */
  table(name: ObjectName): string;
  /** The value as a column stores it that is given `value`: converted to its type, compared by its collation. */
  stored(value: string, to: Column, from?: Column): string;
  /** Whether an expression mentions a column. */
  mentions(expression: string, column: string): boolean;
}

/**
 * The rows of a table as they are now, under the names and with the columns that they are going to have: prechecks run
 * before the first statement, but speak of what comes after it. Columns that have to go are among them.
 *
 * @param alias what the rows are called in the query; the table's new name where it is left out.
 */
export function rowsOf(name: ObjectName, context: DdlContext, dialect: RowsDialect, alias: string = name.name): string {
  const { fold, quote } = dialect;
  const source = dialect.table(originalTable(name, context, fold));
  const actual = findTable(context.actual, name, fold);
  const target = findTable(context.target, name, fold);
  if (actual === undefined || target === undefined || !isReshaped(actual, target, context, fold)) {
    return `${source} as ${quote(alias)}`;
  }

  const before = byName(actual, fold);
  const after = byName(target, fold);
  const computed = target.columns.filter((column) => isComputed(column, before.get(fold(column.name))));
  const kept = target.columns.filter((column) => !computed.includes(column));
  const dropped = actual.columns.filter(({ name: column }) => !after.has(fold(column)));
  const selected = [...kept, ...dropped].map((column) => {
    const from = before.get(fold(column.name));
    const value =
      from === undefined ? (column.default ?? 'null') : quote(originalColumn(name, from.name, context, fold));
    return `${dialect.stored(value, column, from)} as ${quote(column.name)}`;
  });
  return withComputed(`(select ${selected.join(', ')} from ${source}) as ${quote(alias)}`, computed, dialect, alias);
}

function byName({ columns }: Table, fold: FoldName): ReadonlyMap<string, Column> {
  return new Map(columns.map((column) => [fold(column.name), column]));
}

function isReshaped(actual: Table, target: Table, { renames }: DdlContext, fold: FoldName): boolean {
  const before = byName(actual, fold);
  return (
    renames.some((rename) => rename.kind === 'rename-column' && sameObject(rename.table, actual, fold)) ||
    target.columns.some((column) => {
      const from = before.get(fold(column.name));
      return from?.type !== column.type || from.collation !== column.collation || isComputed(column, from);
    })
  );
}

/** A generated column that the table does not compute yet, or not in this way. */
function isComputed({ generated }: Column, from: Column | undefined): boolean {
  return generated !== undefined && generated.expression !== from?.generated?.expression;
}

/** Adds generated columns around the rows, in layers, for one may compute from another. */
function withComputed(rows: string, columns: readonly Column[], dialect: RowsDialect, alias: string): string {
  if (columns.length === 0) return rows;
  const { quote, mentions } = dialect;
  const expressionOf = ({ generated }: Column): string => generated?.expression ?? 'null';
  const independent = columns.filter(
    (column) => !columns.some((other) => other !== column && mentions(expressionOf(column), other.name)),
  );
  const layer = independent.length === 0 ? columns : independent;
  const added = layer.map(
    (column) => `${dialect.stored(`(${expressionOf(column)})`, column)} as ${quote(column.name)}`,
  );
  return withComputed(
    `(select *, ${added.join(', ')} from ${rows}) as ${quote(alias)}`,
    columns.filter((column) => !layer.includes(column)),
    dialect,
    alias,
  );
}

/** The name of a table before the plan's renames. */
export function originalTable(name: ObjectName, { renames }: DdlContext, fold: FoldName): ObjectName {
  return renames
    .toReversed()
    .reduce<ObjectName>(
      (current, rename) =>
        rename.kind === 'rename-table' &&
        objectKey({ schema: rename.table.schema, name: rename.to }, fold) === objectKey(current, fold)
          ? rename.table
          : current,
      name,
    );
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
