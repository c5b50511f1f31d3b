import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './source.js';

/** What vitest's JSON reporter writes, as far as it is counted. */
const report = (passed: number, failed = 0, testResults: object[] = []) =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: 2, numTodoTests: 1, testResults });

/** Gives `.ci/sum.mjs` the files that `.ci/run` would have left. */
async function sum(files: Readonly<Record<string, string>>): Promise<{ exitCode: number | null; lines: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'paperjam-ci-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return await new Promise((resolve) => {
      const child = execFile(process.execPath, [join(ROOT, '.ci/sum.mjs'), folder], (_, stdout) =>
        resolve({ exitCode: child.exitCode, lines: stdout.trimEnd().split('\n') }),
      );
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the last line of .ci/run', () => {
  test('is the sum of all runs', async () => {
    const files = { 'tests.exit': '0\n', 'tests.json': report(40), 'corpus.exit': '0\n', 'corpus.json': report(2) };
    expect(await sum(files)).toEqual({ exitCode: 0, lines: ['42 passed, 0 failed, 6 skipped'] });
  });

  test('fails with a failed test', async () => {
    const files = { 'tests.exit': '1\n', 'tests.json': report(40, 1) };
    expect(await sum(files)).toEqual({ exitCode: 1, lines: ['40 passed, 1 failed, 3 skipped'] });
  });

  test('fails, and says why, when a run ended before it counted', async () => {
    for (const text of ['', '{"numPassed']) {
      const { exitCode, lines } = await sum({ 'tests.exit': '139\n', 'tests.json': text });
      expect(exitCode).toBe(1);
      expect(lines).toEqual([
        'The run "tests" ended with exit code 139 before it counted its tests: see above.',
        '0 passed, 1 failed',
      ]);
    }
  });

  test('fails when a test file cannot be loaded', async () => {
    const broken = { name: '/x/a.test.ts', status: 'failed', assertionResults: [] };
    const { exitCode, lines } = await sum({ 'tests.exit': '1\n', 'tests.json': report(40, 0, [broken]) });
    expect(exitCode).toBe(1);
    expect(lines).toEqual(['/x/a.test.ts could not be loaded: see above.', '40 passed, 1 failed, 3 skipped']);
  });

  test('fails when an error outside of any test ended the run', async () => {
    const { exitCode, lines } = await sum({ 'tests.exit': '1\n', 'tests.json': report(40) });
    expect(exitCode).toBe(1);
    expect(lines.at(-1)).toBe('40 passed, 1 failed, 3 skipped');
  });

  test('counts a sweep as one test', async () => {
    const tests = { 'tests.exit': '0\n', 'tests.json': report(40) };
    const swept = {
      'sweep.exit': '0\n',
      'sweep.json': JSON.stringify({ schema: 1, source: { first: 7 }, runs: 8_000 }),
    };
    expect(await sum({ ...tests, ...swept })).toEqual({ exitCode: 0, lines: ['41 passed, 0 failed, 3 skipped'] });
    expect(await sum({ ...tests, ...swept, 'sweep.exit': '4\n' })).toEqual({
      exitCode: 1,
      lines: [
        'The sweep of 8000 runs from seed 7 ended with exit code 4: see above.',
        '40 passed, 1 failed, 3 skipped',
      ],
    });
    expect((await sum({ ...tests, 'sweep.exit': '2\n' })).lines.at(-1)).toBe('40 passed, 1 failed, 3 skipped');
  });

  test('fails when no test ran', async () => {
    expect(await sum({ 'tests.exit': '0\n', 'tests.json': report(0) })).toEqual({
      exitCode: 1,
      lines: ['No test ran.', '0 passed, 0 failed, 3 skipped'],
    });
  });
});
