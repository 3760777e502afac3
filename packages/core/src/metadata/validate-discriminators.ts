import { findDeclarations } from '../decorators/declarations.js';
import type { DiscriminatorOptions } from '../decorators/embeddable.js';
import type { EntityClass } from './entity-class.js';
import type { DiscoveryContext } from './entity-model.js';
import { lineageOf } from './lineage.js';
import type { Problems } from './problems.js';

/** Classes that share columns, and are told apart by the value of one. */
interface Family {
  readonly root: EntityClass;
  readonly map: DiscriminatorOptions['discriminatorMap'];
  readonly members: readonly FamilyMember[];
}

interface FamilyMember {
  readonly class: EntityClass;
  readonly options: DiscriminatorOptions & { readonly abstract?: boolean };
}

/** Reports discriminator values that lead to no class, or to two. */
export function validateDiscriminators({ entities, embeddables, problems }: DiscoveryContext): void {
  for (const listed of [[...entities.classNames.keys()], embeddables]) {
    const classes = new Set(listed.flatMap((target) => lineageOf(target).map((ancestor) => ancestor.class)));
    const members = [...classes].map((target) => ({ class: target, options: optionsOf(target) }));
    const families = members.filter(({ options }) => tellsApart(options)).map((root) => familyOf(root, members));
    for (const family of families) validateFamily(family, problems);
    reportStrays(members, families, problems);
  }
}

function optionsOf(target: EntityClass): FamilyMember['options'] {
  const declarations = findDeclarations(target);
  return declarations?.entity ?? declarations?.embeddable ?? {};
}

function tellsApart({ discriminatorColumn, discriminatorMap, discriminator }: DiscriminatorOptions): boolean {
  return discriminatorColumn !== undefined || discriminatorMap !== undefined || discriminator !== undefined;
}

function familyOf({ class: root, options }: FamilyMember, classes: readonly FamilyMember[]): Family {
  const members = classes.filter((member) => lineageOf(member.class).some((ancestor) => ancestor.class === root));
  return { root, map: options.discriminatorMap, members };
}

function validateFamily({ root, map, members }: Family, problems: Problems): void {
  const isMember = (named: string | EntityClass, member: FamilyMember): boolean =>
    named === member.class || named === member.class.name;
  const entries = Object.entries(map ?? {});
  for (const [value, named] of entries) {
    if (members.some((member) => isMember(named, member))) continue;
    problems.report(
      root.name,
      `its \`discriminatorMap\` has "${value}" for ${typeof named === 'string' ? named : named.name}, which is not a class that extends it`,
      'Name classes that extend it, and list them in `entities`.',
    );
  }

  const owners = new Map<string, string>();
  for (const member of members) {
    const { class: target, options } = member;
    const mapped = entries.find(([, named]) => isMember(named, member))?.[0];
    const value = options.discriminatorValue === undefined ? mapped : String(options.discriminatorValue);
    if (mapped !== undefined && value !== mapped) {
      problems.report(
        target.name,
        `its \`discriminatorValue\` is "${value ?? ''}", and the \`discriminatorMap\` of ${root.name} says "${mapped}"`,
        'Keep one of them.',
      );
    }
    if (value === undefined) {
      if (map !== undefined && target !== root && options.abstract !== true) reportUnmapped(target, root, problems);
      continue;
    }
    const owner = owners.get(value);
    if (owner !== undefined) {
      problems.report(
        target.name,
        `its rows are told apart by "${value}", and so are those of ${owner}`,
        'Give each class a `discriminatorValue` of its own.',
      );
    }
    owners.set(value, target.name);
  }
}

function reportUnmapped(target: EntityClass, root: EntityClass, problems: Problems): void {
  problems.report(
    target.name,
    `the \`discriminatorMap\` of ${root.name} has no value for it`,
    `Add one there, or write \`discriminatorValue\` on ${target.name}.`,
  );
}

function reportStrays(classes: readonly FamilyMember[], families: readonly Family[], problems: Problems): void {
  const related = new Set(families.flatMap(({ members }) => members.map((member) => member.class)));
  for (const { class: target, options } of classes) {
    if (options.discriminatorValue === undefined || related.has(target)) continue;
    problems.report(
      target.name,
      'it has a `discriminatorValue`, and no class that it extends has a `discriminatorColumn`',
      'Write `discriminatorColumn` on the class that it shares a table with.',
    );
  }
}
