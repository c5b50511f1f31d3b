import { expect, test } from 'vitest';
import { FAULTS } from '../../../src/faults/catalogue.js';
import { placeOf } from '../../../src/faults/explain.js';
import { DEVICES, drawDevice, drawRun } from '../../../src/sim/diagnosis/draw.js';
import { readPrinterProfile } from '../../../src/world/devices.js';

const profiles = new Map(DEVICES.map((name) => [name, readPrinterProfile(name)]));
const drawn = (seed: number) => {
  const profile = profiles.get(drawDevice(seed));
  if (profile === undefined) throw new Error('every device has a profile');
  return drawRun(seed, profile);
};
/** No till asks for anything in a run: what befalls tills has nothing to take hold of. */
const AT_SALES = FAULTS.filter(({ needs }) => needs !== 'tills');
const RUNS = Array.from({ length: 1_500 }, (_, i) => drawn(i + 1));

test('everything about a run follows from its seed', () => {
  expect(drawn(7)).toEqual(drawn(7));
  expect(drawn(8)).not.toEqual(drawn(7));
});

test('all faults that can befall a sale are drawn, one to three at a time, and each place about as often as the others', () => {
  const counts = RUNS.map(({ faults }) => faults.length);
  expect(new Set(counts)).toEqual(new Set([1, 2, 3]));
  const names = RUNS.flatMap(({ faults }) => faults.map(({ fault }) => fault));
  expect([...new Set(names)].sort()).toEqual(AT_SALES.map(({ name }) => name).sort());
  for (const place of new Set(AT_SALES.map(({ name }) => placeOf(name)))) {
    const share = names.filter((name) => placeOf(name) === place).length / names.length;
    expect(share, place).toBeGreaterThan(0.09);
    expect(share, place).toBeLessThan(0.16);
  }
});

test('at moments of every kind, for a time or until somebody mends it', () => {
  const moments = RUNS.flatMap(({ faults }) =>
    faults.map(({ when }) => (typeof when === 'string' ? when : Object.keys(Object(when))[0])),
  );
  expect(new Set(moments)).toEqual(new Set(['now', 'afterMs', 'line', 'byte', 'state', 'request', 'journal']));
  const lasting = RUNS.flatMap(({ faults }) => faults.map((fault) => 'for' in fault));
  expect(new Set(lasting)).toEqual(new Set([true, false]));
});

test('in shops of every kind: printers of two widths and more, one with needles; every policy; one sale, or two', () => {
  expect(new Set(RUNS.map(({ device }) => device))).toEqual(new Set(DEVICES));
  expect(new Set([...profiles.values()].map(({ paper }) => paper.widthMm)).size).toBeGreaterThan(2);
  expect(new Set([...profiles.values()].map(({ checkpoint }) => checkpoint)).size).toBeGreaterThan(1);
  expect([...profiles.values()].filter(({ ribbon }) => ribbon !== undefined).length).toBe(1);
  for (const field of ['reprint', 'unprinted', 'paper', 'print'] as const) {
    expect(new Set(RUNS.map(({ policy }) => policy[field])).size, field).toBeGreaterThan(1);
  }
  expect(new Set(RUNS.map(({ sales }) => sales.length))).toEqual(new Set([1, 2]));
});
