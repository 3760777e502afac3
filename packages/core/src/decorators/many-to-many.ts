import { propertyDecorator, type PropertyDecorator } from './decorator.js';
import {
  type EntityReference,
  type ForeignKeyRules,
  isPropertyReference,
  type PropertyReference,
  withEntity,
} from './relation-options.js';
import type { CollectionRuntimeOptions } from './runtime-options.js';

/** What `@ManyToMany` takes. */
export interface ManyToManyOptions<Target extends object = object> extends CollectionRuntimeOptions, ForeignKeyRules {
  /** The entity at the other end. */
  readonly entity?: EntityReference<Target>;
  /** The property at the other end, where that end owns the pivot table. */
  readonly mappedBy?: PropertyReference<Target>;
  /** The property at the other end, where this end owns the pivot table. */
  readonly inversedBy?: PropertyReference<Target>;
  /** This end owns the pivot table. The default unless `mappedBy` is given. */
  readonly owner?: boolean;
  /** The name of the pivot table; `schema.name` for another namespace than this entity's. */
  readonly pivotTable?: string;
  /** An entity of your own as the pivot table, with a `@ManyToOne` to each end. */
  readonly pivotEntity?: EntityReference;
  /** False for a relation without a pivot table. */
  readonly persist?: boolean;
  /** The pivot table's name before it was renamed. */
  readonly previousName?: string;
  /** Keeps the order in which items were added, by a numbered primary key in the pivot table. */
  readonly fixedOrder?: boolean;
  /** The column of that key, `id` by default. Giving a name asks for the fixed order. */
  readonly fixedOrderColumn?: string;
  /** The pivot table's column that references this entity. */
  readonly joinColumn?: string;
  /** The columns of a composite key that reference this entity. */
  readonly joinColumns?: readonly string[];
  /** The pivot table's column that references the other entity. */
  readonly inverseJoinColumn?: string;
  /** The columns of a composite key that reference the other entity. */
  readonly inverseJoinColumns?: readonly string[];
}

/**
 * Entities that reference each other through a pivot table.
 *
 * @example
 * @ManyToMany(() => Tag, 'posts', { owner: true })
 * tags!: Tag[];
 */
export function ManyToMany<Target extends object>(
  entity: EntityReference<Target> | ManyToManyOptions<Target> = {},
  mappedBy: PropertyReference<Target> | ManyToManyOptions<Target> = {},
  options: ManyToManyOptions<Target> = {},
): PropertyDecorator {
  const stated = isPropertyReference(mappedBy) ? { ...options, mappedBy } : { ...mappedBy, ...options };
  return propertyDecorator((declarations, { name }) => {
    declarations.properties.push({ kind: 'many-to-many', name, options: withEntity(entity, stated) });
  });
}
