export { raw, sql, type CurrentTime, type RawSql } from './raw.js';
export { t } from './t.js';
export { Type, type TypeContext, type TypedProperty } from './type.js';
export type { PropertyType } from './property-type.js';
