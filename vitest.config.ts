import { defineConfig } from 'vitest/config';

/** One run for everything: unit, laws, golden, end to end. Built packages are tested as they ship. */
export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
