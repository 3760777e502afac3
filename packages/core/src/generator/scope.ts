import type { Comparison } from '../driver.js';
import { displayName, type FoldName, type Names, spelled, type TableSpelling } from '../model/names.js';
import type { ObjectName, Schema, Table } from '../model/schema.js';
import type { SchemaGeneratorOptions } from '../options.js';

type Pattern = string | RegExp;

/** What the generator looks at, by its configuration and by the call. */
export interface Scope
  extends TableSpelling, Pick<SchemaGeneratorOptions, 'ignoreSchema' | 'skipTables' | 'skipViews' | 'skipColumns'> {
  /** Only this namespace, of a model that spans several. */
  readonly schema?: string | undefined;
  /** The namespace of the objects that name none. */
  readonly defaultSchema?: string | undefined;
}

type ScopeRules = Pick<Comparison, 'foldName' | 'foldTableName' | 'mentions'>;

/** The part of a schema that is compared. What is out of scope on one side is out of scope on the other. */
export function inScope(schema: Schema, scope: Scope, rules: ScopeRules): Schema {
  const isLooked = (object: ObjectName): boolean => isInNamespace(object.schema, scope);
  const foldTableName = (name: string): string => rules.foldTableName(spelled(name, scope));
  const isSkippedTable = matcherOf(scope.skipTables, foldTableName);
  const isSkippedView = matcherOf(scope.skipViews, foldTableName);
  const skipsColumns = Object.keys(scope.skipColumns ?? {}).length > 0;
  const tables = schema.tables.filter((table) => isLooked(table) && !isSkippedTable(table));

  return {
    ...schema,
    enums: schema.enums.filter(isLooked),
    tables: skipsColumns
      ? tables.map((table) => withoutColumns(table, skippedColumns(table, scope, { ...rules, foldTableName }), rules))
      : tables,
    views: schema.views.filter((view) => isLooked(view) && !isSkippedView(view)),
  };
}

/** Tells the objects that one of the patterns fits; names are put into one form once, for there may be many objects. */
function matcherOf(patterns: readonly Pattern[] = [], fold: FoldName): (object: ObjectName) => boolean {
  const names = new Set(patterns.flatMap((pattern) => (typeof pattern === 'string' ? fold(pattern) : [])));
  const expressions = patterns.filter((pattern) => typeof pattern !== 'string');
  const fits = (name: string): boolean =>
    names.has(fold(name)) || expressions.some((expression) => matches(expression, name, fold));
  return (object) => fits(object.name) || (object.schema !== undefined && fits(displayName(object)));
}

/** Whether the generator looks at that namespace; at the one of what names none where it is absent. */
export function isInNamespace(name: string | undefined, scope: Scope): boolean {
  const { schema, defaultSchema, ignoreSchema = [] } = scope;
  const namespace = name ?? defaultSchema;
  const isIt = (other: string): boolean =>
    namespace !== undefined && spelled(other, scope) === spelled(namespace, scope);
  if (ignoreSchema.some(isIt)) return false;
  return schema === undefined || isIt(schema);
}

function matchesObject(pattern: Pattern, object: ObjectName, fold: FoldName): boolean {
  return matches(pattern, object.name, fold) || matches(pattern, displayName(object), fold);
}

function matches(pattern: Pattern, name: string, fold: FoldName): boolean {
  // `search` looks at the whole name each time, where `test` of a global pattern goes on from its last match.
  return typeof pattern === 'string' ? fold(pattern) === fold(name) : name.search(pattern) !== -1;
}

function skippedColumns(table: Table, { skipColumns = {} }: Scope, names: Names): readonly string[] {
  const patterns = Object.entries(skipColumns).flatMap(([name, columns]) =>
    matchesObject(name, table, names.foldTableName) ? columns : [],
  );
  if (patterns.length === 0) return [];
  return table.columns
    .map(({ name }) => name)
    .filter((name) => patterns.some((pattern) => matches(pattern, name, names.foldName)));
}

/** A column that is not looked at takes what is bound to it along. */
function withoutColumns(table: Table, skipped: readonly string[], { foldName, mentions }: ScopeRules): Table {
  if (skipped.length === 0) return table;
  const names = new Set(skipped.map(foldName));
  const isFree = (columns: readonly string[]): boolean => !columns.some((column) => names.has(foldName(column)));
  const isApart = (expression: string): boolean => !skipped.some((column) => mentions(expression, column));
  return {
    ...table,
    columns: table.columns.filter(({ name }) => isFree([name])),
    uniques: table.uniques.filter(({ columns }) => isFree(columns)),
    indexes: table.indexes.filter(
      ({ parts, where = '' }) =>
        isApart(where) && parts.every((part) => ('column' in part ? isFree([part.column]) : isApart(part.expression))),
    ),
    foreignKeys: table.foreignKeys.filter(({ columns }) => isFree(columns)),
    checks: table.checks.filter(({ expression }) => isApart(expression)),
  };
}
