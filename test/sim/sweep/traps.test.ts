import '../../../src/sim/sweep/gates.js'; // Before what is taken aside.

import crypto, {
  createDiffieHellmanGroup,
  createECDH,
  generateKeyPairSync,
  generateKeySync,
  generatePrimeSync,
  getRandomValues,
  randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  randomUUID,
  webcrypto,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import os, { freemem } from 'node:os';
import perfHooks from 'node:perf_hooks';
import { nextTick } from 'node:process'; // The runner now and then puts what it kept in the place of `process.nextTick`.
import timers, * as namedTimers from 'node:timers';
import timersPromises, * as namedPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { PaperjamError } from '../../../src/base/errors.js';
import { withoutChance } from '../../../src/sim/sweep/traps.js';
import { kept } from './taken-aside.js';

type Way = readonly [name: string, ask: () => unknown];

const AT = 1_767_225_600_000;
const bytes = () => new Uint8Array(1);
const nothing = () => {};
/** Its type has no constructor for us. */
const mark = () => Reflect.construct(PerformanceMark, ['here']);
const english = new Intl.DateTimeFormat('en');
const group = createDiffieHellmanGroup('modp14');
const onPrototype = (of: object, key: string): unknown =>
  Reflect.apply(Reflect.get(Object.getPrototypeOf(of), key), of, []);
/** Old names, that the types do not have any more. */
const old = (key: string): unknown => Reflect.apply(Reflect.get(crypto, key), crypto, [1]);

/** Each way to ask Node for chance or time, by the name that is said of it; several ways may lead to one. */
const WAYS: readonly Way[] = [
  ['Math.random', () => Math.random()],
  ['Date.now', () => Date.now()],
  ['Date.now', () => globalThis.Date.now()],
  ['new Date()', () => new Date()],
  ['new Date()', () => Reflect.construct(new Date(AT).constructor, [])],
  ['new Date()', () => new (class extends Date {})()],
  ['Date()', () => Date()],
  ['Intl.DateTimeFormat.format', () => new Intl.DateTimeFormat().format()],
  ['Intl.DateTimeFormat.format', () => english.format(undefined)],
  ['Intl.DateTimeFormat.formatToParts', () => english.formatToParts()],
  ['performance.now', () => performance.now()],
  ['performance.now', () => perfHooks.performance.now()],
  ['performance.now', () => onPrototype(performance, 'now')],
  ['performance.mark', () => performance.mark('here')],
  ['performance.measure', () => performance.measure('so long')],
  ['performance.toJSON', () => performance.toJSON()],
  ['performance.eventLoopUtilization', () => performance.eventLoopUtilization()],
  ['performance.timeOrigin', () => performance.timeOrigin],
  ['performance.nodeTiming', () => performance.nodeTiming],
  ['PerformanceEntry.startTime', () => mark().startTime],
  ['PerformanceEntry.duration', () => mark().duration],
  ['PerformanceMark.toJSON', () => mark().toJSON()],
  ['Event.timeStamp', () => new Event('press').timeStamp],
  ['process.hrtime', () => process.hrtime()],
  ['process.hrtime.bigint', () => process.hrtime.bigint()],
  ['process.uptime', () => process.uptime()],
  ['process.cpuUsage', () => process.cpuUsage()],
  ['process.memoryUsage', () => process.memoryUsage()],
  ['process.memoryUsage.rss', () => process.memoryUsage.rss()],
  ['process.resourceUsage', () => process.resourceUsage()],
  ['process.nextTick', () => nextTick(nothing)],
  ['os.freemem', () => freemem()],
  ['os.loadavg', () => os.loadavg()],
  ['os.uptime', () => os.uptime()],
  ['os.cpus', () => os.cpus()],
  ['setTimeout', () => clearTimeout(setTimeout(nothing, 0))],
  ['setTimeout', () => clearTimeout(timers.setTimeout(nothing, 0))],
  ['setTimeout', () => clearTimeout(namedTimers.setTimeout(nothing, 0))],
  ['setInterval', () => clearInterval(setInterval(nothing, 1_000))],
  ['setInterval', () => clearInterval(namedTimers.setInterval(nothing, 1_000))],
  ['setImmediate', () => clearImmediate(setImmediate(nothing))],
  ['setImmediate', () => clearImmediate(namedTimers.setImmediate(nothing))],
  ['timers/promises.setTimeout', () => timersPromises.setTimeout(0)],
  ['timers/promises.setTimeout', () => promisify(setTimeout)(0)],
  ['timers/promises.setImmediate', () => namedPromises.setImmediate()],
  ['timers/promises.setInterval', () => namedPromises.setInterval(1_000)],
  ['scheduler.wait', () => timersPromises.scheduler.wait(0)],
  ['scheduler.yield', () => timersPromises.scheduler.yield()],
  ['queueMicrotask', () => queueMicrotask(nothing)],
  ['AbortSignal.timeout', () => AbortSignal.timeout(0)],
  ['crypto.randomBytes', () => randomBytes(1)],
  ['crypto.randomBytes', () => crypto.randomBytes(1)],
  ['crypto.randomBytes', () => old('pseudoRandomBytes')],
  ['crypto.randomBytes', () => old('prng')],
  ['crypto.randomBytes', () => old('rng')],
  ['crypto.randomFill', () => randomFill(bytes(), nothing)],
  ['crypto.randomFillSync', () => randomFillSync(bytes())],
  ['crypto.randomInt', () => randomInt(2)],
  ['crypto.randomUUID', () => randomUUID()],
  ['crypto.randomUUID', () => globalThis.crypto.randomUUID()],
  ['crypto.randomUUID', () => onPrototype(webcrypto, 'randomUUID')],
  ['crypto.getRandomValues', () => getRandomValues(bytes())],
  ['crypto.getRandomValues', () => globalThis.crypto.getRandomValues(bytes())],
  ['crypto.getRandomValues', () => webcrypto.getRandomValues(bytes())],
  [
    'crypto.subtle.generateKey',
    () => webcrypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, ['encrypt']),
  ],
  ['crypto.generateKey', () => crypto.generateKey('hmac', { length: 64 }, nothing)],
  ['crypto.generateKeySync', () => generateKeySync('hmac', { length: 64 })],
  ['crypto.generateKeyPair', () => crypto.generateKeyPair('ed25519', {}, nothing)],
  ['crypto.generateKeyPairSync', () => generateKeyPairSync('ed25519')],
  ['crypto.generatePrime', () => crypto.generatePrime(32, nothing)],
  ['crypto.generatePrimeSync', () => generatePrimeSync(32)],
  ['crypto.createDiffieHellman', () => crypto.createDiffieHellman(Buffer.from([23]))],
  ['ECDH.generateKeys', () => createECDH('prime256v1').generateKeys()],
  ['DiffieHellman.generateKeys', () => group.generateKeys()],
];

/** The same by what was taken aside before the run, while something was loaded. */
const TAKEN_ASIDE: readonly Way[] = [
  ['Math.random', () => kept.random()],
  ['new Date()', () => new kept.Date()],
  ['Date.now', () => kept.now()],
  ['performance.now', () => kept.performanceNow()],
  ['process.hrtime', () => kept.hrtime()],
  ['process.hrtime.bigint', () => kept.hrtime.bigint()],
  ['setTimeout', () => clearTimeout(kept.setTimeout(nothing, 0))],
  ['crypto.randomBytes', () => kept.randomBytes(1)],
];

const caught = (play: () => unknown): unknown => {
  try {
    withoutChance(play);
    return undefined;
  } catch (error) {
    return error instanceof PaperjamError ? error.data.name : error;
  }
};

describe('while a run is played', () => {
  test.each(WAYS)('%s is out of reach, and given back afterwards', (name, ask) => {
    expect(caught(ask)).toBe(name);
    expect(ask).not.toThrow();
  });

  test.each(TAKEN_ASIDE)('%s is so to whoever took it aside', (name, ask) => {
    expect(caught(ask)).toBe(name);
    expect(ask).not.toThrow();
  });

  test('what asks no clock works as before', () => {
    const played = withoutChance(() => {
      const at = new Date(AT);
      return {
        at,
        iso: at.toISOString(),
        copy: Reflect.construct(at.constructor, [at]),
        dates: [at instanceof Date, at.constructor === Date, Object.getPrototypeOf(at) === Date.prototype],
        numbers: [Date.UTC(2026, 0, 1), Date.parse('2026-01-01T00:00:00Z'), new Date(2026, 0, 1).getMonth()],
        format: english.format(at).length,
        parts: english.formatToParts(AT).length,
      };
    });
    expect(played).toEqual({
      at: new Date('2026-01-01T00:00:00.000Z'),
      iso: '2026-01-01T00:00:00.000Z',
      copy: played.at,
      dates: [true, true, true],
      numbers: [AT, AT, 0],
      format: english.format(AT).length,
      parts: 5,
    });
  });
});

describe('the gates, when none is shut,', () => {
  test('let pass what was asked, and what is answered', async () => {
    const before = performance.now();
    expect(new Date() > new Date(AT - 86_400_000)).toBe(true);
    expect(Date()).toMatch(/^\w{3} \w{3} \d\d \d{4} /);
    expect(english.format()).toMatch(/^\d+\/\d+\/\d{4}$/);
    expect(randomBytes(5)).toHaveLength(5);
    expect(randomInt(7, 8)).toBe(7);
    expect(new Event('press').timeStamp).toBeGreaterThanOrEqual(before);
    expect(await timersPromises.setTimeout(0, 'told')).toBe('told');
    expect(await promisify(setImmediate)('told')).toBe('told');
    expect(await new Promise((told) => setTimeout(told, 0, 'told'))).toBe('told');
  });

  test('are hardly seen', () => {
    expect([Date.name, Date.length, setTimeout.name, Math.random.name]).toEqual(['Date', 7, 'setTimeout', 'random']);
    expect(Object.keys(globalThis)).not.toContain('Date');
    expect([english.format, setTimeout, Reflect.get(crypto, 'prng')]).toEqual([
      english.format,
      timers.setTimeout,
      randomBytes,
    ]);
    expect(Object.hasOwn(performance, 'now')).toBe(false);
    class Day extends Date {}
    expect(new Day(AT)).toBeInstanceOf(Day);
    expect(new Day(AT).getTime()).toBe(AT);
    expect(structuredClone(new Date(AT))).toBeInstanceOf(Date);
  });
});

test('everything is given back when a run throws', () => {
  expect(() =>
    withoutChance(() => {
      throw new Error('the run broke');
    }),
  ).toThrow('the run broke');
  for (const [, ask] of TAKEN_ASIDE) expect(ask).not.toThrow();
});

test('whoever swallows what a trap throws is found all the same', () => {
  const swallows = () => {
    try {
      return Math.random();
    } catch {
      return 0.5;
    }
  };
  expect(caught(swallows)).toBe('Math.random');
});

test('one run within another leaves the traps to the outer one', () => {
  expect(caught(() => [withoutChance(() => 1), Math.random()])).toBe('Math.random');
});

test.each(['sweep/worker', 'exhaustive/worker', 'planted/hunter'])(
  '%s has the gates put up before it loads anything else',
  (thread) => {
    const source = readFileSync(new URL(`../../../src/sim/${thread}.ts`, import.meta.url), 'utf8');
    expect(/^(?:import|export) [^;]*;/m.exec(source)?.[0]).toMatch(/^import '\.{1,2}\/(?:sweep\/)?gates\.js';$/);
  },
);
