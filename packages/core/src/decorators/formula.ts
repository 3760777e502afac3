import { propertyDecorator, type PropertyDecorator } from './decorator.js';
import type { PropertyOptions } from './property.js';
import type { SqlText } from './sql-text.js';

/** A property that queries compute; it has no column. For one that the database keeps, see `generated`. */
export function Formula(
  _formula: SqlText | ((alias: string) => string),
  _options: PropertyOptions = {},
): PropertyDecorator {
  return propertyDecorator((declarations, { name }) => {
    declarations.properties.push({ kind: 'not-persisted', name });
  });
}
