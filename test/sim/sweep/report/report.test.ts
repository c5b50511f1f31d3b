import { expect, test } from 'vitest';
import { distinct, toldInFull } from '../../../../src/sim/report/told.js';
import type { SweepFailure } from '../../../../src/sim/sweep/batch.js';
import { coverageOf } from '../../../../src/sim/sweep/marks/coverage.js';
import { WITHIN } from '../../../../src/sim/sweep/marks/within.js';
import { failureLines, repeatLine } from '../../../../src/sim/sweep/report/failures.js';
import { SweepProgress } from '../../../../src/sim/sweep/report/progress.js';
import { summaryLines } from '../../../../src/sim/sweep/report/summary.js';
import type { RunSource } from '../../../../src/sim/sweep/source.js';
import { Totals } from '../../../../src/sim/sweep/totals.js';

const SOURCE: RunSource = { from: 'seeds', first: 40, profile: 'storm' };
const FAILURE: SweepFailure = {
  kind: 'safety',
  oracle: 'one-payment',
  says: 'one payment; two',
  number: 2,
  id: 'seed 42',
  seed: 42,
};

function totalsWith(failures: readonly SweepFailure[]): Totals {
  const totals = new Totals();
  totals.add({
    start: 0,
    count: 1_500,
    sales: 2_345,
    virtualMs: 7_200_000,
    records: 9_000,
    repeated: 30,
    faults: { 'printer.paper-jam': 7, 'network.down': 2 },
    marks: {},
    coverage: { states: {}, transitions: {} },
    failures,
    hashes: ['a'],
  });
  return totals;
}

test('a failure is told with the line that repeats it', () => {
  expect(failureLines(FAILURE, SOURCE)).toEqual([
    'safety (one-payment)  seed 42: one payment; two',
    '  repeat: paperjam sweep --seed 42 --seeds 1 --profile storm',
  ]);
  expect(repeatLine(42, { ...SOURCE, profile: 'swarm' })).toBe('paperjam sweep --seed 42 --seeds 1');
});

test('of a run that was not the same twice the first difference is shown', () => {
  const divergence = { line: 3, after: '5 state boot > idle', first: '9 journal 2', second: undefined };
  const { oracle: _, ...failure } = { ...FAILURE, kind: 'divergence' as const, says: 'parts at line 3', divergence };
  expect(failureLines(failure, SOURCE)).toEqual([
    'divergence  seed 42: parts at line 3',
    '  behind: 5 state boot > idle',
    '  first:  9 journal 2',
    '  second: (ended)',
    '  repeat: paperjam sweep --seed 42 --seeds 1 --profile storm',
  ]);
});

test('the summary tells what was done, what bit, what was not seen, and what failed, and where it is kept', () => {
  const totals = totalsWith([FAILURE]);
  const lines = summaryLines({
    totals,
    coverage: coverageOf(totals.marks, totals.runs, 'storm'),
    source: SOURCE,
    tookMs: 3_000,
    stopped: false,
    kept: new Map([['seed 42', { problem: 'as an ordinary fixture it does not fail' }]]),
  });
  expect(lines.slice(0, 4)).toEqual([
    '',
    'safety (one-payment)  seed 42: one payment; two',
    '  repeat: paperjam sweep --seed 42 --seeds 1 --profile storm',
    '  not shrunk: as an ordinary fixture it does not fail',
  ]);
  expect(lines).toContain('  printer     1 of 19               7');
  expect(lines.find((line) => line.startsWith('  payments told'))).toBe(
    '  payments told                  0 of 4   not seen: paid, not-paid, reversed, unknown',
  );
  const within = WITHIN['payment paid']?.storm;
  expect(lines).toContain(`not seen, and has to be within ${within} runs: payment paid`);
  expect(lines.slice(-4)).toEqual([
    '1,500 runs, 2,345 sales, 2.0 h simulated, 9,000 journal records, 9 faults bit; 30 runs done twice',
    '3.0 s, 2.0 ms a run',
    'failed: 1 safety',
    `seed 40, profile storm, hash ${totals.hash}`,
  ]);
});

test('the first of each kind and oracle is told in full, however many there were before it', () => {
  const more = Array.from({ length: 7 }, (_, i) => ({ ...FAILURE, number: i, id: `seed ${i}` }));
  const late = { ...FAILURE, kind: 'crash' as const, oracle: undefined, number: 9, id: 'seed 9' };
  expect(distinct([...more, late]).map(({ id }) => id)).toEqual(['seed 0', 'seed 9']);
  expect(toldInFull([...more, late]).map(({ id }) => id)).toEqual(['seed 0', 'seed 1', 'seed 2', 'seed 3', 'seed 9']);
});

test('on a pipe there is a line every ten seconds, and one for each failure at once', () => {
  const written: string[] = [];
  let nowMs = 0;
  const progress = new SweepProgress({
    stream: { write: (text) => written.push(text) },
    env: {},
    now: () => nowMs,
    runs: 4_000,
  });
  nowMs = 9_999;
  progress.show(totalsWith([]));
  expect(written).toEqual([]);
  nowMs = 10_000;
  progress.show(totalsWith([]));
  nowMs = 10_001;
  progress.show(totalsWith([FAILURE]));
  expect(written).toEqual([
    '1,500 of 4,000 runs  2,345 sales  2.0 h simulated  9 faults bit  0 failed  150 runs/s\n',
    'safety (one-payment)  seed 42: one payment; two\n',
  ]);
});
