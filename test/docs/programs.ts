import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { type Block, isProgram, workspace } from './markdown.js';

const { resolve } = createRequire(import.meta.url);
const hidden = fileURLToPath(new URL('programs/', import.meta.url));
const run = promisify(execFile);

/** Programs of one page, in a folder of their own: what one leaves in a file the next one finds there. */
export interface Workshop {
  /** Runs a program that the page shows, or one of `programs/`, and gives what it prints. */
  run(program: string): Promise<string>;
  /** Runs a program that the page shows with ts-node, tsx or plain Node.js, as its readers would. */
  runAsWritten(program: string, loader: 'ts-node' | 'tsx' | 'node', tsconfig: string): Promise<string>;
  dispose(): void;
}

/** The packages are those that `npm run build` has made. */
export function openWorkshop(blocks: readonly Block[]): Workshop {
  const folder = newFolder('{ "type": "module" }');
  const sources = new Map([...hiddenPrograms(), ...blocks.flatMap(shownProgram)]);
  for (const [name, source] of sources) {
    const file = join(folder, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, toJavaScript(source));
  }
  const folders = [folder];
  return {
    run: (program) => node(folder, [program.replace(/\.ts$/, '.js')]),
    runAsWritten(program, loader, tsconfig) {
      const place = newFolder('{}');
      folders.push(place);
      writeFileSync(join(place, 'tsconfig.json'), tsconfig);
      writeFileSync(join(place, program), sources.get(program) ?? '');
      return node(place, [...loaders[loader], program]);
    },
    dispose: () => {
      for (const path of folders) rmSync(path, { recursive: true, force: true });
    },
  };
}

const loaders = {
  'ts-node': [resolve('ts-node/dist/bin.js')],
  tsx: ['--import', pathToFileURL(resolve('tsx')).href],
  node: [],
};

function newFolder(manifest: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'dovetail-docs-'));
  symlinkSync(join(workspace, 'node_modules'), join(folder, 'node_modules'), 'junction');
  writeFileSync(join(folder, 'package.json'), manifest);
  return folder;
}

function hiddenPrograms(): [string, string][] {
  return readdirSync(hidden).map((name) => [name, readFileSync(join(hidden, name), 'utf8')]);
}

function shownProgram(block: Block): [string, string][] {
  return block.program !== undefined && isProgram(block) ? [[block.program, block.text]] : [];
}

function toJavaScript(source: string): string {
  const compilerOptions: ts.CompilerOptions = {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
  };
  return ts.transpileModule(source, { compilerOptions }).outputText;
}

async function node(cwd: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, args, { cwd });
  return stdout;
}
