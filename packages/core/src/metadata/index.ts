export { type DiscoveredEntities, discoverEntities, type DiscoverEntitiesOptions } from './discover-entities.js';
export type { EntityClass } from './entity-class.js';
export type * from './entity-metadata.js';
export type { MetadataProvider, ReflectedProperty } from './metadata-provider.js';
export { ReflectMetadataProvider } from './reflect-metadata-provider.js';
