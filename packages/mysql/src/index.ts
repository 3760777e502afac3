/**
 * Dovetail for MySQL: everything of `@dovetail/core`, and a `Dovetail` that is bound to MySQL.
 *
 * @packageDocumentation
 */
export * from '@dovetail/core';
export type { MysqlConnectionOptions } from './connection.js';
export { Dovetail, type MysqlOptions } from './dovetail.js';
export { mysqlDriver } from './driver.js';
