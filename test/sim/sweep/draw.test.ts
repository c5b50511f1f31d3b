import { describe, expect, test } from 'vitest';
import { FAULTS } from '../../../src/faults/catalogue.js';
import { FIXTURE, type Fixture } from '../../../src/fixture/language/fixture.js';
import { saleNamesOf } from '../../../src/fixture/language/sales.js';
import { VERB_NAMES } from '../../../src/fixture/language/steps.js';
import { nameProblems } from '../../../src/fixture/reading/names.js';
import { named } from '../../../src/sim/shrink/names.js';
import { fixtureOf, plainFixture } from '../../../src/sim/shrink/plain.js';
import { emulatedModels, otherKinds } from '../../../src/sim/sweep/draw/devices.js';
import { drawFixture } from '../../../src/sim/sweep/draw.js';
import { SWEEP_PROFILES, type SweepProfile } from '../../../src/sim/sweep/profile.js';
import { DEFAULT_TIMINGS } from '../../../src/terminal/timings.js';
import { writtenOf } from './written.js';

const drawn = (profile: SweepProfile, count: number) =>
  Array.from({ length: count }, (_, seed) => drawFixture(seed, profile));
const faultsOf = ({ faults, steps }: Fixture) => [...faults, ...steps.flatMap(({ fault }) => fault ?? [])];
/** Those of a till's line come besides. */
const ownFaultsOf = (fixture: Fixture) => faultsOf(fixture).filter(({ as }) => as?.startsWith('f'));
const salesOf = ({ steps }: Fixture) => saleNamesOf(steps).length;
const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;

const SWARM = drawn('swarm', 1_500);

test('everything about a run follows from its seed and its profile', () => {
  expect(drawFixture(7, 'storm')).toEqual(drawFixture(7, 'storm'));
  expect(drawFixture(7, 'storm')).not.toEqual(drawFixture(8, 'storm'));
  expect(drawFixture(7, 'storm')).not.toEqual(drawFixture(7, 'swarm'));
});

test.each(SWEEP_PROFILES)(
  'a run of %s is an ordinary fixture: written out and read again it is the same',
  (profile) => {
    for (const fixture of drawn(profile, 60)) {
      expect(FIXTURE.parse(JSON.parse(JSON.stringify(writtenOf(fixture)))), `seed ${fixture.seed}`).toEqual(fixture);
      expect(nameProblems(fixture), `seed ${fixture.seed}`).toEqual([]);
    }
  },
);

test.each(SWEEP_PROFILES)('every run of %s can be shrunk, whoever begins its sales', (profile) => {
  for (const fixture of drawn(profile, 150)) {
    expect(fixtureOf(named(plainFixture(fixture))), `seed ${fixture.seed}`).toBeDefined();
  }
});

test('every fault of the catalogue, every printer and every deed of people is drawn', () => {
  expect(new Set(SWARM.flatMap(faultsOf).map(({ fault }) => fault))).toEqual(new Set(FAULTS.map(({ name }) => name)));
  const devices = [...emulatedModels(), ...otherKinds()].map(({ device }) => device);
  expect(new Set(SWARM.map(({ device }) => device))).toEqual(new Set(devices));
  const done = new Set(SWARM.flatMap(({ steps }) => steps.flatMap((step) => Object.keys(step))));
  expect([...done].sort()).toEqual([...VERB_NAMES, 'at'].filter((verb) => verb !== 'expect').sort());
});

describe('the profiles', () => {
  test('calm is many sales and hardly a fault, storm is many faults', () => {
    const [calm, storm] = [drawn('calm', 300), drawn('storm', 300)];
    expect(mean(calm.map(salesOf))).toBeGreaterThan(8);
    expect(mean(calm.map((one) => faultsOf(one).length))).toBeLessThan(0.6);
    expect(Math.min(...storm.map((one) => ownFaultsOf(one).length))).toBe(3);
    expect(Math.max(...storm.map((one) => ownFaultsOf(one).length))).toBe(12);
  });

  test('a power cut mostly comes while a write is pending', () => {
    const cuts = SWARM.flatMap(faultsOf).filter(({ fault }) => fault === 'terminal.power-cut');
    const pending = cuts.filter(({ when }) => typeof when === 'object' && when !== null && 'journal' in when);
    expect(cuts.length).toBeGreaterThan(300);
    expect(pending.length / cuts.length).toBeGreaterThan(0.7);
  });

  test('some runs are all of one kind: swarm testing', () => {
    const kinds = SWARM.map(faultsOf).filter((faults) => faults.length >= 4);
    const alike = kinds.filter((faults) => new Set(faults.map(({ fault }) => fault)).size <= faults.length / 2);
    expect(alike.length).toBeGreaterThan(10);
  });

  test('no terminal forgets a code that can still be paid with', () => {
    expect(Math.min(...drawn('storm', 500).map(({ timings }) => timings.codeLifeMs))).toBe(DEFAULT_TIMINGS.codeLifeMs);
  });
});

test('a printer that proves by time is never a slow one', () => {
  const byTime = SWARM.filter(({ device }) => device.endsWith('dle-eot.yaml') || device.endsWith('plain.yaml'));
  expect(byTime.length).toBeGreaterThan(20);
  expect(byTime.flatMap(faultsOf).filter(({ fault }) => fault === 'printer.slow')).toEqual([]);
});

test('some delays are as long as nobody expects, and most are not', () => {
  const late = SWARM.flatMap(faultsOf).filter(({ fault }) => fault === 'network.latency');
  const ms = late.map(({ delayMs }) => Number(delayMs)).sort((a, b) => a - b);
  expect(ms.at(-1)).toBeGreaterThan(20_000);
  expect(ms[Math.floor(ms.length / 2)]).toBeLessThan(4_000);
});

test('an answer can come back within the time that the terminal waits for it', () => {
  for (const { networkMs, timings } of drawn('storm', 500)) {
    const { authorizeTimeoutMs, queryTimeoutMs, cancelTimeoutMs } = timings;
    expect(2 * networkMs).toBeLessThan(Math.min(authorizeTimeoutMs, queryTimeoutMs, cancelTimeoutMs));
  }
});

test('in the end all faults are ended, and every sale has to settle', () => {
  for (const { steps, refusals } of SWARM) {
    const verbs = steps.flatMap((step) => Object.keys(step));
    // Behind that a till asks about each of its sales once more.
    expect(verbs.slice(verbs.indexOf('heal')).filter((verb) => verb !== 'till' && verb !== 'wait')).toEqual(['heal']);
    expect(refusals).toBe('passed-over');
  }
});
