import { describe, expect, test } from 'vitest';
import type { Clock } from '../../../../src/ports/clock.js';
import { measurement, phase, those, virtualRun } from '../../bench.js';

const DEVICE = 'epson-tm-t88v';

describe('a fault that is in the printer beforehand', () => {
  test('and stops it: that fails once, by its name, and the other faults cannot be tried for it', async () => {
    for (const [fault, words] of [
      ['printer.cover-open', 'cover open'],
      ['printer.paper-out', 'paper end'],
      ['printer.offline', 'offline'],
      ['printer.unrecoverable-error', 'unrecoverable error'],
    ] as const) {
      const { record } = await virtualRun({
        device: DEVICE,
        plan: { phases: ['fault.cover-open', 'fault.paper-out', 'fault.power'] },
        faults: [{ fault, when: 'now' }],
      });
      expect(those(record, 'FAIL')).toEqual(['fault.cover-open.ready']);
      expect(measurement(record, 'fault.cover-open.ready').value).toBe(words);
      expect(measurement(record, 'fault.paper-out.ready').note).toBe(`still: ${words}`);
      expect(phase(record, 'fault.power').outcome).toBe('SKIPPED');
    }
  });

  test('near end: is not over when the roll is changed', async () => {
    const { record } = await virtualRun({
      device: DEVICE,
      plan: { phases: ['fault.paper-near-end', 'fault.cover-open'] },
      faults: [{ fault: 'printer.paper-near-end', when: 'now' }],
    });
    expect(measurement(record, 'fault.paper-near-end.recovered')).toMatchObject({
      value: '12 12 12 1e',
      outcome: 'FAIL',
    });
    expect(measurement(record, 'fault.cover-open.status')).toMatchObject({ value: '1a 16 12 1e', outcome: 'FAIL' });
    // Nothing of it stops the printer.
    expect(measurement(record, 'fault.cover-open.lines').outcome).toBe('PASS');
  });

  test('a jam: shows at the first line that has to move, and DLE ENQ does not help while it lasts', async () => {
    const { record } = await virtualRun({
      device: DEVICE,
      plan: { phases: ['fault.cover-open', 'fault.jam'] },
      faults: [{ fault: 'printer.paper-jam', when: 'now' }],
    });
    expect(measurement(record, 'fault.cover-open.status').outcome).toBe('PASS');
    expect(measurement(record, 'fault.cover-open.lines')).toMatchObject({ value: 'none', outcome: 'FAIL' });
    expect(measurement(record, 'fault.cover-open.checkpoint').outcome).toBe('FAIL');
    expect(measurement(record, 'fault.jam.ready')).toMatchObject({ value: 'mechanical error', outcome: 'FAIL' });
  });

  test('a blade that sticks: DLE ENQ does not help while it lasts', async () => {
    const { record } = await virtualRun({
      device: DEVICE,
      plan: { phases: ['fault.cutter'] },
      faults: [{ fault: 'printer.cutter-error', when: 'now' }],
    });
    expect(measurement(record, 'fault.cutter.status').outcome).toBe('PASS');
    expect(measurement(record, 'fault.cutter.recovered')).toMatchObject({ value: '1a 52 1a 12', outcome: 'FAIL' });
    expect(measurement(record, 'fault.cutter.lines')).toMatchObject({ value: '1 2 3', outcome: 'FAIL' });
  });

  test('a cable that is out: the faults cannot be tried, but it opens again for none of them', async () => {
    const { record } = await virtualRun({
      device: DEVICE,
      plan: { phases: ['fault.cable', 'fault.power'] },
      faults: [{ fault: 'link.printer-lost', when: 'now' }],
    });
    expect(measurement(record, 'fault.cable.ready').value).toBe('the link is down: memory is not plugged in');
    expect(measurement(record, 'fault.power.ready').outcome).toBe('SKIPPED');
  });
});

test('a jam that shows in another bit fails, byte by byte', async () => {
  // Hands that break it where they were to jam it: bit 5 of DLE EOT 3 in place of bit 2.
  const { record } = await virtualRun({
    device: DEVICE,
    plan: { phases: ['fault.jam'] },
    before: (_, { faults }) => {
      board = faults;
    },
    real: (clock: Clock) => ({
      idle: undefined,
      ask({ kind }, answered) {
        const timer = clock.setTimeout(() => {
          if (kind !== 'judge') id = id === undefined ? board?.put(BROKEN).id : void board?.clear(id);
          answered(kind === 'judge' ? 'no' : 'done');
        }, 100);
        return () => clock.clearTimeout(timer);
      },
    }),
  });
  expect(measurement(record, 'fault.jam.status')).toMatchObject({
    value: '1a 52 32 12',
    limits: { equals: '1a 52 16 12' },
    outcome: 'FAIL',
  });
  expect(measurement(record, 'fault.jam.reported')).toMatchObject({ value: '18 20 00 00', outcome: 'FAIL' });
});

const BROKEN = { fault: 'printer.unrecoverable-error', when: 'now' };
let board: { put(record: typeof BROKEN): { id: string }; clear(id: string): boolean } | undefined;
let id: string | undefined;
