import { defineConfig } from 'vitest/config';

/** The tests that judge mutants: those of firmware and driver, and a sweep. */
export default defineConfig({
  test: {
    include: ['test/terminal/**/*.test.ts', 'test/printer/**/*.test.ts', 'test/sim/sweep/few-seeds.test.ts'],
    setupFiles: ['test/setup.ts'],
    pool: 'threads',
    isolate: true, // Stryker's hooks are set once for each file.
    testTimeout: 30_000,
  },
});
