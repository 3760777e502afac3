import type { EntityClass } from '@dovetail/core';
import type { GeneratedEntities } from '@dovetail/entity-generator';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));

/** A folder in reach of the packages as built, where generated sources are compiled and loaded. */
export interface Workplace {
  /** Writes the files of a set of entities, compiles each by itself, and gives the classes that they export. */
  load(set: string, generated: Pick<GeneratedEntities, 'files'>): Promise<readonly EntityClass[]>;
  /** What `tsc --strict` has to say of all that was written. */
  typeErrors(): readonly string[];
  dispose(): void;
}

export function createWorkplace(): Workplace {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'entities-'));
  const sources: string[] = [];
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  return {
    async load(set, { files }) {
      const modules: unknown[] = [];
      for (const { path, text } of files) {
        const source = join(folder, set, path);
        mkdirSync(dirname(source), { recursive: true });
        writeFileSync(source, text);
        writeFileSync(compiledName(source), compile(text));
        sources.push(source);
      }
      for (const { path } of files) {
        modules.push(await import(pathToFileURL(compiledName(join(folder, set, path))).href));
      }
      return modules.flatMap(exportsOf).filter(isClass);
    },
    typeErrors: () =>
      ts.getPreEmitDiagnostics(ts.createProgram(sources, { ...options, noEmit: true })).map(({ file, messageText }) => {
        const message = ts.flattenDiagnosticMessageText(messageText, '\n');
        return `${file?.fileName.slice(folder.length) ?? ''}: ${message}`;
      }),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  lib: ['lib.es2023.d.ts'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  experimentalDecorators: true,
  skipLibCheck: true,
};

function compile(text: string): string {
  return ts.transpileModule(text, { compilerOptions: { ...options, module: ts.ModuleKind.ESNext } }).outputText;
}

function compiledName(source: string): string {
  return source.replace(/\.ts$/, '.js');
}

function exportsOf(module: unknown): unknown[] {
  return typeof module === 'object' && module !== null ? Object.values(module) : [];
}

function isClass(value: unknown): value is EntityClass {
  return typeof value === 'function';
}
