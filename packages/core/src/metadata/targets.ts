import { findDeclarations, type PropertyDeclaration } from '../decorators/declarations.js';
import type { EmbeddableReference } from '../decorators/embedded.js';
import type { PolymorphicReference, PropertyReference } from '../decorators/relation-options.js';
import type { EntityClass } from './entity-class.js';
import type { DiscoveryContext, EntityModel, Member } from './entity-model.js';
import { lineageOf } from './lineage.js';
import { messageOf } from '../message-of.js';

type Report = (what: string, remedy: string) => void;

/** The entity at the other end of a relation. `undefined` when there is none, which is reported. */
export function resolveEntity(
  reference: PolymorphicReference | undefined,
  member: Member,
  origin: string,
  context: DiscoveryContext,
): EntityModel | undefined {
  const report: Report = (what, remedy) => {
    context.problems.report(origin, what, remedy);
  };
  const given = givenEntity(reference, member, report, context);
  return given === undefined ? undefined : knownEntity(given, report, context);
}

export interface ResolvedEntity {
  readonly class: EntityClass;
  readonly entity: EntityModel;
}

/** The entities that a relation references one of. What is not an entity is reported. */
export function resolveEntities(
  reference: PolymorphicReference | undefined,
  origin: string,
  context: DiscoveryContext,
): readonly ResolvedEntity[] {
  const report: Report = (what, remedy) => {
    context.problems.report(origin, what, remedy);
  };
  const given = listOf(typeof reference === 'function' ? tryCall(reference) : undefined) ?? [];
  if (given.length === 0) report('its list of entities is empty', 'Name the entities: `() => [Post, Comment]`.');
  return given.flatMap((target) => {
    const found = checkedClass(target, report);
    const entity = found && knownEntity(found, report, context);
    return found === undefined || entity === undefined ? [] : [{ class: found, entity }];
  });
}

/** Whether a relation references one of several entities. */
export function referencesSeveral(reference: PolymorphicReference | undefined): boolean {
  return typeof reference === 'function' && listOf(tryCall(reference)) !== undefined;
}

function knownEntity(
  given: EntityClass | string,
  report: Report,
  { entities }: DiscoveryContext,
): EntityModel | undefined {
  const target = typeof given === 'string' ? entities.byName(given) : entities.byClass(given);
  if (target === undefined) {
    const name = typeof given === 'string' ? given : given.name;
    report(`it references ${name}, which is not among the entities`, `Add ${name} to \`entities\`.`);
  }
  return target;
}

/** The class at the other end, or its name, as the decorator or the compiler gives it. */
function givenEntity(
  reference: PolymorphicReference | undefined,
  member: Member,
  report: Report,
  context: DiscoveryContext,
): EntityClass | string | undefined {
  if (typeof reference === 'string') return reference;
  if (reference !== undefined) return callReference(reference, report);
  const reflected = reflectedClass(member, context);
  if (reflected === undefined) {
    report('the entity at the other end is not known', `Write it: \`@${decoratorOf(member)}(() => Target)\`.`);
  }
  return reflected;
}

function callReference(reference: () => unknown, report: Report): EntityClass | undefined {
  let target: unknown;
  try {
    target = reference();
  } catch (error) {
    report(`the function that gives the other end failed: ${messageOf(error)}`, writeFunction);
    return undefined;
  }
  if (listOf(target) === undefined) return checkedClass(target, report);
  report(
    'it references one of several entities, which only `@ManyToOne` and `@OneToOne` can',
    'Name one entity, or reference several from an entity in between.',
  );
  return undefined;
}

const writeFunction = 'Write a function that gives the class: `() => Author`.';

function checkedClass(target: unknown, report: Report): EntityClass | undefined {
  if (isClass(target)) return target;
  if (target === undefined) {
    report(
      'the function that gives the other end gives undefined',
      'Two files import each other and one is not loaded yet: import the class from its own file, not from an index file.',
    );
  } else report('what it references is not a class', writeFunction);
  return undefined;
}

/** The classes that an embedded property holds one of. Empty when there is none, which is reported. */
export function resolveEmbeddables(
  reference: EmbeddableReference | undefined,
  member: Member,
  origin: string,
  context: DiscoveryContext,
): readonly EntityClass[] {
  const classes = givenEmbeddables(reference, member, context);
  const embeddables = classes
    .filter(isClass)
    .filter((candidate) => findDeclarations(candidate)?.embeddable !== undefined);
  if (classes.length > 0 && embeddables.length === classes.length) {
    return embeddables.flatMap((base) => withVariants(base, context));
  }
  context.problems.report(
    origin,
    classes.length === 0 ? 'the embedded class is not known' : 'what it embeds is not a class with `@Embeddable()`',
    'Write the class, `@Embedded(() => Address)`, and give that class `@Embeddable()`.',
  );
  return [];
}

function givenEmbeddables(
  reference: EmbeddableReference | undefined,
  member: Member,
  context: DiscoveryContext,
): readonly unknown[] {
  if (typeof reference === 'function') {
    const given = tryCall(reference);
    return listOf(given) ?? (given === undefined ? [] : [given]);
  }
  const found = reference === undefined ? reflectedClass(member, context) : embeddableNamed(reference, context);
  return found === undefined ? [] : [found];
}

/** The name of the property at the other end. */
export function propertyName(reference: PropertyReference): string {
  if (typeof reference === 'string') return reference;
  let read = '';
  const recorder: object = new Proxy(
    {},
    {
      get: (_, name) => {
        read ||= String(name);
        return recorder;
      },
    },
  );
  try {
    reference(recorder);
  } catch {
    // What it read until then is all that is known.
  }
  return read;
}

/** A class given where a function is expected can't be called, so nothing is known of it. */
function tryCall(reference: () => unknown): unknown {
  try {
    return reference();
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** A class that tells others apart stands for those that extend it; itself too, unless it is abstract. */
function withVariants(base: EntityClass, { embeddables }: DiscoveryContext): EntityClass[] {
  const options = findDeclarations(base)?.embeddable;
  if (options?.discriminatorColumn === undefined && options?.discriminatorMap === undefined) return [base];
  const variants = embeddables.filter(
    (candidate) => candidate !== base && lineageOf(candidate).some((ancestor) => ancestor.class === base),
  );
  return options.abstract === true ? variants : [base, ...variants];
}

function embeddableNamed(name: string, { embeddables }: DiscoveryContext): EntityClass | undefined {
  return embeddables.find((candidate) => candidate.name === name);
}

function reflectedClass(
  { declaredBy, declaration, seenIn }: Member,
  context: DiscoveryContext,
): EntityClass | undefined {
  const { type } = context.provider.reflect(declaredBy, declaration.name, seenIn);
  if (typeof type === 'string') {
    return context.entities.byName(type)?.class ?? embeddableNamed(type, context);
  }
  return type === Object ? undefined : type;
}

function decoratorOf({ declaration }: { readonly declaration: PropertyDeclaration }): string {
  switch (declaration.kind) {
    case 'many-to-one':
      return 'ManyToOne';
    case 'one-to-one':
      return 'OneToOne';
    case 'one-to-many':
      return 'OneToMany';
    default:
      return 'ManyToMany';
  }
}

function isClass(value: unknown): value is EntityClass {
  return typeof value === 'function';
}
