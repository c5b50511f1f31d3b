// @ts-nocheck: Stryker's types are there only where Stryker is.
/**
 * Mutation tests of the firmware and of the driver: does some test fail when a line of them is wrong? Run by
 * `npm run mutants`, which installs Stryker beside this file.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  plugins: ['@stryker-mutator/vitest-runner', './test/mutants/sample.mjs'],
  ignorers: ['share'],
  testRunner: 'vitest',
  // By related files it would run nearly all tests of the house.
  vitest: { configFile: 'test/mutants/vitest.config.ts', related: false },
  mutate: ['src/terminal/**/*.ts', 'src/printer/**/*.ts'],
  coverageAnalysis: 'perTest',
  // Tables that are made once at import can only be judged by a process of their own for each.
  ignoreStatic: true,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportMutants: false },
  jsonReporter: { fileName: 'node_modules/.cache/paperjam/mutants.json' },
  tempDirName: 'node_modules/.cache/paperjam/mutants',
  timeoutMS: 20_000,
  symlinkNodeModules: true,
  ignorePatterns: ['.paperjam', 'dist', '.docs', 'test/mutants/node_modules'],
};
