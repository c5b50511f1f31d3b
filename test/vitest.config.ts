import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
    pool: 'forks',
    maxWorkers: 3, // One more than the two cores that are reckoned with: tests on real wires wait much of their time.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
