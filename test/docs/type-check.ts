import * as dovetail from '@dovetail/sqlite';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { type Block, workspace } from './markdown.js';

/** What the compiler has to say of each block, by the page and line of its fence. Blocks see the packages as built. */
export function typeErrors(blocks: readonly Block[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'dovetail-docs-types-'));
  try {
    symlinkSync(join(workspace, 'node_modules'), join(folder, 'node_modules'), 'junction');
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
    const byFile = new Map(blocks.map((block, index) => [join(folder, `block-${index}.ts`), block]));
    for (const [file, block] of byFile) writeFileSync(file, moduleOf(block));
    return ts.getPreEmitDiagnostics(ts.createProgram([...byFile.keys()], options)).map((diagnostic) => {
      const block = byFile.get(diagnostic.file?.fileName ?? '');
      const place = block === undefined ? (diagnostic.file?.fileName ?? '') : `${block.page}:${block.line}`;
      return `${place}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  lib: ['lib.es2023.d.ts'],
  types: ['node'],
  typeRoots: [join(workspace, 'node_modules/@types')],
  strict: true,
  exactOptionalPropertyTypes: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  skipLibCheck: true,
  noEmit: true,
};

/** A block that imports nothing is an excerpt: it sees all of Dovetail, and an `orm` where it makes none itself. */
function moduleOf({ text }: Block): string {
  const isWhole = /^import /m.test(text);
  const imports = isWhole ? '' : `import { ${Object.keys(dovetail).join(', ')} } from '@dovetail/sqlite';`;
  const needsOrm = /\borm\b/.test(text) && !/const orm\b/.test(text);
  return [imports, needsOrm ? 'declare const orm: Dovetail;' : '', text, 'export {};'].join('\n');
}
