import { classOrPropertyDecorator, type ClassOrPropertyDecorator } from './decorator.js';
import type { SqlText } from './sql-text.js';

/** What `@Check` takes. */
export interface CheckOptions {
  /** The name of the constraint. By default the naming strategy makes it of the table and the property. */
  readonly name?: string;
  /** The property that the constraint is about: it names the constraint. */
  readonly property?: string;
  /** The condition that every row fulfils. */
  readonly expression: SqlText;
  /** False for a constraint that the database keeps and does not enforce. */
  readonly enforced?: boolean;
}

/**
 * A condition that every row fulfils, on a class or on one property.
 *
 * @example
 * @Check({ expression: (columns) => `${columns.price} >= 0` })
 */
export function Check(options: CheckOptions): ClassOrPropertyDecorator {
  return classOrPropertyDecorator((declarations, member) => {
    declarations.checks.push({ property: member?.name ?? options.property, options });
  });
}
