import { describe, expect, test } from 'vitest';
import { deviceOf } from '../../../../src/fixture/run.js';
import { drawFixture } from '../../../../src/sim/sweep/draw.js';
import { coverageOf } from '../../../../src/sim/sweep/marks/coverage.js';
import { exemption } from '../../../../src/sim/sweep/marks/exempt.js';
import { KNOWN, KNOWN_MARKS } from '../../../../src/sim/sweep/marks/known.js';
import { RECOVERY_PATHS, RecoveryWatch } from '../../../../src/sim/sweep/marks/recovery.js';
import { WITHIN } from '../../../../src/sim/sweep/marks/within.js';
import { playFixture } from '../../../../src/sim/sweep/play-seed.js';
import type { JournalEntry, JournalRecord } from '../../../../src/terminal/journal/record.js';

test('whatever there is to see must be seen by a swarm, or is exempt for a reason; never both', () => {
  const neither = KNOWN_MARKS.filter((mark) => WITHIN[mark]?.swarm === undefined && exemption(mark) === undefined);
  expect(neither).toEqual([]);
  const both = KNOWN_MARKS.filter((mark) => !mark.startsWith('transition ') && WITHIN[mark]?.swarm && exemption(mark));
  expect(both).toEqual([]);
});

test('nothing is asked for that there is not', () => {
  expect(Object.keys(WITHIN).filter((mark) => !KNOWN_MARKS.includes(mark))).toEqual([]);
});

test('every fault of the catalogue and every state of the terminal is asked for, in a thousand runs of a swarm mostly', () => {
  for (const group of ['fault', 'state'] as const) {
    const within = KNOWN[group].map((name) => WITHIN[`${group} ${name}`]?.swarm ?? Number.POSITIVE_INFINITY);
    expect(Math.max(...within)).toBeLessThanOrEqual(50_000);
    expect(within.sort((a, b) => a - b)[Math.floor(within.length / 2)]).toBeLessThanOrEqual(2_000);
  }
});

test('a sweep of tills in which nobody pays, no printer prints or nothing is told has failed in a few thousand runs', () => {
  const missed = coverageOf(new Map(), 2_000, 'tills').missed.map(({ mark }) => mark);
  const common = [
    'payment paid',
    'payment unknown',
    'ticket printed',
    'ticket partial',
    'state printing',
    'state reversed',
  ];
  expect(missed).toEqual(
    expect.arrayContaining([...common, 'cause terminal.power-cut', 'fault terminal.power-cut', 'till nexo paid']),
  );
  const asked = (group: string) => KNOWN_MARKS.filter((mark) => mark.startsWith(`${group} `) && WITHIN[mark]?.tills);
  expect([asked('payment').length, asked('ticket').length]).toEqual([4, 11]);
  expect(asked('fault').length).toBeGreaterThan(50);
});

test('the transitions are those of the machine, each by itself, and the states are all in which it can be', () => {
  expect(KNOWN.transition).toContain('settling.authorizing --AUTHORIZED[waiting]--> settling.awaitingBuyer');
  expect(KNOWN.transition).toContain('next --always[nextIsReverse]--> reversing.calling');
  expect(new Set(KNOWN.transition).size).toBe(KNOWN.transition.length);
  expect(KNOWN.state).toContain('reversing.pausing');
  expect(KNOWN.state).not.toContain('reversing');
});

test('what the machine did is seen once in a run, and counted as often as it was', async () => {
  const fixture = drawFixture(11, 'calm');
  const { result, coverage } = playFixture(fixture, await deviceOf(fixture.device));
  expect(result.sales).toBeGreaterThan(2);
  expect(coverage.states.get('scanning')).toBeGreaterThanOrEqual(result.sales);
  expect(result.marks.filter((mark) => mark === 'state scanning')).toHaveLength(1);
  const seen = result.marks.filter((mark) => mark.startsWith('transition '));
  expect(seen).toEqual([...coverage.transitions.keys()].map((key) => `transition ${key}`));
});

describe('a sweep that has not seen what it must', () => {
  test('has missed it when it was long enough, and only then', () => {
    const within = WITHIN['fault printer.paper-jam']?.swarm ?? 0;
    const missed = (runs: number, seen: readonly string[]) =>
      coverageOf(new Map(seen.map((mark) => [mark, { runs: 1, first: 0 }])), runs, 'swarm').missed.map(
        ({ mark }) => mark,
      );
    expect(within).toBeGreaterThan(0);
    expect(missed(within - 1, [])).not.toContain('fault printer.paper-jam');
    expect(missed(within, [])).toContain('fault printer.paper-jam');
    expect(missed(within, ['fault printer.paper-jam'])).not.toContain('fault printer.paper-jam');
  });

  test('tells what it has seen, the rarest first, and what not', () => {
    const marks = new Map([
      ['payment paid', { runs: 9, first: 0 }],
      ['payment unknown', { runs: 2, first: 3 }],
    ]);
    const payments = coverageOf(marks, 10, 'swarm').groups.find(({ group }) => group === 'payment');
    expect(payments).toEqual({
      group: 'payment',
      of: 4,
      seen: [
        { name: 'unknown', runs: 2 },
        { name: 'paid', runs: 9 },
      ],
      notSeen: ['not-paid', 'reversed'],
    });
  });
});

describe('the way of a recovery', () => {
  const walk = (...entries: readonly JournalEntry[]): string[] => {
    const paths: string[] = [];
    const watch = new RecoveryWatch((path) => paths.push(path));
    for (const [i, entry] of entries.entries())
      watch.hear({ ...entry, seq: i + 1, at: '2026-01-01T00:00:00.000Z', prev: '', hash: '' } as JournalRecord); // A record is an entry in its frame.
    return paths;
  };
  const boot = (...found: Extract<JournalEntry, { kind: 'boot' }>['found']): JournalEntry => ({
    kind: 'boot',
    version: '1',
    terminalId: 'T01',
    found,
  });

  test('is what the boot found, and the first record that decides something about that sale', () => {
    expect(
      walk(
        boot({ saleId: 'a', finding: 'ask' }, { saleId: 'b', finding: 'reprint' }),
        { kind: 'platform-answer', saleId: 'a', call: 'query', outcome: 'paid' },
        { kind: 'payment', saleId: 'a', fact: 'paid', by: 'query' },
        { kind: 'print-intent', saleId: 'a', jobId: 'a/1', copy: 0 },
        { kind: 'print-intent', saleId: 'b', jobId: 'b/2', copy: 1 },
      ),
    ).toEqual(['ask > paid', 'reprint > copy']);
  });

  test('ends at the next boot when the power goes before', () => {
    const found = { saleId: 'a', finding: 'reverse' } as const;
    expect(walk(boot(found), boot(found), { kind: 'unresolved', saleId: 'a' })).toEqual([
      'reverse > boot',
      'reverse > unresolved',
    ]);
  });

  test('is one of those that are known', () => {
    expect(RECOVERY_PATHS).toContain('ask > paid');
    expect(new Set(RECOVERY_PATHS).size).toBe(RECOVERY_PATHS.length);
  });
});
