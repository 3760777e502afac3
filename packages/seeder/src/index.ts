/**
 * Rows for entities: seeders that run in one transaction, an `insert` that maps properties to columns, and factories.
 *
 * @packageDocumentation
 */
export { createSeeder, type SeederRunner } from './create-seeder.js';
export { createFactory, type Factory } from './factory.js';
export type { Key, KeyName, NewRow, NewValue, Reference } from './new-row.js';
export type { SeederOptions } from './options.js';
export { createSeederFile } from './seeder-file.js';
export { loadSeeders } from './load-seeders.js';
export type { SeedDatabase, Seeder, SeederClass, SeederContext, UpsertOptions } from './seeder.js';
