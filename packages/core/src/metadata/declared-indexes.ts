import type { Declared } from '../decorators/declarations.js';
import type { IndexFilter } from '../decorators/index-filter.js';
import type { IndexColumnOptions, IndexOptions, UniqueOptions } from '../decorators/indexes.js';
import type { SqlText } from '../decorators/sql-text.js';
import { messageOf } from '../message-of.js';
import { isRawSql } from '../types/raw.js';
import type { ConditionMetadata, IndexMetadata, IndexPartMetadata, NameMetadata } from './entity-metadata.js';
import { filterCondition } from './filter-condition.js';
import { nameOr, toDeferrable } from './foreign-keys.js';
import type { PropertyContext } from './layout.js';
import { evaluateSql } from './scope.js';
import { beginsWith } from './sql-words.js';

/** Where an index is declared, and what its texts may name. */
interface Place {
  readonly origin: string;
  readonly context: PropertyContext;
}

/** The index that a decorator declares on a class or a property. None where it can't be made, which is reported. */
export function makeIndex(
  { property, options }: Declared<UniqueOptions>,
  unique: boolean,
  origin: string,
  context: PropertyContext,
): IndexMetadata[] {
  const place: Place = { origin, context };
  const parts = indexParts(options, property, place);
  if (parts.length === 0) return [];
  const { include, type, deferMode, nullsNotDistinct, invisible, clustered, disabled, comment, parser } = options;
  const where = options.where === undefined ? undefined : condition(options.where, place);
  const included = include === undefined ? undefined : toList(include);
  return [
    {
      origin,
      name: indexName(options, unique, parts, where, context),
      unique,
      parts,
      where,
      include: included?.flatMap((name) => columnsOf(name, place) ?? unknownName(name, place)),
      type,
      deferrable: deferMode && toDeferrable(deferMode),
      nullsNotDistinct,
      invisible,
      clustered,
      disabled,
      storage: storageOf(options),
      comment,
      parser,
    },
  ];
}

function indexName(
  options: IndexOptions,
  unique: boolean,
  parts: readonly IndexPartMetadata[],
  where: ConditionMetadata | undefined,
  { naming, table }: PropertyContext,
): NameMetadata {
  const columns = parts.map(partName);
  const predicate = where?.kind === 'expression' ? where.sql : where && JSON.stringify(where);
  return nameOr(options.name, () =>
    naming.constraintName(
      unique ? { kind: 'unique', table, columns } : { kind: 'index', table, columns, where: predicate },
    ),
  );
}

function partName(part: IndexPartMetadata): string {
  if ('column' in part) return part.column;
  return 'json' in part ? [part.json.column, ...part.json.path].join('_') : 'expression';
}

function indexParts(options: IndexOptions, property: string | undefined, place: Place): readonly IndexPartMetadata[] {
  if (options.expression !== undefined) return expressionParts(options.expression, place);
  if (options.columns !== undefined) return options.columns.flatMap((column) => columnParts(column, place));
  const properties = options.properties ?? property;
  if (properties !== undefined) return toList(properties).flatMap((name) => columnParts({ name }, place));
  return nothingIndexed(place);
}

function nothingIndexed({ origin, context }: Place): [] {
  context.problems.report(
    origin,
    'an index names nothing to be indexed',
    "Write `properties: ['name']`, `columns` or `expression`.",
  );
  return [];
}

function expressionParts(text: SqlText, { origin, context }: Place): IndexPartMetadata[] {
  const expression = evaluateSql(text, context.scope, { where: origin, option: 'expression' }, context.problems);
  if (expression === undefined) return [];
  if (!beginsWith(expression, 'create')) return [{ expression }];
  context.problems.report(
    origin,
    "an index's `expression` is a whole statement",
    'Write what is indexed alone, `lower(email)`, and the rest as options: `name`, `type`, `where`, `include`.',
  );
  return [];
}

function columnParts(
  { name, expression, sort, nulls, length, opclass, collation }: IndexColumnOptions,
  place: Place,
): readonly IndexPartMetadata[] {
  const stated = {
    sort: sort && (sort === 'desc' || sort === 'DESC' ? 'desc' : 'asc'),
    nulls: nulls && (nulls === 'first' || nulls === 'FIRST' ? 'first' : 'last'),
    length,
    opclass,
    collation,
  } as const;
  if (expression !== undefined) return expressionParts(expression, place).map((part) => ({ ...part, ...stated }));
  if (name === undefined) return nothingIndexed(place);
  const columns = columnsOf(name, place);
  if (columns !== undefined) return columns.map((column) => ({ column, ...stated }));
  const json = place.context.scope.insideColumn(name);
  return json === undefined ? unknownName(name, place) : [{ json, ...stated }];
}

/** The columns of a name, of a property or of a column. */
function columnsOf(name: string, { context: { scope } }: Place): readonly string[] | undefined {
  const columns = scope.columnsOf(name) ?? (scope.hasColumn(name) ? [name] : []);
  return columns.length === 0 ? undefined : columns;
}

function unknownName(name: string, { origin, context }: Place): [] {
  context.problems.report(
    origin,
    `an index names "${name}", which is not a property with a column`,
    'Name a property that has a column, or a path in one that is JSON: `meta.address.city`.',
  );
  return [];
}

function condition(where: SqlText | IndexFilter, { origin, context }: Place): ConditionMetadata | undefined {
  if (typeof where === 'string' || typeof where === 'function' || isRawSql(where)) {
    const sql = evaluateSql(where, context.scope, { where: origin, option: 'where' }, context.problems);
    return sql === undefined ? undefined : { kind: 'expression', sql };
  }
  try {
    return filterCondition(where, context.scope);
  } catch (error) {
    context.problems.report(
      origin,
      `no condition can be made of its \`where\`: ${messageOf(error)}`,
      "Write values by property, `{ deletedAt: null, kind: { $in: ['a', 'b'] } }`, or the condition as SQL.",
    );
    return undefined;
  }
}

function storageOf({ storage, fillFactor }: IndexOptions): Readonly<Record<string, string>> | undefined {
  const parameters = Object.entries(storage ?? {}).map(([name, value]) => [name, String(value)] as const);
  if (fillFactor !== undefined) parameters.push(['fillfactor', String(fillFactor)]);
  return parameters.length === 0 ? undefined : Object.fromEntries(parameters);
}

function toList(names: string | readonly string[]): readonly string[] {
  return typeof names === 'string' ? [names] : names;
}
