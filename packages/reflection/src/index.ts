/**
 * A metadata provider that reads the types of properties from their source, through ts-morph.
 *
 * @packageDocumentation
 */
export { createReflection, readReflection, writeReflection } from './create-reflection.js';
export type { ReflectionOptions } from './options.js';
