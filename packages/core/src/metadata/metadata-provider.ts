import type { EntityClass } from './entity-class.js';

/** What a metadata provider knows of a property besides its decorator. Absent where it knows nothing. */
export interface ReflectedProperty {
  /** The type as written, `string`, `Date`, `Author`, or the constructor that stands for it. */
  readonly type?: string | EntityClass | undefined;
  /** Whether its type includes null. */
  readonly nullable?: boolean | undefined;
  /** The values of an enum or a union of literals. */
  readonly items?: readonly (string | number)[] | undefined;
  /** Whether it is an array of the type. */
  readonly array?: boolean | undefined;
  /** What its comment in the source says. */
  readonly comment?: string | undefined;
}

/** Says what the decorators don't: where the types of properties come from. */
export interface MetadataProvider {
  /** What is known of a property that `entity` declares itself; `owner` is the class that has it, by inheritance or not. */
  reflect(entity: EntityClass, propertyName: string, owner: EntityClass): ReflectedProperty;
}
