import { defineConfig } from 'vitest/config';
import config from './vitest.config.js';

/** Benchmarks print what they measure, and run one after the other: `npm run bench:seeder`. */
export default defineConfig({
  ...config,
  test: {
    ...config.test,
    include: ['test/benchmarks/*.bench.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
