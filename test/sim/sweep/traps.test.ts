import crypto, { getRandomValues, randomBytes, randomFill, randomFillSync, randomInt, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PaperjamError } from '../../../src/base/errors.js';
import { withoutChance } from '../../../src/sim/sweep/traps.js';

/** Each way to ask Node for chance or time, by the name that its trap says. */
const WAYS: Readonly<Record<string, () => unknown>> = {
  'Math.random': () => Math.random(),
  'Date.now': () => Date.now(),
  'new Date()': () => new Date(),
  'Date()': () => Date(),
  'performance.now': () => performance.now(),
  'process.hrtime': () => process.hrtime(),
  'process.hrtime.bigint': () => process.hrtime.bigint(),
  'process.uptime': () => process.uptime(),
  'process.nextTick': () => process.nextTick(() => {}),
  setTimeout: () => clearTimeout(setTimeout(() => {}, 0)),
  setInterval: () => clearInterval(setInterval(() => {}, 1_000)),
  setImmediate: () => clearImmediate(setImmediate(() => {})),
  queueMicrotask: () => queueMicrotask(() => {}),
  'crypto.randomBytes': () => randomBytes(1),
  'crypto.randomFill': () => randomFill(new Uint8Array(1), () => {}),
  'crypto.randomFillSync': () => randomFillSync(new Uint8Array(1)),
  'crypto.randomInt': () => randomInt(2),
  'crypto.randomUUID': () => randomUUID(),
  'crypto.getRandomValues': () => getRandomValues(new Uint8Array(1)),
};

/** The same by other roads. */
const ROADS: Readonly<Record<string, () => unknown>> = {
  'crypto.randomBytes': () => crypto.randomBytes(1),
  'crypto.randomUUID': () => globalThis.crypto.randomUUID(),
  'crypto.getRandomValues': () => globalThis.crypto.getRandomValues(new Uint8Array(1)),
  'Date.now': () => globalThis.Date.now(),
};

const caught = (play: () => unknown): unknown => {
  try {
    withoutChance(play);
    return undefined;
  } catch (error) {
    return error instanceof PaperjamError ? error.data.name : error;
  }
};

describe('while a run is played', () => {
  test.each(Object.entries(WAYS))('%s is out of reach, and given back afterwards', (name, ask) => {
    expect(caught(ask)).toBe(name);
    expect(ask).not.toThrow();
  });

  test.each(Object.entries(ROADS))('%s is so on any road', (name, ask) => {
    expect(caught(ask)).toBe(name);
    expect(ask).not.toThrow();
  });

  test('what asks no clock works as before', () => {
    const at = withoutChance(() => new Date(1_767_225_600_000));
    expect(at).toBeInstanceOf(Date);
    expect(at.toISOString()).toBe('2026-01-01T00:00:00.000Z');
    expect(withoutChance(() => [Date.UTC(2026, 0, 1), Date.parse('2026-01-01T00:00:00Z')])).toEqual([
      1_767_225_600_000, 1_767_225_600_000,
    ]);
    expect(withoutChance(() => at instanceof Date)).toBe(true);
  });
});

test('everything is as it was when a run throws', () => {
  const before = [Math.random, Date, globalThis.setTimeout, crypto.randomBytes, performance.now, process.hrtime];
  expect(() =>
    withoutChance(() => {
      throw new Error('the run broke');
    }),
  ).toThrow('the run broke');
  expect([Math.random, Date, globalThis.setTimeout, crypto.randomBytes, performance.now, process.hrtime]).toEqual(
    before,
  );
  expect(Object.hasOwn(performance, 'now')).toBe(false);
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
