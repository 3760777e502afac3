import type {
  EntityMetadata,
  ForeignKeyMetadata,
  IndexMetadata,
  IndexPartMetadata,
} from '../metadata/entity-metadata.js';
import type { Index, IndexPart, UniqueConstraint } from '../model/schema.js';
import { conditionText } from './conditions.js';
import { findColumn, type BuildContext } from './context.js';
import { requireFeatures } from './features.js';
import type { Unnamed } from './names.js';
import { unlessEmpty } from './stated.js';

export type UnnamedIndex = Unnamed<Omit<Index, 'name'>>;
export type UnnamedUnique = Unnamed<Omit<UniqueConstraint, 'name'>>;

/** Whether a unique over plain columns is wanted, and the database makes a constraint of it. */
export function becomesConstraint(index: IndexMetadata, { capabilities }: BuildContext): boolean {
  return capabilities.uniqueAs === 'constraint' && isPlainUnique(index);
}

export function buildUnique(metadata: IndexMetadata, context: BuildContext): UnnamedUnique {
  const { name, origin, deferrable, nullsNotDistinct } = metadata;
  requireFeatures({ 'unique-deferrable': deferrable, 'nulls-not-distinct': nullsNotDistinct }, origin, context);
  const columns = plainColumns(metadata.parts) ?? [];
  return { name, origin, item: { columns, deferrable, nullsNotDistinct: unlessEmpty(nullsNotDistinct) } };
}

export function buildIndex(metadata: IndexMetadata, entity: EntityMetadata, context: BuildContext): UnnamedIndex {
  reportUnsupported(metadata, context);
  reportDeferrable(metadata, context);
  return {
    name: metadata.name,
    origin: metadata.origin,
    item: {
      unique: metadata.unique,
      parts: metadata.parts.map((part) => withoutDefaultSort(indexPart(part, metadata, entity, context))),
      where: metadata.where && conditionText(metadata.where, entity, context),
      include: metadata.include?.length ? metadata.include : undefined,
      type: indexType(metadata, context),
      nullsNotDistinct: unlessEmpty(metadata.nullsNotDistinct),
      invisible: unlessEmpty(metadata.invisible),
      storage: metadata.storage,
      comment: unlessEmpty(metadata.comment),
      parser: metadata.parser,
    },
  };
}

/** The indexes that the columns of foreign keys get, where no key or index starts with these columns already. */
export function buildForeignKeyIndexes(
  foreignKeys: readonly ForeignKeyMetadata[],
  existing: readonly (readonly string[])[],
): UnnamedIndex[] {
  const covered = [...existing];
  const indexes: UnnamedIndex[] = [];
  for (const { columns, indexName, origin } of foreignKeys) {
    if (indexName === undefined) continue;
    if (covered.some((key) => columns.every((column, position) => key[position] === column))) continue;
    covered.push(columns);
    indexes.push({ name: indexName, origin, item: { unique: false, parts: columns.map((column) => ({ column })) } });
  }
  return indexes;
}

/** The columns by which an index finds rows, up to its first part that is not the plain value of a column. */
export function searchableColumns({ parts, where, type }: Omit<Index, 'name'>): readonly string[] {
  if (where !== undefined || type !== undefined) return [];
  const end = parts.findIndex((part) => !isPlain(part));
  return parts.slice(0, end === -1 ? undefined : end).flatMap((part) => ('column' in part ? [part.column] : []));
}

/** The columns of an index that has nothing but whole columns, in whatever order each is sorted. */
export function plainColumns(parts: readonly IndexPartMetadata[]): readonly string[] | undefined {
  if (!parts.every(isPlain)) return undefined;
  return parts.flatMap((part) => ('column' in part ? [part.column] : []));
}

/** Whether the part holds the column's values as the column compares them. */
function isPlain(part: IndexPartMetadata): boolean {
  return (
    'column' in part &&
    part.nulls === undefined &&
    part.length === undefined &&
    part.opclass === undefined &&
    part.collation === undefined
  );
}

function isPlainUnique(index: IndexMetadata): boolean {
  return (
    index.unique &&
    index.parts.every((part) => isPlain(part) && part.sort !== 'desc') &&
    index.where === undefined &&
    !index.include?.length &&
    index.type === undefined &&
    !index.invisible &&
    index.storage === undefined &&
    !index.comment &&
    index.parser === undefined
  );
}

function withoutDefaultSort(part: IndexPart): IndexPart {
  return part.sort === 'asc' ? { ...part, sort: undefined } : part;
}

/** What is inside a JSON column is an expression of the database's. */
function indexPart(
  part: IndexPartMetadata,
  { origin }: IndexMetadata,
  entity: EntityMetadata,
  context: BuildContext,
): IndexPart {
  if (!('json' in part)) return part;
  const { json, ...options } = part;
  const { driver, capabilities, report } = context;
  const type = findColumn(entity, json.column)?.type;
  if (type?.kind === 'logical' && type.type !== 'json') {
    report.invalid({
      where: origin,
      what: `an index names "${json.path.join('.')}" inside the column "${json.column}", which is not JSON`,
      remedy: "Name a property, or give that one the type `'json'`.",
    });
  }
  if (driver.types.jsonPath === undefined || !capabilities.features.includes('index-expression')) {
    report.unsupported({
      where: origin,
      what: `${driver.name} has no indexes on what is inside a JSON column`,
      remedy: 'Index a generated column instead.',
    });
  }
  return { ...options, expression: driver.types.jsonPath?.(json.column, json.path) ?? '' };
}

function indexType(
  { type, origin }: IndexMetadata,
  { driver, capabilities, report }: BuildContext,
): string | undefined {
  const kind = type?.toLowerCase();
  const { indexTypes, defaultIndexType } = capabilities;
  if (kind === undefined || kind === defaultIndexType) return undefined;
  if (indexTypes === 'any' || indexTypes.includes(kind)) return kind;
  report.unsupported({
    where: origin,
    what: `${driver.name} has no indexes of the type "${kind}"`,
    remedy: indexTypes.length === 0 ? 'Remove `type`.' : `Remove \`type\`, or write one of: ${indexTypes.join(', ')}.`,
  });
  return kind;
}

function reportUnsupported(metadata: IndexMetadata, context: BuildContext): void {
  const { parts, origin } = metadata;
  const asked = {
    'index-expression': parts.some((part) => 'expression' in part),
    'index-where': metadata.where,
    'index-include': metadata.include?.length,
    'index-sort': parts.some((part) => part.sort === 'desc'),
    'index-nulls': parts.some((part) => part.nulls !== undefined),
    'index-length': parts.some((part) => part.length !== undefined),
    'index-opclass': parts.some((part) => part.opclass !== undefined),
    'index-collation': parts.some((part) => part.collation !== undefined),
    'index-invisible': metadata.invisible,
    'index-storage': metadata.storage,
    'index-comment': metadata.comment,
    'index-parser': metadata.parser,
    'nulls-not-distinct': metadata.nullsNotDistinct,
    'unique-deferrable': metadata.deferrable,
  };
  requireFeatures(asked, origin, context);
  reportUnknownKinds(metadata, context);
}

/** The model has no words for these, which entities written for another tool's databases may ask for. */
function reportUnknownKinds({ clustered, disabled, origin }: IndexMetadata, { driver, report }: BuildContext): void {
  for (const [option, asked] of Object.entries({ clustered, disabled })) {
    if (!asked) continue;
    report.unsupported({
      where: origin,
      what: `${driver.name} has no ${option} indexes`,
      remedy: `Remove \`${option}\`.`,
    });
  }
}

/** Only a constraint can be deferred, and this one is an index because of its other options. */
function reportDeferrable({ deferrable, origin }: IndexMetadata, { driver, capabilities, report }: BuildContext): void {
  if (deferrable === undefined || !capabilities.features.includes('unique-deferrable')) return;
  report.unsupported({
    where: origin,
    what: `${driver.name} defers constraints over plain columns, not indexes`,
    remedy: 'Remove `deferMode`, or the other options of the unique.',
  });
}
