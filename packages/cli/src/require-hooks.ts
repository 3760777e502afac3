import type { LoadHook } from 'node:module';

/**
 * Hands TypeScript that is imported to `require`, whose loader compiles it: a CommonJS module without a source is loaded
 * that way (nodejs.org/docs/latest-v20.x/api/module.html#loadurl-context-nextload).
 */
export const load: LoadHook = (url, context, nextLoad) =>
  /^file:.*\.c?ts$/.test(url) ? { format: 'commonjs', source: undefined, shortCircuit: true } : nextLoad(url, context);
