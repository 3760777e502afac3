import type { ClassDeclarations, PropertyDeclaration } from '../decorators/declarations.js';
import type { EntityOptions } from '../decorators/entity.js';
import type { CustomTypes } from '../types/custom-types.js';
import type { CompleteNamingStrategy } from '../naming/complete-naming-strategy.js';
import type { EntityClass } from './entity-class.js';
import type { EntityMetadata } from './entity-metadata.js';
import type { InitialValues } from './initial-values.js';
import type { MetadataProvider } from './metadata-provider.js';
import type { Problems } from './problems.js';

/** One table, view or virtual entity to be: the class it belongs to, and all that is declared for it. */
export interface EntityModel {
  readonly class: EntityClass;
  readonly className: string;
  readonly kind: EntityMetadata['kind'];
  readonly options: EntityOptions;
  readonly tableName: string;
  /** In the order of declaration, base classes first, then the classes that share the table. */
  readonly members: readonly Member[];
  /** Where indexes, checks and the like are declared: base classes and classes that share the table included. */
  readonly sources: readonly DeclarationSource[];
  /** In joined inheritance, the entity whose table holds the rest of this one's properties. */
  readonly parent?: EntityModel | undefined;
}

export interface DeclarationSource {
  readonly className: string;
  readonly declarations: ClassDeclarations;
}

/** A declared property, and how it came to its table or embeddable. */
export interface Member {
  readonly declaration: PropertyDeclaration;
  /** The class that declares it: its type is reflected there. */
  readonly declaredBy: EntityClass;
  /** The class whose instances have it: initial values are seen there. */
  readonly seenIn: EntityClass;
  /** The name of that class, for messages. */
  readonly className: string;
  /** Not every row has it, for it belongs to only some of the classes that share the columns. */
  readonly optional: boolean;
}

/** What every step of discovery looks things up in. */
export interface DiscoveryContext {
  readonly naming: CompleteNamingStrategy;
  readonly provider: MetadataProvider;
  readonly problems: Problems;
  readonly customTypes: CustomTypes;
  readonly initialValues: InitialValues;
  readonly entities: EntityIndex;
  /** The embeddable classes that discovery was given, for those found by name or by their base class. */
  readonly embeddables: readonly EntityClass[];
  /** The entities whose primary key is being resolved at this moment, so that a circle of keys is found. */
  readonly resolvingKeys: Set<EntityModel>;
}

/** The entities, found by class or class name. Classes that share a table lead to the one entity. */
export interface EntityIndex {
  readonly all: readonly EntityModel[];
  byClass(target: EntityClass): EntityModel | undefined;
  byName(className: string): EntityModel | undefined;
  /** The `className` of the entity that each class leads to. */
  readonly classNames: ReadonlyMap<EntityClass, string>;
}
