/**
 * Dovetail for MariaDB: everything of `@dovetail/core`, and a `Dovetail` that is bound to MariaDB.
 *
 * @packageDocumentation
 */
export * from '@dovetail/core';
export type { MysqlConnectionOptions } from '@dovetail/mysql/family';
export { Dovetail, type MariadbOptions } from './dovetail.js';
export { mariadbDriver } from './driver.js';
