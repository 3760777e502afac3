import type { ManyToManyOptions } from '../decorators/many-to-many.js';
import type { DiscoveryContext, EntityModel, Member } from './entity-model.js';
import { propertyName, resolveEntity } from './targets.js';

/** The class name of a many-to-many property's pivot table: its entity's, or one made from the owning property. */
export function pivotClassName(
  member: Member,
  options: ManyToManyOptions,
  target: EntityModel,
  context: DiscoveryContext,
): string | undefined {
  const origin = `${member.className}.${member.declaration.name}`;
  if (options.pivotEntity !== undefined) {
    return resolveEntity(options.pivotEntity, member, origin, context)?.className;
  }
  if (ownsPivot(options)) return origin;

  const owning = options.mappedBy === undefined ? undefined : findMember(target, propertyName(options.mappedBy));
  if (owning?.declaration.kind !== 'many-to-many' || !ownsPivot(owning.declaration.options)) return undefined;
  return pivotClassName(owning, owning.declaration.options, target, context);
}

/** Whether this side of a many-to-many relation has the pivot table. */
export function ownsPivot({ mappedBy, owner }: ManyToManyOptions): boolean {
  return mappedBy === undefined || owner === true;
}

/** A property of an entity, inherited ones of joined tables included. */
export function findMember({ members, parent }: EntityModel, name: string): Member | undefined {
  return members.find(({ declaration }) => declaration.name === name) ?? (parent && findMember(parent, name));
}
