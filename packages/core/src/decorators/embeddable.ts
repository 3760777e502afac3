import { classDecorator, type ClassDecorator } from './decorator.js';
import type { EntityClass } from '../metadata/entity-class.js';

/** How rows of several classes are told apart. */
export interface DiscriminatorOptions {
  /** The column that tells the classes apart. By default the naming strategy says: `type`. */
  readonly discriminatorColumn?: string;
  /** The property that tells them apart, where the class has one. */
  readonly discriminator?: string;
  /** The class of each value, or its name. */
  readonly discriminatorMap?: Readonly<Record<string, string | EntityClass>>;
  /** The value of this class. */
  readonly discriminatorValue?: string | number;
}

/** What `@Embeddable` takes. */
export interface EmbeddableOptions extends DiscriminatorOptions {
  /** Only what extends this class is embedded. */
  readonly abstract?: boolean;
}

/**
 * A class without a table: its properties become columns of the entities that embed it.
 *
 * @example
 * @Embeddable()
 * class Address {
 *   @Property()
 *   street!: string;
 * }
 */
export function Embeddable(options: EmbeddableOptions = {}): ClassDecorator {
  return classDecorator((declarations) => {
    declarations.embeddable = options;
  });
}
