import { propertyDecorator, type PropertyDecorator } from './decorator.js';
import {
  type PolymorphicReference,
  type PropertyReference,
  type ReferenceOptions,
  withEntity,
} from './relation-options.js';

/** What `@ManyToOne` takes. */
export interface ManyToOneOptions<Target extends object = object> extends ReferenceOptions<Target> {
  /** The collection at the other end. */
  readonly inversedBy?: PropertyReference<Target>;
}

/**
 * A reference to another entity, which others may reference too.
 *
 * @example
 * @ManyToOne(() => Author, { deleteRule: 'cascade' })
 * author!: Author;
 */
export function ManyToOne<Target extends object>(
  entity: PolymorphicReference<Target> | ManyToOneOptions<Target> = {},
  options: ManyToOneOptions<Target> = {},
): PropertyDecorator {
  return propertyDecorator((declarations, { name }) => {
    declarations.properties.push({ kind: 'many-to-one', name, options: withEntity(entity, options) });
  });
}
