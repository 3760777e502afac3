import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** A project in a folder of its own, whose files a compiler made and Node.js loads, with two copies of this package. */
export interface CompiledProject {
  /** Compiles files, by name, as ES modules. `core/index.js` and `copy/index.js` are the copies of this package. */
  compile(files: Readonly<Record<string, string>>, options: ts.CompilerOptions): void;
  /** Runs a program there, and gives what it prints as JSON. */
  run(program: string): unknown;
  remove(): void;
}

const source = fileURLToPath(new URL('..', import.meta.url));
const dependencies = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
const esModule = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 };

export function createProject(): CompiledProject {
  const folder = mkdtempSync(join(tmpdir(), 'compiled-project-'));
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  write('package.json', '{ "type": "module" }');
  symlinkSync(dependencies, join(folder, 'node_modules'), 'junction');
  for (const [name, text] of compiledSources()) {
    write(join('core', name), text);
    write(join('copy', name), text);
  }

  return {
    compile: (files, options) => {
      const names = Object.entries(files).map(([name, text]) => write(name, text));
      ts.createProgram(names, { ...esModule, noLib: true, types: [], ...options }).emit();
    },
    run: (program) => {
      const file = write('program.mjs', program);
      const printed: unknown = JSON.parse(execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' }));
      return printed;
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

function compiledSources(): [name: string, text: string][] {
  return readdirSync(source, { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name))
    .map((name) => {
      const text = readFileSync(join(source, name), 'utf8');
      return [name.replace(/\.ts$/, '.js'), ts.transpileModule(text, { compilerOptions: esModule }).outputText];
    });
}
