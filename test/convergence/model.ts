import type { Deferrable, LogicalType, ReferentialAction, TableOptions } from '@dovetail/core/driver';

/**
 * A generated object model, as plain data that can be printed and pasted into a regression test. Every table and column
 * has an `id` that stays when its name changes, so that two models tell by themselves what was renamed.
 *
 * SQL texts name columns by their ids in braces, `{c1} > 0`: they follow the columns through every rename.
 */
export interface Model {
  readonly tables: readonly TableSpec[];
  readonly pivots: readonly PivotSpec[];
}

export interface TableSpec {
  readonly id: string;
  readonly name: string;
  readonly columns: readonly ColumnSpec[];
  readonly relations: readonly RelationSpec[];
  /** The ids of columns and relations. */
  readonly primaryKey: readonly string[];
  readonly indexes: readonly IndexSpec[];
  readonly checks: readonly CheckSpec[];
  readonly options: TableOptions;
}

export interface ColumnSpec {
  readonly id: string;
  readonly name: string;
  readonly type: TypeSpec;
  readonly nullable: boolean;
  readonly autoincrement?: boolean | undefined;
  readonly default?: DefaultSpec | undefined;
  readonly generated?: { readonly expression: string; readonly stored: boolean } | undefined;
  readonly collation?: string | undefined;
}

export type TypeSpec =
  | {
      readonly kind: 'logical';
      readonly type: Exclude<LogicalType, 'enum' | 'enumArray'>;
      readonly precision?: number | undefined;
      readonly scale?: number | undefined;
    }
  | { readonly kind: 'raw'; readonly columnType: string; readonly family: ValueFamily }
  | { readonly kind: 'enum'; readonly items: readonly string[]; readonly array: boolean };

/** Types whose columns hold the same values. */
export type Family =
  | 'integer'
  | 'real'
  | 'decimal'
  | 'boolean'
  | 'text'
  | 'character'
  | 'uuid'
  | 'date'
  | 'datetime'
  | 'time'
  | 'interval'
  | 'json'
  | 'blob'
  | 'array'
  | 'enum'
  | 'enumArray';

/** Families whose values need no list of items. */
export type ValueFamily = Exclude<Family, 'enum' | 'enumArray'>;

export type DefaultSpec =
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  | { readonly kind: 'json'; readonly value: readonly unknown[] | Readonly<Record<string, unknown>> }
  | { readonly kind: 'bytes'; readonly hex: string }
  | { readonly kind: 'date'; readonly iso: string }
  | { readonly kind: 'now' }
  | { readonly kind: 'sql'; readonly sql: string };

export interface RelationSpec {
  readonly id: string;
  readonly kind: 'many-to-one' | 'one-to-one';
  /** The names of its columns, one for each referenced column. */
  readonly columns: readonly string[];
  readonly target: string;
  /** The ids of the referenced columns. */
  readonly references: readonly string[];
  readonly nullable: boolean;
  readonly constrained: boolean;
  readonly onDelete?: ReferentialAction | undefined;
  readonly onUpdate?: ReferentialAction | undefined;
  readonly deferrable?: Deferrable | undefined;
  readonly foreignKeyName?: string | undefined;
}

export interface IndexSpec {
  readonly id: string;
  readonly name?: string | undefined;
  readonly unique: boolean;
  readonly key: IndexKey;
  readonly where?: string | undefined;
}

export type IndexKey =
  | { readonly kind: 'columns'; readonly parts: readonly IndexPartSpec[] }
  | { readonly kind: 'expression'; readonly expression: string };

export interface IndexPartSpec {
  /** The id of a column or relation. */
  readonly member: string;
  readonly sort?: 'desc' | undefined;
  readonly collation?: string | undefined;
}

export interface CheckSpec {
  readonly id: string;
  readonly name?: string | undefined;
  readonly expression: string;
}

/** A many-to-many relation of the table `owner`, and its pivot table. */
export interface PivotSpec {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly target: string;
  readonly fixedOrder: boolean;
}

/** One evolution: a database that `before` describes, holding so many rows in each table, is to fit `after`. */
export interface Evolution {
  readonly before: Model;
  readonly after: Model;
  readonly rows: number;
}

export const emptyModel: Model = { tables: [], pivots: [] };

export function tableById({ tables }: Model, id: string): TableSpec | undefined {
  return tables.find((table) => table.id === id);
}

export function columnById({ columns }: TableSpec, id: string): ColumnSpec | undefined {
  return columns.find((column) => column.id === id);
}

/** The key as columns of the table itself; `undefined` where a relation is part of it. */
export function keyColumns(table: TableSpec): readonly ColumnSpec[] | undefined {
  const columns = table.primaryKey.flatMap((id) => columnById(table, id) ?? []);
  return columns.length === table.primaryKey.length ? columns : undefined;
}

/** The keys that a foreign key can reference, as ids of columns. */
export function keysOf(table: TableSpec): readonly (readonly string[])[] {
  const primary = keyColumns(table)?.map(({ id }) => id);
  const uniques = table.indexes.flatMap(({ unique, where, key }): string[][] => {
    if (!unique || where !== undefined || key.kind === 'expression') return [];
    const [part, ...others] = key.parts;
    const isPlain = part !== undefined && others.length === 0 && part.collation === undefined;
    return isPlain && table.columns.some(({ id }) => id === part.member) ? [[part.member]] : [];
  });
  return primary === undefined ? uniques : [primary, ...uniques];
}

/** The ids of the columns that an SQL text mentions. */
export function mentionedIn(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, id = '']) => id);
}

/** The text with each `{id}` replaced. */
export function fillIn(text: string, replacement: (id: string) => string): string {
  return text.replace(/\{(\w+)\}/g, (_, id: string) => replacement(id));
}

/** Whether a check, an index or a generated column of the table mentions the column in its SQL. */
export function mentions(table: TableSpec, id: string): boolean {
  const texts = [
    ...table.checks.map(({ expression }) => expression),
    ...table.indexes.flatMap(({ key, where = '' }) => [key.kind === 'expression' ? key.expression : '', where]),
    ...table.columns.map(({ generated }) => generated?.expression ?? ''),
  ];
  return texts.some((text) => mentionedIn(text).includes(id));
}
