import { describe, expect, test } from 'vitest';
import { fromAsb, fromRealtime, sameStatus } from '../../src/printer/status.js';

describe('the answers to DLE EOT 1 to 4', () => {
  test.each([
    ['all clear', [0x12, 0x12, 0x12, 0x12], []],
    ['all clear with the drawer pin high', [0x16, 0x12, 0x12, 0x12], []],
    ['cover open', [0x1a, 0x16, 0x12, 0x12], ['cover-open']],
    ['paper end seen by the sensor', [0x1a, 0x12, 0x12, 0x72], ['paper-out']],
    ['stopped by paper end', [0x1a, 0x32, 0x12, 0x12], ['paper-out']],
    ['mechanical error', [0x1a, 0x52, 0x16, 0x12], ['mechanical-error']],
    ['cutter error', [0x1a, 0x52, 0x1a, 0x12], ['cutter-error']],
    ['unrecoverable error', [0x1a, 0x52, 0x32, 0x12], ['unrecoverable-error']],
    ['overheat', [0x1a, 0x52, 0x52, 0x12], ['overheat']],
    ['offline without a cause', [0x1a, 0x12, 0x12, 0x12], ['offline']],
    ['jam with the cover open: the jam is the worse', [0x1a, 0x56, 0x16, 0x12], ['mechanical-error', 'cover-open']],
  ] as const)('%s', (_, [n1, n2, n3, n4], faults) => {
    expect(fromRealtime(n1, n2, n3, n4).faults).toEqual(faults);
  });

  test('a near end is told, and is no fault', () => {
    expect(fromRealtime(0x12, 0x12, 0x12, 0x1e)).toEqual({ faults: [], paperNearEnd: true, recoverable: false });
  });

  test('mechanical and cutter errors need DLE ENQ, heat does not', () => {
    expect(fromRealtime(0x1a, 0x52, 0x16, 0x12).recoverable).toBe(true);
    expect(fromRealtime(0x1a, 0x52, 0x1a, 0x12).recoverable).toBe(true);
    expect(fromRealtime(0x1a, 0x52, 0x52, 0x12).recoverable).toBe(false);
  });
});

describe('an automatic status', () => {
  test.each([
    ['all clear', [0x10, 0x00, 0x00], []],
    ['drawer pin high', [0x14, 0x00, 0x00], []],
    ['cover open', [0x38, 0x00, 0x00], ['cover-open']],
    ['paper end', [0x18, 0x00, 0x0f], ['paper-out']],
    ['mechanical error', [0x18, 0x04, 0x00], ['mechanical-error']],
    ['cutter error', [0x18, 0x08, 0x00], ['cutter-error']],
    ['unrecoverable error', [0x18, 0x20, 0x00], ['unrecoverable-error']],
    ['overheat', [0x18, 0x40, 0x00], ['overheat']],
    ['offline', [0x18, 0x00, 0x00], ['offline']],
  ] as const)('%s', (_, [b1, b2, b3], faults) => {
    expect(fromAsb(b1, b2, b3).faults).toEqual(faults);
  });

  test('a near end is told, and is no fault', () => {
    expect(fromAsb(0x10, 0x00, 0x03)).toEqual({ faults: [], paperNearEnd: true, recoverable: false });
  });
});

test('statuses are the same when nothing in them differs', () => {
  const status = { ready: false, life: 'faulty', faults: ['paper-out'], paperNearEnd: true, model: 'T' } as const;
  expect(sameStatus(status, { ...status, faults: ['paper-out'] })).toBe(true);
  expect(sameStatus(status, { ...status, faults: ['cover-open'] })).toBe(false);
  expect(sameStatus(status, { ...status, ready: true })).toBe(false);
  expect(sameStatus(status, { ...status, model: 'U' })).toBe(false);
  expect(sameStatus(status, { ...status, life: 'lost' })).toBe(false);
  expect(sameStatus(status, { ...status, proof: 'GS r' })).toBe(false);
  expect(sameStatus(status, { ...status, problem: 'unplugged' })).toBe(false);
});
