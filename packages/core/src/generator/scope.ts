import type { FoldName } from '../model/names.js';
import { displayName } from '../model/names.js';
import type { ObjectName, Schema, Table } from '../model/schema.js';
import type { SchemaGeneratorOptions } from '../options.js';

type Pattern = string | RegExp;

/** What the generator looks at, by its configuration and by the call. */
export interface Scope extends Pick<
  SchemaGeneratorOptions,
  'ignoreSchema' | 'skipTables' | 'skipViews' | 'skipColumns'
> {
  /** Only this namespace, of a model that spans several. */
  readonly schema?: string | undefined;
}

/** The part of a schema that is compared. What is out of scope on one side is out of scope on the other. */
export function inScope(schema: Schema, scope: Scope, fold: FoldName): Schema {
  const isSkipped = (object: ObjectName, patterns: readonly Pattern[] = []): boolean =>
    (object.schema !== undefined && (scope.ignoreSchema ?? []).includes(object.schema)) ||
    (scope.schema !== undefined && object.schema !== undefined && object.schema !== scope.schema) ||
    patterns.some((pattern) => matches(pattern, object.name, fold) || matches(pattern, displayName(object), fold));

  return {
    ...schema,
    enums: schema.enums.filter((type) => !isSkipped(type)),
    tables: schema.tables
      .filter((table) => !isSkipped(table, scope.skipTables))
      .map((table) => withoutColumns(table, skippedColumns(table, scope, fold), fold)),
    views: schema.views.filter((view) => !isSkipped(view, scope.skipViews)),
  };
}

function matches(pattern: Pattern, name: string, fold: FoldName): boolean {
  return typeof pattern === 'string' ? fold(pattern) === fold(name) : pattern.test(name);
}

function skippedColumns(table: Table, { skipColumns = {} }: Scope, fold: FoldName): ReadonlySet<string> {
  const patterns = Object.entries(skipColumns).flatMap(([name, columns]) =>
    matches(name, table.name, fold) || matches(name, displayName(table), fold) ? columns : [],
  );
  return new Set(
    table.columns
      .map(({ name }) => name)
      .filter((name) => patterns.some((pattern) => matches(pattern, name, fold)))
      .map(fold),
  );
}

/** A column that is not looked at takes what is bound to it along. */
function withoutColumns(table: Table, skipped: ReadonlySet<string>, fold: FoldName): Table {
  if (skipped.size === 0) return table;
  const isFree = (columns: readonly string[]): boolean => !columns.some((column) => skipped.has(fold(column)));
  return {
    ...table,
    columns: table.columns.filter(({ name }) => isFree([name])),
    uniques: table.uniques.filter(({ columns }) => isFree(columns)),
    indexes: table.indexes.filter(({ parts }) =>
      isFree(parts.flatMap((part) => ('column' in part ? [part.column] : []))),
    ),
    foreignKeys: table.foreignKeys.filter(({ columns }) => isFree(columns)),
  };
}
