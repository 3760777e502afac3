import { propertyDecorator, type PropertyDecorator } from './decorator.js';
import { type EntityReference, isPropertyReference, type PropertyReference, withEntity } from './relation-options.js';
import type { CollectionRuntimeOptions } from './runtime-options.js';

/** What `@OneToMany` takes. */
export interface OneToManyOptions<Target extends object = object> extends CollectionRuntimeOptions {
  /** The entity at the other end. */
  readonly entity?: EntityReference<Target>;
  /** The many-to-one property at the other end. */
  readonly mappedBy?: PropertyReference<Target>;
}

/**
 * The entities that reference this one: the other side of a `@ManyToOne`, without columns here.
 *
 * @example
 * @OneToMany(() => Book, (book) => book.author)
 * books!: Book[];
 */
export function OneToMany<Target extends object>(
  entity: EntityReference<Target> | OneToManyOptions<Target>,
  mappedBy: PropertyReference<Target> | OneToManyOptions<Target> = {},
  options: OneToManyOptions<Target> = {},
): PropertyDecorator {
  const stated = isPropertyReference(mappedBy) ? { ...options, mappedBy } : { ...mappedBy, ...options };
  return propertyDecorator((declarations, { name }) => {
    declarations.properties.push({ kind: 'one-to-many', name, options: withEntity(entity, stated) });
  });
}
