import type { EntityClass } from '../metadata/entity-class.js';
import { propertyDecorator, type PropertyDecorator } from './decorator.js';
import type { ColumnOptions } from './property.js';
import type { PropertyRuntimeOptions } from './runtime-options.js';

/** The embedded class, or the classes where it is one of several. */
export type EmbeddableReference = string | (() => EntityClass | readonly EntityClass[]);

/** What `@Embedded` takes. */
export interface EmbeddedOptions
  extends
    Pick<
      ColumnOptions,
      | 'name'
      | 'fieldName'
      | 'columnType'
      | 'nullable'
      | 'persist'
      | 'comment'
      | 'previousName'
      | 'default'
      | 'defaultRaw'
      | 'backfill'
      | 'check'
      | 'index'
      | 'unique'
      | 'ignoreSchemaChanges'
    >,
    PropertyRuntimeOptions {
  /** The embedded class. By default the property's reflected type. */
  readonly entity?: EmbeddableReference;
  /** What the names of its columns begin with: true for the property's own (the default), false for nothing. */
  readonly prefix?: boolean | string;
  /** Whether a text as `prefix` comes after that of the embeddable around this one (the default), or stands alone. */
  readonly prefixMode?: 'relative' | 'absolute';
  /** One JSON column holds the whole object. */
  readonly object?: boolean;
  /** One JSON column holds an array of such objects. */
  readonly array?: boolean;
}

/**
 * An object whose properties are columns of this entity's table, or one JSON column.
 *
 * @example
 * @Embedded(() => Address, { prefix: 'home_' })
 * address!: Address;
 */
export function Embedded(
  entity: EmbeddableReference | EmbeddedOptions = {},
  options: EmbeddedOptions = {},
): PropertyDecorator {
  return propertyDecorator((declarations, { name }) => {
    declarations.properties.push({
      kind: 'embedded',
      name,
      options: typeof entity === 'object' ? { ...entity, ...options } : { ...options, entity },
    });
  });
}
