import { layOutDeclared } from './declared-objects.js';
import type { EntityMetadata } from './entity-metadata.js';
import type { DiscoveryContext, EntityModel } from './entity-model.js';
import { exclusionsOf, tableOptionsOf, triggersOf, viewOf } from './entity-objects.js';
import { keyEntity, primaryKeyMembers, primaryKeyOf } from './keys.js';
import { layOutJoin } from './lay-out-join.js';
import { layOutProperties } from './lay-out-properties.js';
import { emptyLayout, mergeLayouts, type PropertyContext } from './layout.js';
import { inEntity, nameProperties } from './name-properties.js';
import { columnOwners, type NamedProperty, toPropertyMetadata } from './named-property.js';
import { scopeOf } from './scope.js';
import { mergeSharedColumns } from './shared-columns.js';
import { withDistinctNames } from './distinct-names.js';

/** Lays one entity out in columns, with everything that hangs on them. */
export function buildEntity(entity: EntityModel, discovery: DiscoveryContext): EntityMetadata {
  const { className, kind, tableName, options, parent } = entity;
  const properties = nameProperties(entity.members, inEntity, discovery);
  const keyProperties = parent === undefined ? [] : inheritedKey(entity, discovery);
  const primaryKey = primaryKeyOf(entity, discovery);
  const scope = scopeOf([...keyProperties, ...properties]);
  const context: PropertyContext = {
    table: tableName,
    primaryKey,
    columnOwners: columnOwners(properties),
    scope,
    ...discovery,
  };
  const layout = mergeLayouts([
    parent === undefined ? emptyLayout : layOutJoin(entity, parent, primaryKey, discovery.naming),
    layOutProperties(properties, scope, context),
    ...entity.sources.map((source) => layOutDeclared(source, context)),
  ]);

  return {
    className,
    kind,
    schema: options.schema ?? keyEntity(entity).options.schema,
    tableName,
    previousName: options.previousName,
    properties: [...keyProperties, ...properties].map(toPropertyMetadata),
    ...layout,
    columns: mergeSharedColumns(layout.columns, entity, discovery.problems),
    primaryKey,
    indexes: withDistinctNames(layout.indexes),
    checks: withDistinctNames(layout.checks),
    exclusions: exclusionsOf(entity, context),
    triggers: triggersOf(entity, context),
    comment: options.comment,
    options: tableOptionsOf(entity, context),
    view: viewOf(entity, context),
  };
}

/** The key properties that a joined table repeats. */
function inheritedKey(entity: EntityModel, discovery: DiscoveryContext): readonly NamedProperty[] {
  return nameProperties(primaryKeyMembers(keyEntity(entity)), inEntity, discovery);
}
