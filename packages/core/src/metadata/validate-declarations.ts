import type { ClassDeclarations, PropertyDeclaration } from '../decorators/declarations.js';
import type { ManyToManyOptions } from '../decorators/many-to-many.js';
import type { EntityReference, PropertyReference } from '../decorators/relation-options.js';
import type { DiscoveryContext, EntityModel, Member } from './entity-model.js';
import { lineageOf } from './lineage.js';
import { findMember, ownsPivot } from './pivot-name.js';
import type { Problems } from './problems.js';
import { propertyName, resolveEntity } from './targets.js';

/** Reports what the decorators say that can't be so, whatever becomes of it in tables. */
export function validateDeclarations(context: DiscoveryContext): void {
  const { entities, embeddables, problems } = context;
  const classes = [...entities.classNames.keys(), ...embeddables];
  const declaring = new Map(classes.flatMap(lineageOf).map((declared) => [declared.declarations, declared.class.name]));
  for (const [declarations, className] of declaring) validateClass(className, declarations, problems);
  for (const entity of entities.all) {
    for (const member of entity.members) validateRelation(member, entity, context);
  }
}

function validateClass(className: string, declarations: ClassDeclarations, problems: Problems): void {
  for (const { member, what } of declarations.misplaced) {
    problems.report(`${className}.${member}`, `the property ${what}`, 'Decorate public instance properties only.');
  }
  const names = new Set<string>();
  for (const property of declarations.properties) {
    const where = `${className}.${property.name}`;
    if (names.has(property.name)) {
      problems.report(
        where,
        'it has two decorators that each make a property of it',
        'Keep one, with all the options.',
      );
    }
    names.add(property.name);
    validateProperty(where, property, problems);
  }
}

function validateProperty(where: string, property: PropertyDeclaration, problems: Problems): void {
  switch (property.kind) {
    case 'scalar':
    case 'enum': {
      const { generated, default: value, defaultRaw, primary, nullable } = property.options;
      if (generated !== undefined && (value !== undefined || defaultRaw !== undefined)) {
        problems.report(where, 'it has a default and is generated', 'Keep `default`, or `generated`.');
      }
      validateKey(where, { primary, nullable }, problems);
      return;
    }
    case 'many-to-one':
    case 'one-to-one':
      validateKey(where, property.options, problems);
      return;
    case 'one-to-many':
      if (property.options.mappedBy === undefined) {
        problems.report(
          where,
          'it does not say which property at the other end references it',
          "Write it: `@OneToMany(() => Book, 'author')`.",
        );
      }
      return;
    case 'many-to-many':
    case 'embedded':
    case 'not-persisted':
  }
}

function validateKey(
  where: string,
  { primary, nullable }: { readonly primary?: boolean | undefined; readonly nullable?: boolean | undefined },
  problems: Problems,
): void {
  if (primary === true && nullable === true) {
    problems.report(where, 'it is part of the primary key and nullable', 'Take `nullable` off.');
  }
}

/** Whether both ends of a relation fit. */
function validateRelation(member: Member, entity: EntityModel, context: DiscoveryContext): void {
  const { declaration } = member;
  switch (declaration.kind) {
    case 'one-to-many':
      validateOtherEnd('mappedBy', declaration.options, ['many-to-one', 'one-to-one'], member, context);
      return;
    case 'many-to-one':
      validateOtherEnd('inversedBy', declaration.options, ['one-to-many'], member, context);
      return;
    case 'one-to-one':
      validateOtherEnd('mappedBy', declaration.options, ['one-to-one'], member, context);
      validateOtherEnd('inversedBy', declaration.options, ['one-to-one'], member, context);
      return;
    case 'many-to-many':
      validateOtherEnd('mappedBy', declaration.options, ['many-to-many'], member, context);
      validateOtherEnd('inversedBy', declaration.options, ['many-to-many'], member, context);
      validatePivotEntity(declaration.options, member, entity, context);
      return;
    case 'scalar':
    case 'enum':
    case 'embedded':
    case 'not-persisted':
  }
}

interface Ends {
  readonly entity?: EntityReference | undefined;
  readonly mappedBy?: PropertyReference | undefined;
  readonly inversedBy?: PropertyReference | undefined;
}

function validateOtherEnd(
  option: 'mappedBy' | 'inversedBy',
  ends: Ends,
  kinds: readonly PropertyDeclaration['kind'][],
  member: Member,
  context: DiscoveryContext,
): void {
  const reference = ends[option];
  if (reference === undefined) return;
  const origin = originOf(member);
  const target = resolveEntity(ends.entity, member, origin, context);
  if (target === undefined) return;

  const name = propertyName(reference);
  const other = findMember(target, name)?.declaration.kind;
  if (other === undefined) {
    context.problems.report(
      origin,
      `its \`${option}\` names "${name}", which is not a property of ${target.className}`,
      `Name the property of ${target.className} that is the other end of this relation.`,
    );
  } else if (!kinds.includes(other)) {
    context.problems.report(
      origin,
      `its \`${option}\` names ${target.className}.${name}, which is ${other} where ${kinds.join(' or ')} is expected`,
      'Make both ends of the relation fit each other.',
    );
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
      ? (resolveEntity(candidate.declaration.options.entity, candidate, originOf(candidate), context) ?? [])
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
