/**
 * What a driver for another server of the MySQL family is made of.
 *
 * @packageDocumentation
 */
export { familyCapabilities } from './capabilities.js';
export type { MysqlConnectionOptions } from './connection.js';
export { driverOf } from './driver.js';
export type { Flavour, Syntax } from './flavour.js';
export { tokenize, unquote } from './lexer.js';
export { isAtLeast } from './version.js';
