/**
 * Entity classes from a database that already exists.
 *
 * @packageDocumentation
 */
export type * from './description.js';
export type { GeneratedEntities, GeneratedFile, Unexpressed } from './generated.js';
export type { EntityGeneratorOptions } from './options.js';
export { generateEntities } from './generate-entities.js';
export { writeEntities } from './write-entities.js';
