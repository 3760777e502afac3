/**
 * Dovetail for SQLite: everything of `@dovetail/core`, and a `Dovetail` that is bound to SQLite.
 *
 * @packageDocumentation
 */
export * from '@dovetail/core';
export { Dovetail, type SqliteOptions } from './dovetail.js';
export { sqliteDriver } from './driver.js';
export type { SqliteConnectionOptions } from './connection.js';
