import type { Declared } from '../decorators/declarations.js';
import type { CheckOptions } from '../decorators/check.js';
import type { IndexColumnOptions, IndexOptions, UniqueOptions } from '../decorators/indexes.js';
import type { SqlText } from '../decorators/sql-text.js';
import type { DeclarationSource } from './entity-model.js';
import type { CheckMetadata, IndexMetadata, IndexPartMetadata, NameMetadata } from './entity-metadata.js';
import { nameOr, toDeferrable } from './foreign-keys.js';
import type { Layout, PropertyContext } from './layout.js';
import { evaluateSql } from './scope.js';

/** The indexes and checks that decorators of a class, or of its properties, declare besides the columns. */
export function layOutDeclared({ className, declarations }: DeclarationSource, context: PropertyContext): Layout {
  return {
    columns: [],
    foreignKeys: [],
    indexes: [
      ...declarations.indexes.flatMap((declared) => makeIndex(declared, false, className, context)),
      ...declarations.uniques.flatMap((declared) => makeIndex(declared, true, className, context)),
    ],
    checks: declarations.checks.flatMap((declared) => makeCheck(declared, className, context)),
  };
}

function originOf(className: string, property: string | undefined): string {
  return property === undefined ? className : `${className}.${property}`;
}

function makeIndex(
  { property, options }: Declared<IndexOptions | UniqueOptions>,
  unique: boolean,
  className: string,
  context: PropertyContext,
): IndexMetadata[] {
  const origin = originOf(className, property);
  const evaluate = (text: SqlText | undefined, option: string): string | undefined =>
    text === undefined ? undefined : evaluateSql(text, context.scope, { where: origin, option }, context.problems);

  const uniqueOptions: UniqueOptions = options;
  const parts = indexParts(options, property, origin, evaluate, context);
  if (parts.length === 0) return [];
  const where = evaluate(options.where, 'where');
  const columns = parts.map((part) => ('column' in part ? part.column : 'expression'));
  return [
    {
      origin,
      name: indexName(options, unique, columns, where, context),
      unique,
      parts,
      where,
      include: options.include === undefined ? undefined : resolveColumns(toList(options.include), origin, context),
      type: options.type,
      deferrable: uniqueOptions.deferMode && toDeferrable(uniqueOptions.deferMode),
      nullsNotDistinct: uniqueOptions.nullsNotDistinct,
      invisible: options.invisible,
      storage: storageOf(options),
      comment: options.comment,
      parser: options.parser,
    },
  ];
}

function indexName(
  options: IndexOptions,
  unique: boolean,
  columns: readonly string[],
  where: string | undefined,
  { naming, table }: PropertyContext,
): NameMetadata {
  return nameOr(options.name, () =>
    naming.constraintName(unique ? { kind: 'unique', table, columns } : { kind: 'index', table, columns, where }),
  );
}

function indexParts(
  options: IndexOptions,
  property: string | undefined,
  origin: string,
  evaluate: (text: SqlText, option: string) => string | undefined,
  context: PropertyContext,
): readonly IndexPartMetadata[] {
  if (options.expression !== undefined) {
    const expression = evaluate(options.expression, 'expression');
    return expression === undefined ? [] : [{ expression }];
  }
  if (options.columns !== undefined) {
    return options.columns.flatMap((column) => columnParts(column, origin, context));
  }
  const properties = options.properties ?? property;
  if (properties === undefined) {
    context.problems.report(
      origin,
      'an index names nothing to be indexed',
      "Write `properties: ['name']`, `columns` or `expression`.",
    );
    return [];
  }
  return resolveColumns(toList(properties), origin, context).map((column) => ({ column }));
}

function columnParts(
  { name, sort, nulls, length, opclass, collation }: IndexColumnOptions,
  origin: string,
  context: PropertyContext,
): IndexPartMetadata[] {
  return resolveColumns([name], origin, context).map((column) => ({
    column,
    sort: sort && (sort === 'desc' || sort === 'DESC' ? 'desc' : 'asc'),
    nulls: nulls && (nulls === 'first' || nulls === 'FIRST' ? 'first' : 'last'),
    length,
    opclass,
    collation,
  }));
}

/** The columns of properties, named by property or by column. One that does not exist is reported, and left out. */
function resolveColumns(
  names: readonly string[],
  origin: string,
  { scope, problems }: PropertyContext,
): readonly string[] {
  return names.flatMap((name) => {
    const columns = scope.columnsOf(name) ?? (scope.hasColumn(name) ? [name] : []);
    if (columns.length === 0) {
      problems.report(
        origin,
        `an index names "${name}", which is not a property with a column`,
        'Name a property that has a column; write what is inside a JSON column as `expression`.',
      );
    }
    return columns;
  });
}

function storageOf({ storage, fillFactor }: IndexOptions): Readonly<Record<string, string>> | undefined {
  const parameters = Object.entries(storage ?? {}).map(([name, value]) => [name, String(value)] as const);
  if (fillFactor !== undefined) parameters.push(['fillfactor', String(fillFactor)]);
  return parameters.length === 0 ? undefined : Object.fromEntries(parameters);
}

function toList(names: string | readonly string[]): readonly string[] {
  return typeof names === 'string' ? [names] : names;
}

function makeCheck(
  { property, options }: Declared<CheckOptions>,
  className: string,
  context: PropertyContext,
): CheckMetadata[] {
  const { scope, naming, table, problems } = context;
  const origin = originOf(className, property);
  const sql = evaluateSql(options.expression, scope, { where: origin, option: 'expression' }, problems);
  const columns = property === undefined ? [] : scope.columnsOf(property);
  if (columns === undefined) {
    problems.report(
      className,
      `a check names "${property ?? ''}", which is not a property`,
      'Name a property of the class, or leave `property` out.',
    );
  }
  if (sql === undefined || columns === undefined) return [];
  const name = nameOr(options.name, () =>
    naming.constraintName({ kind: 'check', table, columns, expression: sql, isEnum: false }),
  );
  return [{ origin, name, expression: { kind: 'expression', sql } }];
}
