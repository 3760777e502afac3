import type { DdlContext } from '../driver.js';
import { backfillOf } from '../model/columns.js';
import { displayName, type FoldName, type Names, sameObject } from '../model/names.js';
import type { Column, ObjectName, Table } from '../model/schema.js';
import { findTable } from '../model/tables.js';
import { originalColumn, originalTable } from './original-names.js';
import { rowKey, type RowKeyPart } from './row-key.js';

/** What a query of rows needs to know of a database. */
export interface RowsDialect {
  readonly names: Names;
  quote(name: string): string;
  /** A table's qualified, quoted name. */
  table(name: ObjectName): string;
  /** The value as a column stores it that is given `value`: converted to its type, compared by its collation. */
  stored(value: string, to: Column, from?: Column): string;
  /** Whether an expression mentions a column. */
  mentions(expression: string, column: string): boolean;
  /** What tells the rows of a table without any key apart. Absent where the database shows no such thing. */
  rowPlace?(table: Table): readonly RowKeyPart[];
}

/** Rows that a query selects from. */
export interface Rows {
  /** What stands after `from`. */
  readonly from: string;
  /** What tells the rows apart, each part as the query reads it. */
  readonly key: readonly RowKeyPart[];
}

/** The rows of a table as they are now, under the names of before the renames. */
export function presentRows(name: ObjectName, context: DdlContext, dialect: RowsDialect): Rows {
  return { from: dialect.table(originalTable(name, context, dialect.names)), key: rowKey(name, context, dialect) };
}

/**
 * The rows of a table as they are now, under the names and with the columns that they are going to have: prechecks run
 * before the first statement, but speak of what comes after it. Columns that have to go are among them.
 *
 * @param alias what the rows are called in the query; the table's new name where it is left out.
 */
export function futureRows(name: ObjectName, context: DdlContext, dialect: RowsDialect, alias = name.name): Rows {
  const { names, quote } = dialect;
  const { from: source, key } = presentRows(name, context, dialect);
  const actual = findTable(context.actual, name, names);
  const target = findTable(context.target, name, names);
  if (actual === undefined || target === undefined || !isReshaped(actual, target, context, names)) {
    return { from: `${source} as ${quote(alias)}`, key };
  }
  const carried = key.map((part, index) => ({ ...part, column: quote(keyColumn(index)) }));
  const keyColumns = carried.map(({ expression, column }) => `${expression} as ${column}`);
  return {
    from: reshaped(source, keyColumns, { name, alias, actual, target }, context, dialect),
    key: carried.map((part) => ({ name: part.name, expression: part.column })),
  };
}

/** The columns of another type by then that the texts mention, by themselves or through a column that is computed. */
export function convertedColumns(
  name: ObjectName,
  texts: readonly string[],
  context: DdlContext,
  { names, mentions }: Pick<RowsDialect, 'names' | 'mentions'>,
): readonly string[] {
  const actual = findTable(context.actual, name, names);
  const target = findTable(context.target, name, names);
  if (actual === undefined || target === undefined) return [];
  const { foldName: fold } = names;
  const before = byName(actual, fold);
  const isConverted = ({ name: column, type }: Column): boolean => {
    const from = before.get(fold(column));
    return from !== undefined && from.type !== type;
  };
  return columnsRead(texts, target, mentions)
    .filter(isConverted)
    .map((column) => `${displayName(name)}.${column.name}`);
}

/** The columns of a table that the texts mention, by themselves or through a column that is computed. */
export function columnsRead(
  texts: readonly string[],
  table: Table,
  mentions: RowsDialect['mentions'],
): readonly Column[] {
  const mentioned = table.columns.filter(({ name }) => texts.some((text) => mentions(text, name)));
  const computed = mentioned.flatMap(({ generated }) => (generated === undefined ? [] : [generated.expression]));
  const all = new Set([...texts, ...computed]);
  return all.size === texts.length ? mentioned : columnsRead([...all], table, mentions);
}

interface Reshaping {
  readonly name: ObjectName;
  readonly alias: string;
  readonly actual: Table;
  readonly target: Table;
}

function reshaped(
  source: string,
  keyColumns: readonly string[],
  { name, alias, actual, target }: Reshaping,
  context: DdlContext,
  dialect: RowsDialect,
): string {
  const { names, quote } = dialect;
  const { foldName: fold } = names;
  const before = byName(actual, fold);
  const after = byName(target, fold);
  const isConverted = (column: Column): boolean => {
    const from = before.get(fold(column.name));
    return from !== undefined && (from.type !== column.type || from.collation !== column.collation);
  };
  const computed = target.columns.filter(
    (column) =>
      isComputed(column, before.get(fold(column.name))) ||
      (column.generated !== undefined &&
        columnsRead([column.generated.expression], target, dialect.mentions).some(isConverted)),
  );
  const kept = target.columns.filter((column) => !computed.includes(column));
  const dropped = actual.columns.filter(({ name: column }) => !after.has(fold(column)));
  const fills = kept.some((column) => backfillOf(before.get(fold(column.name)), column) !== undefined);
  const present = fills
    ? renamed(source, keyColumns, { name, alias, actual }, context, dialect)
    : {
        from: source,
        keyColumns,
        read: (column: string) => quote(originalColumn(name, column, context, names)),
      };
  const selected = [...kept, ...dropped].map((column) => {
    const from = before.get(fold(column.name));
    return `${futureValue(column, from, present.read, dialect)} as ${quote(column.name)}`;
  });
  const rows = `(select ${[...selected, ...present.keyColumns].join(', ')} from ${present.from}) as ${quote(alias)}`;
  return withComputed(rows, computed, dialect, alias);
}

/** What a row will hold: its value now, or that of the backfill, or the default. */
function futureValue(
  column: Column,
  from: Column | undefined,
  read: (column: string) => string,
  { stored }: RowsDialect,
): string {
  const backfill = backfillOf(from, column);
  const filled = stored(backfill === undefined ? (column.default ?? 'null') : `(${backfill})`, column);
  if (from === undefined) return filled;
  const kept = stored(read(from.name), column, from);
  return backfill === undefined ? kept : `coalesce(${kept}, ${filled})`;
}

interface PresentRows {
  readonly from: string;
  readonly keyColumns: readonly string[];
  /** The value of a column, by its new name. */
  read(column: string): string;
}

/** The rows with their values of now, under the names that a backfill knows them by. */
function renamed(
  source: string,
  keyColumns: readonly string[],
  { name, alias, actual }: Omit<Reshaping, 'target'>,
  context: DdlContext,
  { names, quote }: RowsDialect,
): PresentRows {
  const columns = actual.columns.map(
    (column) => `${quote(originalColumn(name, column.name, context, names))} as ${quote(column.name)}`,
  );
  return {
    from: `(select ${[...columns, ...keyColumns].join(', ')} from ${source}) as ${quote(alias)}`,
    keyColumns: keyColumns.map((_, index) => quote(keyColumn(index))),
    read: quote,
  };
}

/** Under this name a part of the key goes through the queries that change the columns. */
function keyColumn(index: number): string {
  return `dovetail_key_${index + 1}`;
}

function byName({ columns }: Table, fold: FoldName): ReadonlyMap<string, Column> {
  return new Map(columns.map((column) => [fold(column.name), column]));
}

function isReshaped(actual: Table, target: Table, { renames }: DdlContext, names: Names): boolean {
  const { foldName: fold } = names;
  const before = byName(actual, fold);
  return (
    renames.some((rename) => rename.kind === 'rename-column' && sameObject(rename.table, actual, names)) ||
    target.columns.some((column) => {
      const from = before.get(fold(column.name));
      if (backfillOf(from, column) !== undefined) return true;
      return from?.type !== column.type || from.collation !== column.collation || isComputed(column, from);
    })
  );
}

/** A generated column that the table does not compute yet, or not in this way. */
export function isComputed({ generated }: Column, from: Column | undefined): boolean {
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
