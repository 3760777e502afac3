/**
 * Migration files for Dovetail: written from the entities, run once each, taken back.
 *
 * @packageDocumentation
 */
export { createMigrator, Migrator } from './migrator.js';
export type { Migration, Statements } from './migration.js';
export type { MigratorOptions } from './migrator-options.js';
export type { Created, CreatedFile, CreateOptions } from './create/create-options.js';
export type { MigrationCheck } from './check.js';
export type { FreshOptions, MigrationProgress, RunOptions } from './run/run-options.js';
export type { PlannedDown } from './run/up-and-down.js';
export type { MigrationState, MigrationStatus } from './status.js';
