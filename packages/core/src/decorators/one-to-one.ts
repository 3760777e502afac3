import { propertyDecorator, type PropertyDecorator } from './decorator.js';
import {
  isPropertyReference,
  type PolymorphicReference,
  type PropertyReference,
  type ReferenceOptions,
  withEntity,
} from './relation-options.js';

/** What `@OneToOne` takes. */
export interface OneToOneOptions<Target extends object = object> extends ReferenceOptions<Target> {
  /** The property at the other end, where that end has the columns. */
  readonly mappedBy?: PropertyReference<Target>;
  /** The property at the other end, where this end has the columns. */
  readonly inversedBy?: PropertyReference<Target>;
  /** This end has the columns. The default unless `mappedBy` is given. */
  readonly owner?: boolean;
}

/**
 * A reference to another entity, which no other may reference: its columns are unique.
 *
 * @example
 * @OneToOne(() => Profile, { inversedBy: 'user' })
 * profile!: Profile;
 */
export function OneToOne<Target extends object>(
  entity: PolymorphicReference<Target> | OneToOneOptions<Target> = {},
  mappedBy: PropertyReference<Target> | OneToOneOptions<Target> = {},
  options: OneToOneOptions<Target> = {},
): PropertyDecorator {
  const stated = isPropertyReference(mappedBy) ? { ...options, mappedBy } : { ...mappedBy, ...options };
  return propertyDecorator((declarations, { name }) => {
    declarations.properties.push({ kind: 'one-to-one', name, options: withEntity(entity, stated) });
  });
}
