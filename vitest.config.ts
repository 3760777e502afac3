import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

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

/** The file that takes minutes comes first: as the last one, it would run alone while a processor idles. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLongest = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith('/convergence.test.ts');
    const sorted = await super.sort(files);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

export default defineConfig({
  plugins: [standardDecorators],
  resolve: {
    alias: [
      { find: '@dovetail/core/driver', replacement: `${packages}core/src/driver-api.ts` },
      { find: '@dovetail/mysql/family', replacement: `${packages}mysql/src/family.ts` },
      { find: /^@dovetail\/([a-z-]+)$/, replacement: `${packages}$1/src/index.ts` },
    ],
  },
  test: {
    globalSetup: './test/servers/setup.ts',
    // A test waits for its server half of the time, so that three keep even two processors busy.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    // What a file of tests leaves in its process is in nobody's way, and modules are loaded once a process.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Servers are slower than a file, and several tests share one.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    reporters: ['default', './scripts/count-reporter.mjs'],
  },
});
