import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installPacked } from './install-packed.js';

const { ModuleKind, ModuleResolutionKind } = ts;
let folder: string;

beforeAll(() => {
  folder = installPacked();
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

// `imported` is written with `import ... from`, `required` with `import ... = require()`; the extension decides whether
// `imported` is an ES module or a CommonJS one, where the resolution looks at that.
test.each([
  { name: 'node10', resolution: ModuleResolutionKind.Node10, module: ModuleKind.CommonJS, extensions: ['.ts', '.ts'] },
  { name: 'node16', resolution: ModuleResolutionKind.Node16, module: ModuleKind.Node16, extensions: ['.mts', '.cts'] },
  {
    name: 'nodenext',
    resolution: ModuleResolutionKind.NodeNext,
    module: ModuleKind.NodeNext,
    extensions: ['.mts', '.cts'],
  },
  {
    name: 'bundler',
    resolution: ModuleResolutionKind.Bundler,
    module: ModuleKind.Preserve,
    extensions: ['.ts', '.ts'],
  },
])(
  'types resolve under $name, from ES modules and CommonJS',
  ({ name, resolution, module, extensions: [imported, required] }) => {
    const files = [
      consumer('imported', name, imported),
      consumer('imported', `${name}-commonjs`, required),
      consumer('required', name, required),
    ];
    const program = ts.createProgram(files, {
      target: ts.ScriptTarget.ES2022,
      module,
      moduleResolution: resolution,
      lib: ['lib.es2023.d.ts'],
      typeRoots: [join(folder, 'node_modules/@types')],
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      experimentalDecorators: true,
      noEmit: true,
    });
    expect(messages(ts.getPreEmitDiagnostics(program))).toEqual([]);
  },
  60_000,
);

function consumer(fixture: string, name: string, extension = '.ts'): string {
  const file = join(folder, 'types', `${fixture}-${name}${extension}`);
  copyFileSync(join(folder, 'types', `${fixture}.ts`), file);
  return file;
}

function messages(diagnostics: readonly ts.Diagnostic[]): string[] {
  return diagnostics.map(
    ({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
  );
}
