import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { defineConfig } from 'vitest/config';

const { ModuleKind, ScriptTarget, transpileModule } = ts;
const packages = fileURLToPath(new URL('./packages/', import.meta.url));

// Vite compiles legacy decorators, as the tsconfig.json of each file says, and leaves standard ones as they stand, which
// Node.js can't run. So files that use standard decorators are named `*.standard.ts` and compiled by TypeScript first.
const standardDecorators = {
  name: 'standard-decorators',
  enforce: 'pre' as const,
  transform: {
    filter: { id: /\.standard(\.test)?\.ts$/ },
    handler: (source: string, fileName: string) => {
      const compilerOptions = { target: ScriptTarget.ES2022, module: ModuleKind.ESNext, sourceMap: true };
      const { outputText, sourceMapText } = transpileModule(source, { fileName, compilerOptions });
      return { code: outputText, map: sourceMapText };
    },
  },
};

export default defineConfig({
  plugins: [standardDecorators],
  resolve: {
    alias: [
      { find: '@dovetail/core/driver', replacement: `${packages}core/src/driver-api.ts` },
      { find: /^@dovetail\/([a-z-]+)$/, replacement: `${packages}$1/src/index.ts` },
    ],
  },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    reporters: ['default', './scripts/count-reporter.mjs'],
  },
});
