import { isObject } from './is-object.js';

/**
 * A module, and its default export; and that of the latter, and so on: what is compiled to CommonJS and imported has its
 * exports there (nodejs.org/api/esm.html#commonjs-namespaces).
 */
export function defaultsOf(module: unknown): readonly unknown[] {
  const found: unknown[] = [module];
  for (let value = module; isObject(value) && 'default' in value && !found.includes(value.default);) {
    value = value.default;
    found.push(value);
  }
  return found;
}

/** All that a module exports, by whatever name. */
export function exportsOf(module: unknown): readonly unknown[] {
  const levels = defaultsOf(module);
  return [...new Set([...levels.filter(isObject).flatMap((level): unknown[] => Object.values(level)), ...levels])];
}
