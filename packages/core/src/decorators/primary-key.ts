import { propertyDecorator, type PropertyDecorator } from './decorator.js';
import { Property, type PropertyOptions } from './property.js';
import type { PropertyRuntimeOptions } from './runtime-options.js';

/**
 * The primary key, or a part of it where several properties have this decorator. A single integer is numbered by the
 * database unless `autoincrement: false` says otherwise.
 *
 * @example
 * @PrimaryKey()
 * id!: number;
 */
export function PrimaryKey(options: PropertyOptions = {}): PropertyDecorator {
  return Property({ ...options, primary: true });
}

/** What the primary key is called where entities are serialised, for databases whose keys are not texts. No column. */
export function SerializedPrimaryKey(
  _options: PropertyRuntimeOptions & { readonly type?: unknown } = {},
): PropertyDecorator {
  return propertyDecorator((declarations, { name }) => {
    declarations.properties.push({ kind: 'not-persisted', name });
  });
}
