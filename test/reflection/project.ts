import type { EntityClass } from '@dovetail/core';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));

/** A project with sources in `src` and compiled files in `dist`, within reach of the packages as built. */
export interface Project {
  readonly folder: string;
  write(name: string, source: string): void;
  /** Compiles all that was written, without any checks. */
  compile(): void;
  /** The classes that a compiled file exports. */
  load(name: string): Promise<readonly EntityClass[]>;
  dispose(): void;
}

export function createProject(sources: Readonly<Record<string, string>>): Project {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'reflection-'));
  const written = new Map<string, string>();
  for (const name of ['src', 'dist']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  const project: Project = {
    folder,
    write(name, source) {
      written.set(name, source);
      writeFileSync(join(folder, 'src', name), source);
    },
    compile() {
      for (const [name, source] of written) compileFile(folder, name, source);
    },
    async load(name) {
      const module: unknown = await import(pathToFileURL(join(folder, 'dist', name)).href);
      return exportsOf(module).filter(isClass);
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
  for (const [name, source] of Object.entries(sources)) project.write(name, source);
  return project;
}

function compileFile(folder: string, name: string, source: string): void {
  const compiled = name.replace(/\.ts$/, '.js');
  const { outputText, sourceMapText = '' } = ts.transpileModule(source, {
    fileName: `../src/${name}`,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      experimentalDecorators: true,
      useDefineForClassFields: false,
      sourceMap: true,
    },
  });
  writeFileSync(join(folder, 'dist', compiled), outputText);
  writeFileSync(
    join(folder, 'dist', `${compiled}.map`),
    sourceMapText.replace(/"sources":\[[^\]]*\]/, `"sources":["../src/${name}"]`),
  );
}

function exportsOf(module: unknown): unknown[] {
  return typeof module === 'object' && module !== null ? Object.values(module) : [];
}

function isClass(value: unknown): value is EntityClass {
  return typeof value === 'function' && Symbol.metadata in value;
}
