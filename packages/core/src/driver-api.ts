/**
 * What a driver is written with: the contract, the model that it speaks, and the helpers that drivers share.
 *
 * @packageDocumentation
 */
export * from './driver.js';
export * from './survey.js';
export * from './privilege.js';
export * from './statement-errors.js';
export * from './statement-progress.js';
export * from './abort.js';
export * from './certificate-errors.js';
export * from './errors.js';
export * from './group-by.js';
export * from './in-transaction.js';
export * from './is-object.js';
export * from './is-row.js';
export * from './loaded-module.js';
export * from './message-of.js';
export * from './option-names.js';
export * from './read-package.js';
export * from './model/schema.js';
export * from './model/change.js';
export * from './model/plan.js';
export * from './model/hazards.js';
export * from './model/hints.js';
export * from './model/names.js';
export * from './model/apply-changes.js';
export * from './model/columns.js';
export * from './model/tables.js';
export * from './diff/diff.js';
export { sameIndexBy } from './diff/indexes.js';
export * from './diff/renames.js';
export * from './ddl/make-precheck.js';
export * from './ddl/original-names.js';
export type { PrecheckDialect } from './ddl/precheck-scene.js';
export * from './ddl/prechecks.js';
export * from './ddl/row-key.js';
export * from './ddl/rows.js';
export * from './generator/fingerprint.js';
export * from './generator/scope.js';
export * from './naming/resolve-naming-strategy.js';
export type * from './naming/complete-naming-strategy.js';
export * from './plan/make-plan.js';
export * from './plan/undo.js';
export * from './schema-builder/build-schema.js';
export * from './sql-text/characters.js';
export * from './sql-text/leading-words.js';
export * from './sql-text/token.js';
export * from './sql-text/tokens.js';
export * from './sql-text/token-reader.js';
export * from './sql-text/parse-generated.js';
export * from './sql-text/read-definition.js';
export * from './sql-text/view-order.js';
export * from './types/date-parts.js';
export { nearestName } from './metadata/nearest-name.js';
export type { EntityMetadata } from './metadata/entity-metadata.js';
