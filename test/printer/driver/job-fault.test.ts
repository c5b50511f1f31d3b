import { expect, test } from 'vitest';
import { DRIVER_DEFAULTS, type DriverOptions } from '../../../src/printer/options.js';
import { bench } from '../bench-world.js';
import type { ScriptedPrinter } from '../scripted-printer.js';
import { numbered } from '../tickets.js';

const DLE_ENQ_1 = '\x10\x05\x01';

/** A fault before the tenth line, and what is to be done about each. */
async function faulty(recovery: Partial<DriverOptions['recovery']>, happens: (printer: ScriptedPrinter) => void) {
  const world = await bench({ recovery: { ...DRIVER_DEFAULTS.recovery, ...recovery } });
  const { clock, printer } = world;
  clock.advance(100);
  printer.beforeLine.set(10, () => happens(printer));
  return { ...world, resumes: () => printer.heard.split(DLE_ENQ_1).length - 1 };
}

/** The cover is open and the paper jammed. */
function openAndJammed(printer: ScriptedPrinter): void {
  printer.fault([0x1a, 0x56, 0x16, 0x12], [0x38, 0x04, 0x00, 0x00]);
}

test('of two faults, the one after which the ticket is printed anew decides', async () => {
  const { clock, print } = await faulty({ 'cover-open': 'wait' }, openAndJammed);
  const startMs = clock.now();
  expect(print()).toMatchObject({ outcome: 'partial', reason: 'mechanical-error' });
  expect(clock.now() - startMs).toBeLessThan(1_000);
});

test('a second fault gives no more time than the first one had', async () => {
  const { clock, print } = await faulty({ 'cover-open': 'wait', 'mechanical-error': 'resume' }, (printer) => {
    printer.coverOpen();
    clock.setTimeout(() => openAndJammed(printer), 8_000);
  });
  const startMs = clock.now();
  expect(print()).toMatchObject({ outcome: 'partial', reason: 'mechanical-error' });
  expect(clock.now() - startMs).toBeGreaterThan(DRIVER_DEFAULTS.recoveryWaitMs);
  expect(clock.now() - startMs).toBeLessThan(DRIVER_DEFAULTS.recoveryWaitMs + 1_500);
});

test('a jam that stays is told to go on once a second, not at every answer', async () => {
  const { print, resumes } = await faulty({ 'mechanical-error': 'resume' }, (printer) => printer.jam());
  expect(print().outcome).toBe('partial');
  expect(resumes()).toBeGreaterThanOrEqual(8);
  expect(resumes()).toBeLessThanOrEqual(11);
});

test('a printer is told to go on only after an error that it does not leave by itself', async () => {
  const { print, resumes } = await faulty({ 'cover-open': 'resume' }, (printer) => printer.coverOpen());
  expect(print().outcome).toBe('partial');
  expect(resumes()).toBe(0);
});

test('a status made of noise is asked about in time, also in a long job', async () => {
  const { print } = await faulty({}, (printer) => printer.say(0x38, 0x00, 0x00, 0x00));
  expect(print({ ticket: numbered(150) }).outcome).toBe('printed');
});
