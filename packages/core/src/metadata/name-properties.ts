import type { EmbeddedOptions } from '../decorators/embedded.js';
import type { ManyToManyOptions } from '../decorators/many-to-many.js';
import type { EmbeddedPrefix } from '../naming/complete-naming-strategy.js';
import { embeddableOf } from './embeddables.js';
import type { EntityClass } from './entity-class.js';
import type { DiscoveryContext, Member } from './entity-model.js';
import type { NamedProperty, Placed } from './named-property.js';
import { namePolymorphic } from './name-polymorphic.js';
import { nameReferenceTo, type ReferenceDeclaration } from './name-reference.js';
import { pivotClassName } from './pivot-name.js';
import { statedColumn } from './stated-column.js';
import { referencesSeveral, resolveEmbeddables, resolveEntity } from './targets.js';

/** Where properties stand: in an entity, or in an embeddable in it. */
export interface Place {
  /** The class and the path so far, for messages: `Author` or `Author.address`. */
  readonly origin?: string | undefined;
  readonly prefixes: readonly EmbeddedPrefix[];
  readonly optional: boolean;
  /** The embeddable classes around it. */
  readonly inside: readonly EntityClass[];
}

export const inEntity: Place = { prefixes: [], optional: false, inside: [] };

/** Gives each property its columns' names and its relation's target. What can't have them is reported and left out. */
export function nameProperties(
  members: readonly Member[],
  place: Place,
  context: DiscoveryContext,
): readonly NamedProperty[] {
  return members.flatMap((member) => nameProperty(member, place, context) ?? []);
}

export function nameProperty(member: Member, place: Place, context: DiscoveryContext): NamedProperty | undefined {
  const { declaration } = member;
  const { name } = declaration;
  const base = {
    name,
    origin: `${place.origin ?? member.className}.${name}`,
    optional: member.optional || place.optional,
  };

  switch (declaration.kind) {
    case 'not-persisted':
      return { kind: 'not-persisted', ...base };
    case 'scalar':
    case 'enum': {
      const options = inPlace(declaration.options, name, place, context);
      if (options.persist === false) return { kind: 'not-persisted', ...base };
      const accessor = typeof options.accessor === 'string' ? options.accessor : name;
      const column = context.naming.columnName(accessor, statedColumn(options), place.prefixes);
      return { kind: 'scalar', member, options, isEnum: declaration.kind === 'enum', column, ...base };
    }
    case 'many-to-one':
      return nameReference({ member, options: declaration.options, unique: false }, base, place, context);
    case 'one-to-one': {
      const { options } = declaration;
      if (options.mappedBy === undefined || options.owner === true) {
        return nameReference({ member, options, unique: true }, base, place, context);
      }
      const target = resolveEntity(options.entity, member, base.origin, context);
      return target && { kind: 'inverse', target, ...base };
    }
    case 'one-to-many': {
      const target = resolveEntity(declaration.options.entity, member, base.origin, context);
      return target && { kind: 'collection', target, ...base };
    }
    case 'many-to-many':
      return nameCollection(member, declaration.options, base, context);
    case 'embedded':
      return nameEmbedded(member, declaration.options, base, place, context);
  }
}

/**
 * What every kind of property has. It is spread last: on Node.js 20, a literal that spreads first and adds properties after
 * that gets a hidden class of its own each time, which makes the object slow to create and to read.
 */
export interface Base {
  readonly name: string;
  readonly origin: string;
  readonly optional: boolean;
}

/**
 * An embeddable may stand in several places, so what it says of a name says nothing of what comes before it. Where a
 * column was not in the embeddable before, or is meant by its whole name, it is as stated.
 */
function inPlace<Options extends { readonly previousName?: string }>(
  options: Options,
  name: string,
  { prefixes }: Place,
  { naming }: DiscoveryContext,
): Placed<Options> {
  const { previousName } = options;
  if (previousName === undefined || prefixes.length === 0) return options;
  return {
    ...options,
    previousName: naming.columnName(name, previousName, prefixes),
    previousNameAsStated: previousName,
  };
}

function nameReference(
  declaration: ReferenceDeclaration,
  base: Base,
  place: Place,
  context: DiscoveryContext,
): NamedProperty | undefined {
  const { member } = declaration;
  const options = inPlace(declaration.options, base.name, place, context);
  if (options.persist === false) return { kind: 'not-persisted', ...base };
  const placed = { ...declaration, options };
  if (referencesSeveral(options.entity)) return namePolymorphic(placed, base, place, context);
  const target = resolveEntity(options.entity, member, base.origin, context);
  return target && nameReferenceTo(target, placed, base, place, context);
}

function nameCollection(
  member: Member,
  options: ManyToManyOptions,
  base: Base,
  context: DiscoveryContext,
): NamedProperty | undefined {
  const target = resolveEntity(options.entity, member, base.origin, context);
  if (target === undefined) return undefined;
  return { kind: 'collection', target, pivot: pivotClassName(member, options, target, context), ...base };
}

function nameEmbedded(
  member: Member,
  options: EmbeddedOptions,
  base: Base,
  place: Place,
  context: DiscoveryContext,
): NamedProperty | undefined {
  if (options.persist === false) return { kind: 'not-persisted', ...base };
  if (options.object === true || options.array === true) {
    const column = context.naming.columnName(base.name, statedColumn(options), place.prefixes);
    return { kind: 'json', member, options: inPlace(options, base.name, place, context), column, ...base };
  }
  const classes = resolveEmbeddables(options.entity, member, base.origin, context);
  if (classes.some((embedded) => place.inside.includes(embedded))) {
    context.problems.report(
      base.origin,
      'the embedded class embeds itself',
      'Write `object: true` for one JSON column.',
    );
    return undefined;
  }
  const embeddable = embeddableOf(classes, context);
  const properties = nameProperties(
    embeddable.members,
    {
      origin: base.origin,
      prefixes: prefixesOf(base.name, options, place.prefixes),
      optional: base.optional || isNullable(member, options, context),
      inside: [...place.inside, ...classes],
    },
    context,
  );
  for (const property of properties) {
    if (property.kind === 'collection' || property.kind === 'inverse') reportCollection(property.origin, context);
  }
  return { kind: 'embedded', properties, sources: embeddable.sources, ...base };
}

function isNullable(
  { declaredBy, declaration, seenIn }: Member,
  options: EmbeddedOptions,
  context: DiscoveryContext,
): boolean {
  return options.nullable ?? context.provider.reflect(declaredBy, declaration.name, seenIn).nullable === true;
}

function prefixesOf(
  name: string,
  { prefix = true, prefixMode = 'relative' }: EmbeddedOptions,
  around: readonly EmbeddedPrefix[],
): readonly EmbeddedPrefix[] {
  if (prefix === false) return around;
  if (prefix === true) return [...around, { kind: 'property', name }];
  const stated: EmbeddedPrefix = { kind: 'text', text: prefix };
  return prefixMode === 'absolute' ? [stated] : [...around, stated];
}

function reportCollection(origin: string, { problems }: DiscoveryContext): void {
  problems.report(
    origin,
    'an embeddable can reference entities, not be referenced by them',
    'Put the collection into the entity that embeds it.',
  );
}
