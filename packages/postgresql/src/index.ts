/**
 * Dovetail for PostgreSQL: everything of `@dovetail/core`, and a `Dovetail` that is bound to PostgreSQL.
 *
 * @packageDocumentation
 */
export * from '@dovetail/core';
export { Dovetail, type PostgresqlOptions } from './dovetail.js';
export { postgresqlDriver } from './driver.js';
export type { PostgresqlConnectionOptions } from './connection.js';
