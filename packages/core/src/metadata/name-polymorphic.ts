import type { EntityClass } from './entity-class.js';
import type { DiscoveryContext } from './entity-model.js';
import { lineageOf } from './lineage.js';
import type { Base, Place } from './name-properties.js';
import { nameReferenceTo, type ReferenceDeclaration } from './name-reference.js';
import type { NamedPolymorphic, PolymorphicTarget } from './named-property.js';
import { statedColumn } from './stated-column.js';
import { resolveEntities, type ResolvedEntity } from './targets.js';

/**
 * Names the columns of a relation to one of several entities: one says which, the others hold its key. `undefined` when
 * they can't be named, which is reported.
 */
export function namePolymorphic(
  declaration: ReferenceDeclaration,
  base: Base,
  place: Place,
  context: DiscoveryContext,
): NamedPolymorphic | undefined {
  const { member, options } = declaration;
  const resolved = resolveEntities(options.entity, base.origin, context);
  const references = resolved.flatMap(({ entity }) => nameReferenceTo(entity, declaration, base, place, context) ?? []);
  const [reference] = references;
  if (reference === undefined || references.length < resolved.length) return undefined;
  if (references.some(({ columns }) => columns.join() !== reference.columns.join())) {
    context.problems.report(
      base.origin,
      `it references entities whose keys have different columns: ${references.map(({ target, referencedColumns }) => `${target.className} (${referencedColumns.join(', ')})`).join(', ')}`,
      'Give these entities primary keys alike, or name the columns with `joinColumns`.',
    );
  }
  const values = discriminatorValues(resolved, declaration, base.origin, context);
  const targets: PolymorphicTarget[] = references.map(({ target, referencedColumns }, index) => ({
    value: values[index] ?? '',
    target,
    referencedColumns,
  }));

  const name = options.discriminator ?? `${base.name}Type`;
  const declared = lineageOf(member.seenIn)
    .flatMap(({ declarations }) => declarations.properties)
    .findLast((property) => property.name === name);
  const stated = declared?.kind === 'scalar' || declared?.kind === 'enum' ? statedColumn(declared.options) : undefined;
  return {
    kind: 'polymorphic',
    reference,
    targets,
    discriminator: {
      column: context.naming.columnName(name, stated, place.prefixes),
      declared: declared !== undefined,
    },
    ...base,
  };
}

/** What the discriminator column holds for each entity: what the map says, or else the name of its table. */
function discriminatorValues(
  resolved: readonly ResolvedEntity[],
  { options: { discriminatorMap } }: ReferenceDeclaration,
  origin: string,
  { naming, problems }: DiscoveryContext,
): readonly string[] {
  const isNamed = (named: string | EntityClass, { class: target }: ResolvedEntity): boolean =>
    named === target || named === target.name;
  const entries = Object.entries(discriminatorMap ?? {});
  for (const [value, named] of entries) {
    if (resolved.some((target) => isNamed(named, target))) continue;
    problems.report(
      origin,
      `its \`discriminatorMap\` has "${value}" for ${typeof named === 'string' ? named : named.name}, which it does not reference`,
      'Name the entities that the relation references.',
    );
  }
  return resolved.map((target) => {
    const { class: targetClass, entity } = target;
    if (discriminatorMap === undefined) {
      return entity.class === targetClass ? entity.tableName : naming.tableName(targetClass.name, undefined);
    }
    const value = entries.find(([, named]) => isNamed(named, target))?.[0];
    if (value === undefined) {
      problems.report(
        origin,
        `its \`discriminatorMap\` has no value for ${targetClass.name}`,
        `Add one: \`{ ${naming.tableName(targetClass.name, undefined)}: '${targetClass.name}' }\`.`,
      );
    }
    return value ?? '';
  });
}
