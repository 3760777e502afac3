import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';

/**
 * What a file imports, by the name of the file that there is: TypeScript names the one that a source is compiled to, and
 * takes the source for it (typescriptlang.org/docs/handbook/modules/reference.html#file-extension-substitution).
 */
function sourceName(imported: string, importer: string | null = null): string {
  if (importer === null || !/\.c?ts$/.test(importer) || !/^\.\.?\//.test(imported)) return imported;
  const source = imported.replace(/\.(c?)js$/, '.$1ts');
  return existsSync(resolve(dirname(importer), source)) ? source : imported;
}

/** Makes `require` find sources; `module.register` does so for what is imported alone. */
export function requireSources(): void {
  const resolveFilename = moduleSystem('module')._resolveFilename;
  moduleSystem('module')._resolveFilename = (required, parent, ...others) =>
    resolveFilename(sourceName(required, parent?.filename), parent, ...others);
}

/** What finds the file of `require`; all that compile TypeScript for it go this way (tsx, ts-node, tsconfig-paths). */
interface ModuleSystem {
  _resolveFilename: (required: string, parent: RequiringModule | undefined, ...others: readonly unknown[]) => string;
}

interface RequiringModule {
  readonly filename: string | null;
}

const moduleSystem: (name: 'module') => ModuleSystem = createRequire(import.meta.url);
