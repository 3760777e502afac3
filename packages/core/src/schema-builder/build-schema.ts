import type { Capabilities } from '../driver.js';
import type { EntityMetadata } from '../metadata/entity-metadata.js';
import { compareText } from '../model/names.js';
import type { ObjectName, Schema } from '../model/schema.js';
import type { Type } from '../types/type.js';
import { objectName, objectNameOf, type BuildContext, type BuildSchemaOptions, type SchemaDriver } from './context.js';
import { buildEnums } from './enums.js';
import { featuresLackedBy, requireFeatures } from './features.js';
import { settleNames } from './names.js';
import { createReport } from './report.js';
import { draftTable, finishTable, nameClaims } from './tables.js';
import { validateEntity, validateRelationNames, type NamedEntity } from './validate.js';
import { draftView, finishView, viewNameClaims } from './views.js';

export interface BuildSchemaInput {
  readonly entities: readonly EntityMetadata[];
  /** The custom types that discovery met, by key. */
  readonly customTypes: ReadonlyMap<string, Pick<Type, 'getColumnType'>>;
  readonly driver: SchemaDriver;
  readonly capabilities: Capabilities;
  readonly options?: BuildSchemaOptions | undefined;
}

/**
 * The schema that the entities want, on one database. Tables come in the order of the entities; the names of indexes
 * and constraints don't depend on that order.
 *
 * @throws DovetailError `unsupported-feature` when the entities ask for what the database lacks, `invalid-metadata` when
 * they contradict themselves or its rules; all problems of all entities in one error.
 */
export function buildSchema(input: BuildSchemaInput): Schema {
  const context = createContext(input);
  const { driver, options, report } = context;
  requireFeatures({ namespaces: options.schema }, 'schema', context);

  const relations = input.entities.flatMap((entity) => namedEntity(entity, context));
  const tables = relations.filter(({ entity }) => entity.kind === 'table');
  const views = relations.filter(({ entity }) => entity.kind === 'view');
  const tableDrafts = tables.map(({ entity, name }) => draftTable(entity, name, context));
  const viewDrafts = views.map(({ entity, name }) => draftView(entity, name, context));
  const names = settleNames(
    [...tableDrafts.flatMap(nameClaims), ...viewDrafts.flatMap(viewNameClaims)],
    relations.map(({ name }) => name),
    context,
  );
  const schema: Schema = {
    namespaces: [],
    enums: buildEnums(
      tables.map(({ entity }) => entity),
      context,
    ),
    tables: tableDrafts.map((draft) => finishTable(draft, names, context)),
    views: viewDrafts.map((draft) => finishView(draft, names)),
  };

  validateRelationNames(relations, context);
  for (const { entity } of tables) validateEntity(entity, context);
  const problems = schema.tables.flatMap((table) => driver.types.validate?.(table, schema.tables) ?? []);
  for (const problem of problems) report.invalid(problem);
  report.throwIfAny(`The entities do not fit ${driver.name}:`);
  return withNamespaces(within(schema, options));
}

function createContext({ entities, customTypes, driver, capabilities, options = {} }: BuildSchemaInput): BuildContext {
  return {
    driver,
    capabilities,
    lackedFeatures: featuresLackedBy(capabilities),
    customTypes,
    options,
    entities: new Map(entities.map((entity) => [entity.className, entity])),
    report: createReport(),
  };
}

/** Virtual entities have no object in the database, and wildcard ones none without a stated namespace. */
function namedEntity(entity: EntityMetadata, context: BuildContext): NamedEntity[] {
  const name = entity.kind === 'virtual' ? undefined : objectNameOf(entity, context);
  return name === undefined ? [] : [{ entity, name }];
}

/** Only what is in the namespace that the caller asks for. */
function within(schema: Schema, options: BuildSchemaOptions): Schema {
  if (options.schema === undefined) return schema;
  const wanted = objectName(options.schema, '', options).schema;
  const isWanted = (object: ObjectName): boolean => object.schema === wanted;
  return {
    ...schema,
    enums: schema.enums.filter(isWanted),
    tables: schema.tables.filter(isWanted),
    views: schema.views.filter(isWanted),
  };
}

function withNamespaces(schema: Schema): Schema {
  const objects: readonly ObjectName[] = [...schema.enums, ...schema.tables, ...schema.views];
  const namespaces = new Set(objects.flatMap((object) => object.schema ?? []));
  return { ...schema, namespaces: [...namespaces].sort(compareText) };
}
