import type { ClassDeclarations, PropertyDeclaration } from '../decorators/declarations.js';
import type { EntityClass } from './entity-class.js';
import type { DeclarationSource, Member } from './entity-model.js';
import type { DeclaringClass } from './lineage.js';

/** The properties that a class has from the classes given. Redeclared by one of them, a property keeps its place. */
export function membersOf(lineage: readonly DeclaringClass[], seenIn: EntityClass, optional: boolean): Member[] {
  const members = new Map<string, Member>();
  for (const { class: declaredBy, declarations } of lineage) {
    for (const declaration of declarations.properties) {
      members.set(declaration.name, { declaration, declaredBy, seenIn, className: seenIn.name, optional });
    }
  }
  return [...members.values()];
}

/** Without repetitions: two classes that share a table may inherit one property from the same class. */
export function distinctMembers(members: readonly Member[]): Member[] {
  const seen = new Set<PropertyDeclaration>();
  return members.filter(({ declaration }) => {
    if (seen.has(declaration)) return false;
    seen.add(declaration);
    return true;
  });
}

/** Where the classes' indexes and constraints are declared; those of a class without a table count as `heir`'s. */
export function sourcesOf(
  lineage: readonly DeclaringClass[],
  heir: EntityClass,
  hasTable: (target: EntityClass) => boolean,
): DeclarationSource[] {
  const sources = new Map<ClassDeclarations, DeclarationSource>();
  for (const { class: declaredBy, declarations } of lineage) {
    const className = hasTable(declaredBy) ? declaredBy.name : heir.name;
    sources.set(declarations, { className, declarations });
  }
  return [...sources.values()];
}

/** The property that tells classes apart: the declared one, or one made for it. */
export function withDiscriminator(
  members: readonly Member[],
  discriminator: { readonly name: string; readonly column: string; readonly indexed: boolean },
  owner: EntityClass,
): readonly Member[] {
  const { name, column, indexed } = discriminator;
  if (members.some((member) => isNamed(member, name) || isNamed(member, column))) return members;
  const made: Member = {
    declaration: { kind: 'scalar', name, options: { type: 'string', name: column, index: indexed } },
    declaredBy: owner,
    seenIn: owner,
    className: owner.name,
    optional: false,
  };
  return [...members, made];
}

function isNamed({ declaration }: Member, name: string): boolean {
  if (declaration.name === name) return true;
  if (declaration.kind !== 'scalar' && declaration.kind !== 'enum') return false;
  return declaration.options.fieldName === name || declaration.options.name === name;
}
