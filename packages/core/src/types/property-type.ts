import type { EntityClass } from '../metadata/entity-class.js';
import type { Type } from './type.js';

/**
 * What the `type` option takes: one of `t`, the name of a TypeScript type (`number`, `Date`, `string[]`), a constructor
 * (`String`, `Date`), a custom `Type` or an instance of one. Any other text is a column type of the database as it
 * stands.
 */
export type PropertyType = string | Type | EntityClass | BigIntConstructor;
