import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIXTURE, type Fixture } from '../../../src/fixture/language/fixture.js';
import { nameProblems } from '../../../src/fixture/reading/names.js';
import { shrink } from '../../../src/sim/shrink/shrink.js';
import { fixtureYaml } from '../../../src/sim/shrink/yaml.js';
import { anyFixture } from './fixtures.js';

const TITLE = { zh: '测试', en: 'test' };
const MANY = { runs: 5_000 };

/** As a file would say it, without its title. */
function said(fixture: Fixture): string {
  return fixtureYaml(fixture, '').split('\n').slice(4).join('\n');
}

/** Two customers, and an answer that is lost at some request: what the wrong firmware here stumbles over. */
function isDuplicate({ faults, steps }: Fixture): boolean {
  const lost = faults.some(({ fault, when }) => fault === 'platform.answer-lost' && 'request' in Object(when));
  const customers = steps.filter(({ sell }) => sell?.customer !== undefined);
  return lost && customers.length >= 2;
}

const LARGE = FIXTURE.parse({
  title: TITLE,
  about: 'a storm',
  device: 'epson-tm-t88v',
  seed: 99,
  policy: { reprint: 'when-ready' },
  networkMs: 137,
  faults: [
    { fault: 'printer.paper-jam', when: { line: 7 } },
    { fault: 'platform.answer-lost', times: 3, when: { request: 7, method: 'alipay.trade.pay' }, for: 30_000 },
    { fault: 'link.delay', delayMs: 217 },
  ],
  steps: [
    ...Array.from({ length: 12 }, (_, i) => [
      { sell: { fen: 1_111 + i, customer: { does: 'confirms', afterMs: 4_321 } } },
      { wait: { settled: String(i + 1) } },
      { wait: 1_234 },
      { 'decline-ticket': { sale: i + 1 } },
    ]).flat(),
    'restart',
    'heal',
  ],
  expect: { sales: { 3: { payment: 'paid' } }, paper: { order: [1, 2] } },
});

describe('shrinking', () => {
  test('leaves of a storm what it takes to fail, in its simplest words', () => {
    const { fixture, finished, faults, steps } = shrink(LARGE, isDuplicate, MANY);
    expect(said(fixture)).toBe(
      [
        'faults:',
        '  - { fault: platform.answer-lost, when: { request: 1 } }',
        'steps:',
        '  - sell: { yuan: 1.00, customer: pays }',
        '  - sell: { yuan: 1.00, customer: pays }',
        '',
      ].join('\n'),
    );
    expect({ finished, faults, steps }).toEqual({ finished: true, faults: 1, steps: 2 });
  });

  test('takes a sale together with the steps that speak of it', () => {
    const asked: Fixture[] = [];
    const { fixture } = shrink(
      LARGE,
      (candidate) => {
        asked.push(candidate);
        return candidate.steps.some((step) => step['decline-ticket']?.sale?.endsWith('5'));
      },
      MANY,
    );
    expect(asked.every((candidate) => nameProblems(candidate).length === 0)).toBe(true);
    expect(said(fixture)).toBe('steps:\n  - sell: { yuan: 1.00, as: sale5 }\n  - decline-ticket: sale5\n');
  });

  test('makes a wait of a sale that is there for its time alone', () => {
    const isLong = ({ sell, wait }: Fixture['steps'][number]) =>
      sell !== undefined || (wait !== undefined && 'forMs' in wait && wait.forMs >= 4_500);
    const fails = ({ steps }: Fixture) => steps[0]?.sell !== undefined && steps.slice(1).some(isLong);
    expect(said(shrink(LARGE, fails, MANY).fixture)).toBe('steps:\n  - sell: { yuan: 1.00 }\n  - wait: 5s\n');
  });

  test('keeps to times that are needed, and makes them round', () => {
    const waits = (fixture: Fixture) =>
      fixture.steps.reduce((sum, { wait }) => sum + (wait !== undefined && 'forMs' in wait ? wait.forMs : 0), 0);
    const { fixture } = shrink(LARGE, (candidate) => waits(candidate) >= 7_000, MANY);
    expect(said(fixture)).toBe('steps:\n  - wait: 7s\n');
  });

  test('finds the one fault and the one step that fail together, wherever they are', () => {
    fc.assert(
      fc.property(anyFixture(), anyFixture(), fc.nat(), fc.nat(), (first, second, a, b) => {
        const fixture = mixed(first, second);
        const fault = fixture.faults[a % fixture.faults.length];
        const step = fixture.steps[b % fixture.steps.length];
        const has = (all: readonly unknown[], one: unknown) => all.some((other) => verbOf(other) === verbOf(one));
        const fails = (one: Fixture) => has(one.faults, fault) && has(one.steps, step);
        const { fixture: left, finished } = shrink(fixture, fails, MANY);
        expect(finished).toBe(true);
        expect(left.faults).toHaveLength(1);
        // A step that speaks of a sale needs the one that begins it.
        expect(left.steps.length).toBeLessThanOrEqual(2);
        expect(left).toMatchObject({ seed: 1, device: 'epson-tm-m30', notify: false, networkMs: 20, expect: {} });
      }),
      { numRuns: 40 },
    );
  });

  test('makes the same runs and comes to the same, every time', () => {
    const once = () => {
      const asked: string[] = [];
      const shrunk = shrink(LARGE, (one) => asked.push(fixtureYaml(one, '')) > 0 && isDuplicate(one), MANY);
      return { asked, shrunk };
    };
    const { asked, shrunk } = once();
    expect(once()).toEqual({ asked, shrunk });
    expect(shrunk.runs).toBe(asked.length);
    expect(new Set(asked).size).toBe(asked.length);
  });

  test('ends when its runs are used up, with the smallest fixture so far', () => {
    const { fixture, runs, finished } = shrink(LARGE, isDuplicate, { runs: 6 });
    expect({ runs, finished }).toEqual({ runs: 6, finished: false });
    expect(isDuplicate(fixture)).toBe(true);
    expect(fixture.steps.length).toBeLessThan(LARGE.steps.length);
  });

  test('refuses a fixture that does not fail', () => {
    expect(() => shrink(LARGE, () => false, MANY)).toThrow(expect.objectContaining({ code: 'PJ_SHRINK' }));
  });
});

/** The faults and steps of two, with the names of the first. */
function mixed(first: Fixture, second: Fixture): Fixture {
  const fault = { fault: 'printer.mute' };
  return { ...first, faults: [...second.faults, ...first.faults, fault] };
}

function verbOf(one: unknown): string {
  return Object.entries(Object(one))
    .flatMap(([key, value]) => (value === undefined || key === 'at' ? [] : [key === 'fault' ? String(value) : key]))
    .sort()
    .join(' ')
    .replaceAll(/ ?\b(as|when|for)\b/g, '');
}
