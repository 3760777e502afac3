import { propertyDecorator, type PropertyDecorator } from './decorator.js';
import type { PropertyOptions } from './property.js';

/** The values of an enum: the enum itself, or a list. */
export type EnumItems = readonly (string | number)[] | Readonly<Record<string, string | number>>;

/** What `@Enum` takes. */
export interface EnumOptions extends PropertyOptions {
  /** The enum or the list of its values, or a function that gives it. By default the metadata provider's answer. */
  readonly items?: EnumItems | (() => EnumItems);
  /** The property is an array of the enum's values. */
  readonly array?: boolean;
  /** The name of an enum type in the database, where it has such types; `schema.name` for another namespace. */
  readonly nativeEnumName?: string;
  /** The enum type's name before it was renamed, without its namespace. */
  readonly previousNativeEnumName?: string;
  /** What values of the enum type were called before they were renamed, by their new names: `{ unhappy: 'sad' }`. */
  readonly previousItems?: Readonly<Record<string, string>>;
}

/**
 * A property that holds one of the values of an enum.
 *
 * @example
 * @Enum(() => Status)
 * status = Status.Draft;
 */
export function Enum(options: EnumOptions | (() => EnumItems) = {}): PropertyDecorator {
  const stated: EnumOptions = typeof options === 'function' ? { items: options } : options;
  return propertyDecorator((declarations, { name, isMethod }) => {
    declarations.properties.push(
      isMethod || stated.formula !== undefined
        ? { kind: 'not-persisted', name }
        : { kind: 'enum', name, options: stated },
    );
  });
}
