/**
 * Sums what vitest's JSON reports in a folder count: `NAME.json`, with the exit code of that run in `NAME.exit`. A sweep's
 * report counts as one test, whatever the number of its runs. Whatever keeps a run from counting (a crash, a file that
 * cannot be loaded, an error outside of any test) counts as failed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '.'] = process.argv.slice(2);
const sum = { passed: 0, failed: 0, skipped: 0 };

for (const file of readdirSync(folder).filter((name) => name.endsWith('.exit'))) {
  const name = file.slice(0, -'.exit'.length);
  const exitCode = Number(readFileSync(join(folder, file), 'utf8'));
  const { passed, failed, skipped } = countsOf(name, exitCode);
  sum.passed += passed;
  sum.failed += failed;
  sum.skipped += skipped;
}
if (sum.passed === 0 && sum.failed === 0) console.log('No test ran.');

console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`);
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;

function countsOf(name, exitCode) {
  const report = reportOf(name);
  if (report === undefined) {
    console.log(`The run "${name}" ended with exit code ${exitCode} before it counted its tests: see above.`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  if (report.source !== undefined) return countOfSweep(report, exitCode);
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  for (const { name: test } of unloaded) console.log(`${test} could not be loaded: see above.`);
  const failed = report.numFailedTests + unloaded.length;
  const strayed = failed === 0 && exitCode !== 0;
  if (strayed) console.log(`The run "${name}" ended with exit code ${exitCode} although no test failed: see above.`);
  return {
    passed: report.numPassedTests,
    failed: failed + (strayed ? 1 : 0),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function countOfSweep({ runs, source }, exitCode) {
  if (exitCode === 0) return { passed: 1, failed: 0, skipped: 0 };
  console.log(`The sweep of ${runs} runs from seed ${source.first} ended with exit code ${exitCode}: see above.`);
  return { passed: 0, failed: 1, skipped: 0 };
}

function reportOf(name) {
  try {
    return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  } catch {
    return undefined;
  }
}
