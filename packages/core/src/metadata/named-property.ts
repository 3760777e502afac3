import type { EmbeddedOptions } from '../decorators/embedded.js';
import type { EnumOptions } from '../decorators/enum.js';
import type { ReferenceOptions } from '../decorators/relation-options.js';
import type { EntityModel, Member } from './entity-model.js';
import type { PropertyMetadata } from './entity-metadata.js';

/** Options of a property in its place: that of an embeddable has a prefix before its old name as well. */
export type Placed<Options> = Options & {
  /** The old name without the prefix. */
  readonly previousNameAsStated?: string;
};

/** A property whose columns have their names, and whose relation has its target. */
export type NamedProperty =
  | NamedScalar
  | NamedReference
  | NamedPolymorphic
  | NamedEmbedded
  | NamedJson
  | (NamedBase & {
      readonly kind: 'collection' | 'inverse';
      readonly target: EntityModel;
      readonly pivot?: string | undefined;
    })
  | (NamedBase & { readonly kind: 'not-persisted' });

interface NamedBase {
  readonly name: string;
  /** The class and the path of the property, for messages. */
  readonly origin: string;
  /** Not every row has it, whatever the property says. */
  readonly optional: boolean;
}

export interface NamedScalar extends NamedBase {
  readonly kind: 'scalar';
  readonly member: Member;
  /** Those of an enum mean nothing to other properties. */
  readonly options: Placed<EnumOptions>;
  readonly isEnum: boolean;
  readonly column: string;
}

export interface NamedReference extends NamedBase {
  readonly kind: 'reference';
  readonly member: Member;
  readonly options: Placed<ReferenceOptions>;
  /** One-to-one: no other row references the same one. */
  readonly unique: boolean;
  readonly target: EntityModel;
  readonly columns: readonly string[];
  readonly referencedColumns: readonly string[];
}

/** A relation to one of several entities. */
export interface NamedPolymorphic extends NamedBase {
  readonly kind: 'polymorphic';
  /** The relation as if it were to the first of them: their keys are alike. */
  readonly reference: NamedReference;
  readonly targets: readonly PolymorphicTarget[];
  /** The column that tells which of them it is, and whether a property of the class has it. */
  readonly discriminator: { readonly column: string; readonly declared: boolean };
}

export interface PolymorphicTarget {
  /** What the discriminator column holds for it. */
  readonly value: string;
  readonly target: EntityModel;
  readonly referencedColumns: readonly string[];
}

/** An embedded object whose properties have columns. */
export interface NamedEmbedded extends NamedBase {
  readonly kind: 'embedded';
  readonly properties: readonly NamedProperty[];
  readonly sources: EntityModel['sources'];
}

/** An embedded object, or an array of them, in one JSON column. */
export interface NamedJson extends NamedBase {
  readonly kind: 'json';
  readonly member: Member;
  readonly options: Placed<EmbeddedOptions>;
  readonly column: string;
}

/** The property's columns, in order. */
export function columnsOf(property: NamedProperty): readonly string[] {
  switch (property.kind) {
    case 'scalar':
    case 'json':
      return [property.column];
    case 'reference':
      return property.columns;
    case 'polymorphic':
      return [property.discriminator.column, ...property.reference.columns];
    case 'embedded':
      return property.properties.flatMap(columnsOf);
    case 'collection':
    case 'inverse':
    case 'not-persisted':
      return [];
  }
}

export function toPropertyMetadata(property: NamedProperty): PropertyMetadata {
  const { name } = property;
  switch (property.kind) {
    case 'scalar':
    case 'json':
      return { kind: 'scalar', name, column: property.column };
    case 'reference': {
      const { target, columns, referencedColumns } = property;
      return { kind: 'reference', name, target: target.className, columns, referencedColumns };
    }
    case 'polymorphic':
      return {
        kind: 'polymorphic',
        name,
        discriminatorColumn: property.discriminator.column,
        columns: property.reference.columns,
        targets: property.targets.map((target) => ({ ...target, target: target.target.className })),
      };
    case 'embedded':
      return { kind: 'embedded', name, properties: property.properties.map(toPropertyMetadata) };
    case 'collection':
    case 'inverse':
      return { kind: property.kind, name, target: property.target.className, pivot: property.pivot };
    case 'not-persisted':
      return { kind: 'not-persisted', name };
  }
}

/** Those inside embedded objects included. */
function flatten(properties: readonly NamedProperty[]): readonly NamedProperty[] {
  return properties.flatMap((property) => (property.kind === 'embedded' ? flatten(property.properties) : [property]));
}

/**
 * The property that each column is of. Where several have it, it is of the one with the fewest columns: a composite
 * foreign key shares the column of a value or of a smaller key.
 */
export function columnOwners(properties: readonly NamedProperty[]): ReadonlyMap<string, NamedProperty> {
  const owners = new Map<string, NamedProperty>();
  for (const property of flatten(properties)) {
    for (const column of columnsOf(property)) {
      const owner = owners.get(column);
      if (owner === undefined || columnsOf(property).length < columnsOf(owner).length) owners.set(column, property);
    }
  }
  return owners;
}
