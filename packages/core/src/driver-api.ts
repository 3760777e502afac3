/**
 * What a driver is written with: the contract, the model that it speaks, and the helpers that drivers share.
 *
 * @packageDocumentation
 */
export * from './driver.js';
export * from './abort.js';
export * from './errors.js';
export * from './model/schema.js';
export * from './model/change.js';
export * from './model/plan.js';
export * from './model/names.js';
export * from './model/apply-changes.js';
export * from './model/columns.js';
export * from './model/tables.js';
export * from './diff/diff.js';
export * from './diff/renames.js';
export * from './ddl/prechecks.js';
export * from './ddl/rows.js';
export * from './plan/make-plan.js';
export * from './schema-builder/build-schema.js';
export type { EntityMetadata } from './metadata/entity-metadata.js';
