/**
 * What every database shares: decorators, metadata, the schema generator. Knows no database; install the package of
 * yours, which exports all of this as well. Drivers are written with `@dovetail/core/driver`.
 *
 * @packageDocumentation
 */
export * from './errors.js';
export * from './options.js';
export type * from './migrations-options.js';
export * from './dovetail.js';
export * from './decorators/index.js';
export * from './metadata/index.js';
export * from './naming/index.js';
export * from './types/index.js';
export * from './plan/explain.js';
export * from './generator/schema-generator.js';
export type * from './generator/generator-options.js';
export { type KeptSchema, nothingKept, type Server } from './generator/kept-schema.js';
export type { ApplyOptions, Progress } from './generator/apply.js';
export type { RowProgress } from './generator/run-batches.js';
export type { DumpOptions } from './generator/script.js';
export type { Connection, ConnectionOptions, Driver } from './driver.js';
export type { StatementProgress } from './statement-progress.js';
export type { Schema, Table, Column, View } from './model/schema.js';
export type { Change } from './model/change.js';
export type {
  Batches,
  Consent,
  Hazard,
  HazardKind,
  Loss,
  Plan,
  PlanOptions,
  Precheck,
  Refusal,
  RowsMessage,
  Severity,
  StatedRenames,
  Step,
  Undo,
} from './model/plan.js';
