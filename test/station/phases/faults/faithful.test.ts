import { describe, expect, test } from 'vitest';
import type { PrinterProfile } from '../../../../src/ports/device.js';
import { FAULT_MEASURES } from '../../../../src/station/fault-names.js';
import { EMULATED } from '../../../world/emulated-names.js';
import { measurement, phase, those, virtualRun } from '../../bench.js';

const FAULTS = Object.keys(FAULT_MEASURES);
const PLAN = { phases: FAULTS };

describe('a printer that is as its profile says', () => {
  test.each(EMULATED)('%s: passes every fault that it can have', async (device) => {
    const { record } = await virtualRun({ device, plan: PLAN });
    expect({ failed: those(record, 'FAIL'), why: record.why }).toEqual({ failed: [], why: undefined });
    expect(record.outcome).toBe('PASS');
    expect(record.phases.map(({ name }) => name)).toEqual(FAULTS);
  });

  test('says byte by byte what the manuals say', async () => {
    const { record } = await virtualRun({ device: 'epson-tm-t88v', plan: PLAN });
    const said = (part: string) =>
      Object.fromEntries(
        FAULTS.filter((name) => !/cable|power/.test(name)).map((name) => [
          name.slice('fault.'.length),
          measurement(record, `${name}.${part}`).value,
        ]),
      );
    expect(said('status')).toEqual({
      'paper-near-end': '12 12 12 1e',
      'paper-out': '1a 32 12 72',
      'cover-open': '1a 16 12 12',
      jam: '1a 52 16 12',
      'jam-discarded': '1a 52 16 12',
      cutter: '1a 52 1a 12',
      overheat: '1a 52 52 12',
      offline: '1a 12 12 12',
    });
    expect(said('reported')).toEqual({
      'paper-near-end': '10 00 03 00',
      'paper-out': '18 00 0c 00',
      'cover-open': '38 00 00 00',
      jam: '18 04 00 00',
      'jam-discarded': '18 04 00 00',
      cutter: '18 08 00 00',
      overheat: '18 40 00 00',
      offline: '18 00 00 00',
    });
    expect(measurement(record, 'fault.paper-near-end.queued').value).toBe('03');
    expect(new Set(Object.values(said('recovered')))).toEqual(new Set(['12 12 12 12']));
    expect(new Set(Object.values(said('recovery-reported')))).toEqual(new Set(['10 00 00 00']));
  });

  test('holds what is sent meanwhile; DLE ENQ 1 prints it, and the cut after it; DLE ENQ 2 forgets it', async () => {
    const { record } = await virtualRun({ device: 'epson-tm-t88v', plan: PLAN });
    const lines = (name: string) => measurement(record, `fault.${name}.lines`).value;
    expect(['paper-near-end', 'paper-out', 'cover-open', 'jam', 'overheat', 'offline'].map(lines)).toEqual(
      Array(6).fill('1 2 3'),
    );
    expect(lines('jam-discarded')).toBe('none');
    expect(lines('cutter')).toBe('1 2 3 cut');
    expect(lines('power')).toBe('none');
    for (const name of ['paper-out', 'cover-open', 'jam']) {
      expect(measurement(record, `fault.${name}.waits`)).toMatchObject({ value: true, note: 'on the paper: none' });
    }
    expect(measurement(record, 'fault.cutter.waits').note).toBe('on the paper: 1 2 3');
    // The error outlasts its cause.
    expect(measurement(record, 'fault.jam.remains')).toMatchObject({ value: true, note: '1a 52 16 12' });
  });

  test('a cable is missed at once, and settings outlast it; power is missed by silence, and takes them along', async () => {
    const { record } = await virtualRun({ device: 'epson-tm-t88v', plan: PLAN });
    const values = (name: string) =>
      ['noticed-by', 'reopened', 'status', 'checkpoint', 'settings'].map(
        (part) => measurement(record, `fault.${name}.${part}`).value,
      );
    expect(values('cable')).toEqual(['the link', true, '12 12 12 12', true, 'kept']);
    expect(values('power')).toEqual(['silence', true, '12 12 12 12', true, 'lost']);
    expect(measurement(record, 'fault.cable.notice-time').value).toBeLessThan(50);
    expect(measurement(record, 'fault.power.notice-time').value).toBeGreaterThanOrEqual(600);
  });

  test('without automatic status the same is found by asking', async () => {
    const { record } = await virtualRun({ device: 'xprinter-xp-58', plan: PLAN });
    expect(measurement(record, 'fault.cover-open.reported')).toMatchObject({ value: 'silence', outcome: 'PASS' });
    expect(measurement(record, 'fault.cover-open.status').value).toBe('1a 16 12 12');
    expect(Number(measurement(record, 'fault.cover-open.report-time').value)).toBeLessThan(150);
    expect(measurement(record, 'fault.power.settings').outcome).toBe('SKIPPED');
  });

  test('what a model has not is left out, and why is said', async () => {
    const { record } = await virtualRun({ device: 'xprinter-xp-58', plan: PLAN });
    expect(phase(record, 'fault.cutter').outcome).toBe('SKIPPED');
    expect(measurement(record, 'fault.cutter.status').note).toBe('this model has no cutter');
    const { record: needles } = await virtualRun({ device: 'epson-tm-u220', plan: PLAN });
    expect(measurement(needles, 'fault.overheat.status').note).toBe('this model has no thermal head');
    // No near-end sensor: nothing is to be seen, and nothing is.
    expect(measurement(record, 'fault.paper-near-end.status')).toMatchObject({ value: '12 12 12 12', outcome: 'PASS' });
    expect(measurement(record, 'fault.paper-near-end.report-time').outcome).toBe('SKIPPED');
  });

  test('bits of the model are not taken for faults', async () => {
    const status = { realTime: { 1: { never: 0x60, always: 0 }, 2: { never: 0x40, always: 0x20 } } };
    const differs = { status };
    const { record } = await virtualRun({ device: 'star-tsp143', differs, plan: { phases: ['fault.jam'] } });
    // DLE EOT 2 bit 5 is set by this printer always; its profile does not know.
    expect(measurement(record, 'fault.jam.status')).toMatchObject({ value: '1a 32 16 12', outcome: 'FAIL' });
  });
});

interface Difference {
  readonly what: string;
  readonly device?: string;
  readonly differs: Partial<PrinterProfile>;
  readonly failed: readonly string[];
}

const PUSHED = ['paper-near-end', 'paper-out', 'cover-open', 'jam', 'jam-discarded', 'cutter', 'overheat', 'offline'];
const each = (items: readonly string[], ...parts: readonly string[]) =>
  items.flatMap((item) => parts.map((part) => `fault.${item}.${part}`));

describe('a printer that is not as its profile says fails exactly where it differs:', () => {
  const realTime = (n: number, never: number, always = 0) => ({ status: { realTime: { [n]: { never, always } } } });
  const DIFFERENCES: readonly Difference[] = [
    {
      what: 'it never pushes',
      differs: { status: { automatic: 'never' } },
      failed: each(PUSHED, 'reported', 'recovery-reported'),
    },
    {
      what: 'it pushes on enabling only',
      differs: { status: { automatic: 'once' } },
      failed: [...each(PUSHED, 'reported', 'recovery-reported'), 'fault.cable.settings'],
    },
    {
      what: 'it pushes though its profile says it does not',
      device: 'xprinter-xp-80',
      differs: { status: { realTime: { 1: { never: 96, always: 0 } }, automatic: 'changes' } },
      // It has no near-end sensor.
      failed: each(PUSHED.slice(1), 'reported', 'recovery-reported'),
    },
    { what: 'the bit of the open cover is missing', differs: realTime(2, 0x04), failed: ['fault.cover-open.status'] },
    { what: 'the bit of paper end is missing', differs: realTime(4, 0x60), failed: ['fault.paper-out.status'] },
    {
      what: 'the bit of near end is missing',
      differs: realTime(4, 0x0c),
      failed: ['fault.paper-near-end.status'],
    },
    {
      what: 'the bit of a jam is missing',
      differs: realTime(3, 0x04),
      failed: each(['jam', 'jam-discarded'], 'status'),
    },
    {
      what: 'the bit of the cutter is missing',
      differs: realTime(3, 0x08),
      failed: ['fault.cutter.status'],
    },
    { what: 'it never says that it is offline', differs: realTime(1, 0x08), failed: each(PUSHED.slice(1), 'status') },
    {
      what: 'it has no near-end sensor',
      differs: { nearEndMm: 0 },
      failed: each(['paper-near-end'], 'status', 'report-time', 'reported', 'queued', 'recovery-reported'),
    },
    {
      what: 'it does not answer GS r',
      differs: { status: { answersQueued: false } },
      failed: ['fault.paper-near-end.queued'],
    },
  ];

  test.each(DIFFERENCES)('$what', async ({ device = 'epson-tm-t88v', differs, failed }) => {
    const { record } = await virtualRun({ device, differs, plan: PLAN });
    expect(those(record, 'FAIL')).toEqual(failed);
  });

  test('a printer that has no cutter after all cannot be made to fail by it', async () => {
    const { record } = await virtualRun({ differs: { cutter: false }, plan: { phases: ['fault.cutter'] } });
    expect(phase(record, 'fault.cutter').outcome).toBe('SKIPPED');
  });
});
