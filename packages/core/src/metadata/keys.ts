import type { ReferenceOptions } from '../decorators/relation-options.js';
import type { DiscoveryContext, EntityModel, Member } from './entity-model.js';
import { inEntity, nameProperty } from './name-properties.js';
import { columnsOf } from './named-property.js';

/** The members that make the primary key of an entity's own table. */
export function primaryKeyMembers({ members }: EntityModel): readonly Member[] {
  return members.filter(({ declaration }) => isPrimary(declaration));
}

function isPrimary(declaration: Member['declaration']): boolean {
  switch (declaration.kind) {
    case 'scalar':
    case 'enum':
    case 'many-to-one':
    case 'one-to-one':
      return declaration.options.primary === true && declaration.options.persist !== false;
    case 'one-to-many':
    case 'many-to-many':
    case 'embedded':
    case 'not-persisted':
      return false;
  }
}

/** The entity whose table the primary key is declared in: the first one, in joined inheritance. */
export function keyEntity(entity: EntityModel): EntityModel {
  return entity.parent === undefined ? entity : keyEntity(entity.parent);
}

/** The primary key's columns. Where keys reference each other in a circle, there are none, which is reported. */
export function primaryKeyOf(entity: EntityModel, context: DiscoveryContext): readonly string[] {
  const owner = keyEntity(entity);
  if (context.resolvingKeys.has(owner)) {
    context.problems.report(
      owner.className,
      'its primary key references an entity whose primary key comes back to this one',
      'Give one of the entities a primary key of its own.',
    );
    return [];
  }
  context.resolvingKeys.add(owner);
  const columns = primaryKeyMembers(owner).flatMap((member) => {
    const property = nameProperty(member, inEntity, context);
    return property === undefined ? [] : columnsOf(property);
  });
  context.resolvingKeys.delete(owner);
  return columns;
}

/** The primary key's columns; none while they are being found out. */
export function knownPrimaryKeyOf(entity: EntityModel, context: DiscoveryContext): readonly string[] {
  return context.resolvingKeys.has(keyEntity(entity)) ? [] : primaryKeyOf(entity, context);
}

/** The columns that a relation references. `undefined` when they don't exist, which is reported. */
export function referencedColumnsOf(
  options: ReferenceOptions,
  target: EntityModel,
  origin: string,
  context: DiscoveryContext,
): readonly string[] | undefined {
  if (options.referencedColumnNames !== undefined) return options.referencedColumnNames;
  if (options.referenceColumnName !== undefined) return [options.referenceColumnName];
  if (options.targetKey !== undefined) return targetKeyColumns(options.targetKey, target, origin, context);
  const columns = primaryKeyOf(target, context);
  if (columns.length > 0) return columns;
  if (target.kind !== 'table') {
    context.problems.report(
      origin,
      `it references ${target.className}, which has no primary key`,
      `Give ${target.className} a primary key, or name \`referencedColumnNames\`.`,
    );
  }
  return undefined;
}

function targetKeyColumns(
  targetKey: string,
  target: EntityModel,
  origin: string,
  context: DiscoveryContext,
): readonly string[] | undefined {
  const member = target.members.find(({ declaration }) => declaration.name === targetKey);
  if (member?.declaration.kind === 'scalar' || member?.declaration.kind === 'enum') {
    const property = nameProperty(member, inEntity, context);
    if (property !== undefined) return columnsOf(property);
  }
  context.problems.report(
    origin,
    `its \`targetKey\` names "${targetKey}", which is not a property of ${target.className} with a column`,
    `Name a unique property of ${target.className}.`,
  );
  return undefined;
}
