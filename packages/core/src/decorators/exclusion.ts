import { classDecorator, type ClassDecorator } from './decorator.js';
import type { SqlText } from './sql-text.js';

/** What `@Exclusion` takes. */
export interface ExclusionOptions {
  /** The name of the constraint. */
  readonly name: string;
  /** What follows the word `exclude`. */
  readonly expression: SqlText;
}

/**
 * No two rows may be alike in the way that the expression says.
 *
 * @example
 * @Exclusion({ name: 'booking_overlap', expression: 'using gist (room with =, during with &&)' })
 */
export function Exclusion(options: ExclusionOptions): ClassDecorator {
  return classDecorator((declarations) => {
    declarations.exclusions.push({ options });
  });
}
