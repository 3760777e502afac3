import type { ManyToManyOptions } from '../decorators/many-to-many.js';
import type { PropertyDeclaration } from '../decorators/declarations.js';
import type { PolymorphicReference, PropertyReference } from '../decorators/relation-options.js';
import type { DiscoveryContext, EntityModel, Member } from './entity-model.js';
import { lineageOf } from './lineage.js';
import { findMember, ownsPivot } from './pivot-name.js';
import { propertyName, referencesSeveral, resolveEntities, resolveEntity } from './targets.js';

/** Reports relations whose ends don't fit each other. */
export function validateRelations(context: DiscoveryContext): void {
  for (const entity of context.entities.all) {
    for (const member of entity.members) validateRelation(member, entity, context);
  }
}

function validateRelation(member: Member, entity: EntityModel, context: DiscoveryContext): void {
  const { declaration } = member;
  const end: RelationEnd = { member, entity };
  switch (declaration.kind) {
    case 'one-to-many':
      validateOtherEnd('mappedBy', declaration.options, ['many-to-one', 'one-to-one'], end, context);
      return;
    case 'many-to-one':
      validateOtherEnd('inversedBy', declaration.options, ['one-to-many'], end, context);
      return;
    case 'one-to-one':
      validateOtherEnd('mappedBy', declaration.options, ['one-to-one'], end, context);
      validateOtherEnd('inversedBy', declaration.options, ['one-to-one'], end, context);
      return;
    case 'many-to-many':
      validateOtherEnd('mappedBy', declaration.options, ['many-to-many'], end, context);
      validateOtherEnd('inversedBy', declaration.options, ['many-to-many'], end, context);
      validatePivotEntity(declaration.options, member, entity, context);
      return;
    case 'scalar':
    case 'enum':
    case 'embedded':
    case 'not-persisted':
  }
}

/** A relation as one of its ends declares it. */
interface RelationEnd {
  readonly member: Member;
  readonly entity: EntityModel;
}

interface EndOptions {
  readonly entity?: PolymorphicReference | undefined;
  readonly mappedBy?: PropertyReference | undefined;
  readonly inversedBy?: PropertyReference | undefined;
  readonly owner?: boolean | undefined;
}

function validateOtherEnd(
  option: 'mappedBy' | 'inversedBy',
  options: EndOptions,
  kinds: readonly PropertyDeclaration['kind'][],
  end: RelationEnd,
  context: DiscoveryContext,
): void {
  const reference = options[option];
  if (reference === undefined) return;
  const origin = originOf(end.member);
  const name = propertyName(reference);
  const report = (what: string, remedy: string): void => context.problems.report(origin, what, remedy);
  for (const target of targetsOf(options.entity, end.member, context)) {
    const other = findMember(target, name);
    const declaration = other?.declaration;
    const otherEnd = `${target.className}.${name}`;
    if (declaration === undefined || other === undefined) {
      report(
        `its \`${option}\` names "${name}", which is not a property of ${target.className}`,
        `Name the property of ${target.className} that is the other end of this relation.`,
      );
    } else if (!kinds.includes(declaration.kind)) {
      report(
        `its \`${option}\` names ${otherEnd}, which is ${declaration.kind} where ${kinds.join(' or ')} is expected`,
        'Make both ends of the relation fit each other.',
      );
    } else if (!leadsTo(declaration, other, end.entity, context)) {
      report(
        `its \`${option}\` names ${otherEnd}, which does not reference ${end.entity.className}`,
        `Name the property of ${target.className} that is the other end of this relation.`,
      );
    } else if (option === 'mappedBy' && options.owner !== true && !ownsRelation(declaration)) {
      report(
        `neither it nor ${otherEnd} owns the relation, so there is no column for it`,
        'Take `mappedBy` off one of them.',
      );
    }
  }
}

function targetsOf(
  reference: PolymorphicReference | undefined,
  member: Member,
  context: DiscoveryContext,
): readonly EntityModel[] {
  const origin = originOf(member);
  if (referencesSeveral(reference)) return resolveEntities(reference, origin, context).map(({ entity }) => entity);
  const target = resolveEntity(reference, member, origin, context);
  return target === undefined ? [] : [target];
}

/** Whether a relation references the entity, or one that it extends or is extended by. */
function leadsTo(
  declaration: PropertyDeclaration,
  member: Member,
  entity: EntityModel,
  context: DiscoveryContext,
): boolean {
  switch (declaration.kind) {
    case 'many-to-one':
    case 'one-to-one':
    case 'one-to-many':
    case 'many-to-many': {
      const targets = targetsOf(declaration.options.entity, member, context);
      // A target that is unknown is reported for the other end.
      return targets.length === 0 || targets.some((target) => areRelated(target, entity));
    }
    case 'scalar':
    case 'enum':
    case 'embedded':
    case 'not-persisted':
      return false;
  }
}

function areRelated(a: EntityModel, b: EntityModel): boolean {
  const extendsOther = (one: EntityModel, other: EntityModel): boolean =>
    lineageOf(one.class).some((ancestor) => ancestor.class === other.class);
  return extendsOther(a, b) || extendsOther(b, a);
}

function ownsRelation(declaration: PropertyDeclaration): boolean {
  switch (declaration.kind) {
    case 'one-to-one':
    case 'many-to-many':
      return declaration.options.mappedBy === undefined || declaration.options.owner === true;
    default:
      return declaration.kind === 'many-to-one';
  }
}

function validatePivotEntity(
  options: ManyToManyOptions,
  member: Member,
  entity: EntityModel,
  context: DiscoveryContext,
): void {
  if (options.pivotEntity === undefined || !ownsPivot(options)) return;
  const origin = originOf(member);
  const target = resolveEntity(options.entity, member, origin, context);
  const pivot = resolveEntity(options.pivotEntity, member, origin, context);
  if (target === undefined || pivot === undefined) return;

  const referenced = pivot.members.flatMap((candidate) =>
    candidate.declaration.kind === 'many-to-one'
      ? targetsOf(candidate.declaration.options.entity, candidate, context)
      : [],
  );
  const missing = missingEnd([entity, target], referenced);
  if (missing !== undefined) {
    context.problems.report(
      origin,
      `its pivot entity ${pivot.className} has no \`@ManyToOne\` to ${missing.className} that is left for this end`,
      `Give ${pivot.className} a \`@ManyToOne\` to each end.`,
    );
  }
}

/** The first of the ends that nothing is left for; one entity at both ends takes two. */
function missingEnd(ends: readonly EntityModel[], referenced: readonly EntityModel[]): EntityModel | undefined {
  const left = [...referenced];
  return ends.find((end) => {
    const index = left.indexOf(end);
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
}

function originOf({ className, declaration }: Member): string {
  return `${className}.${declaration.name}`;
}
