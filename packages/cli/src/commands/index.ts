// What the commands do, in one module: each file of its own would take longer to find than to run.
export * as completion from './completion.js';
export * as database from './database.js';
export * as debug from './debug.js';
export * as entities from './entities.js';
export * as init from './init.js';
export * as migration from './migration.js';
export * as schema from './schema.js';
export * as seed from './seed.js';
export { outcomeOfError } from '../output/report-error.js';
