export { EntityCaseNamingStrategy } from './entity-case-naming-strategy.js';
export type { NamedObject, NamingStrategy, TypeOrmNamingStrategy } from './naming-strategy.js';
export { type IdentifierLimit, shortenIdentifier } from './shorten.js';
export { UnderscoreNamingStrategy } from './underscore-naming-strategy.js';
