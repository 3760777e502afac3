export { EntityCaseNamingStrategy } from './entity-case-naming-strategy.js';
export type { NamedObject, NamingStrategy, TypeOrmNamingStrategy } from './naming-strategy.js';
export { UnderscoreNamingStrategy } from './underscore-naming-strategy.js';
