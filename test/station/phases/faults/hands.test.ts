import { describe, expect, test } from 'vitest';
import type { FaultBoard } from '../../../../src/faults/board.js';
import type { Clock } from '../../../../src/ports/clock.js';
import { type Hands, type HandsAnswer, type HandsRequest, nobody } from '../../../../src/station/hands.js';
import { measurement, phase, those, virtualRun } from '../../bench.js';

/** What a person does when asked: how long it takes, what happens to the printer, and what is said afterwards. */
interface Deed {
  readonly afterMs: number;
  readonly does?: 'begin' | 'end';
  readonly says?: HandsAnswer;
}

interface Script {
  readonly fault: string;
  readonly phase: string;
  readonly device?: string;
  /** One for each time that something is asked, in order. Nothing left: nobody answers any more. */
  readonly deeds: readonly Deed[];
  /** The answer to what is asked about the paper. Default `yes`. */
  readonly judges?: HandsAnswer;
}

/** A real printer, as far as the station can tell, with a person who follows a script. */
async function withPerson({ fault, phase: name, device = 'epson-tm-t88v', deeds, judges = 'yes' }: Script) {
  let board: FaultBoard | undefined;
  let put: string | undefined;
  const asked: string[] = [];
  const left = [...deeds];
  const acts = { begin: () => (put = board?.put({ fault, when: 'now' }).id), end: () => board?.clear(put ?? '') };
  const person = (clock: Clock): Hands => ({
    idle: undefined,
    ask({ say, kind }: HandsRequest, answered) {
      asked.push(say);
      const deed: Deed | undefined = kind === 'judge' ? { afterMs: 2_000, says: judges } : left.shift();
      if (deed === undefined) return () => {};
      const { afterMs, does, says } = deed;
      const timers = [
        clock.setTimeout(() => does !== undefined && acts[does](), afterMs),
        clock.setTimeout(() => says !== undefined && answered(says), afterMs + 400),
      ];
      // Hands go on with what they have begun, though the question is taken back.
      return () => clock.clearTimeout(timers[1]);
    },
  });
  const { record, virtualMs } = await virtualRun({
    device,
    plan: { phases: [name, 'link'], person: { timeLimitMs: 20_000 } },
    real: person,
    before: (_, { faults }) => {
      board = faults;
    },
  });
  return { record, virtualMs, asked };
}

describe('a person who is asked to open the cover', () => {
  const COVER = { fault: 'printer.cover-open', phase: 'fault.cover-open' };

  test('does so, and says nothing: the printer says it', async () => {
    const { record, asked } = await withPerson({
      ...COVER,
      deeds: [
        { afterMs: 3_000, does: 'begin' },
        { afterMs: 4_000, does: 'end' },
      ],
    });
    expect(asked).toEqual([
      'Open the cover.',
      'Close the cover.',
      'Are "cover-open 1" to "cover-open 3" on the paper, each once and whole?',
    ]);
    expect(record.outcome).toBe('PASS');
    expect(measurement(record, 'fault.cover-open.status').value).toBe('1a 16 12 12');
    expect(measurement(record, 'fault.cover-open.reported').value).toBe('38 00 00 00');
    expect(measurement(record, 'fault.cover-open.lines')).toMatchObject({ value: '1 2 3', outcome: 'PASS' });
    // Nobody knows to the millisecond when a hand moved.
    expect(those(record, 'SKIPPED')).toEqual(['fault.cover-open.report-time', 'fault.cover-open.recover-time']);
    expect(phase(record, 'fault.cover-open').notes.slice(0, 2)).toEqual([
      'asked: Open the cover.',
      'asked: Close the cover.',
    ]);
  });

  test('says that it did not work: is asked again, from the beginning of the time limit', async () => {
    const { record, asked } = await withPerson({
      ...COVER,
      deeds: [
        { afterMs: 15_000, says: 'retry' },
        { afterMs: 15_000, does: 'begin', says: 'done' },
        { afterMs: 100, says: 'retry' },
        { afterMs: 100, does: 'end', says: 'done' },
      ],
    });
    expect(asked.slice(0, 4)).toEqual(['Open the cover.', 'Open the cover.', 'Close the cover.', 'Close the cover.']);
    expect(record.outcome).toBe('PASS');
  });

  test('says so for ever: is asked four times', async () => {
    const { record, asked } = await withPerson({ ...COVER, deeds: Array(9).fill({ afterMs: 100, says: 'retry' }) });
    expect(asked).toEqual(Array(4).fill('Open the cover.'));
    expect(phase(record, 'fault.cover-open').outcome).toBe('SKIPPED');
    expect(measurement(record, 'fault.cover-open.status').note).toBe('not done in 4 attempts');
  });

  test('wants to skip it: all of it is skipped, and nothing fails', async () => {
    const { record } = await withPerson({ ...COVER, deeds: [{ afterMs: 100, says: 'skip' }] });
    expect(phase(record, 'fault.cover-open').outcome).toBe('SKIPPED');
    expect(measurement(record, 'fault.cover-open.lines').note).toBe('skipped');
    expect(record.outcome).toBe('PASS');
  });

  test('is not there: it is skipped when the time is up', async () => {
    const { record } = await withPerson({ ...COVER, deeds: [] });
    expect(phase(record, 'fault.cover-open').outcome).toBe('SKIPPED');
    expect(phase(record, 'fault.cover-open').durationMs).toBeGreaterThanOrEqual(20_000);
    expect(phase(record, 'fault.cover-open').durationMs).toBeLessThan(22_000);
    expect(measurement(record, 'fault.cover-open.status').note).toBe('not done within 20 s');
  });

  test('opens it, and goes away: what was seen stays, the rest is skipped', async () => {
    const { record } = await withPerson({ ...COVER, deeds: [{ afterMs: 100, does: 'begin' }] });
    expect(measurement(record, 'fault.cover-open.status')).toMatchObject({ value: '1a 16 12 12', outcome: 'PASS' });
    expect(measurement(record, 'fault.cover-open.recovered').note).toBe('not done within 20 s');
  });

  test('says that it is open, and it is not: what should be seen is looked for, and fails', async () => {
    const { record } = await withPerson({
      ...COVER,
      deeds: [
        { afterMs: 100, says: 'done' },
        { afterMs: 100, says: 'done' },
      ],
    });
    expect(those(record, 'FAIL')).toEqual([
      'fault.cover-open.status',
      'fault.cover-open.reported',
      'fault.cover-open.waits',
      'fault.cover-open.recovery-reported',
    ]);
    expect(measurement(record, 'fault.cover-open.status').value).toBe('12 12 12 12');
  });

  test('sees that a line is missing: that fails', async () => {
    const { record } = await withPerson({
      ...COVER,
      judges: 'no',
      deeds: [
        { afterMs: 100, does: 'begin' },
        { afterMs: 100, does: 'end' },
      ],
    });
    expect(those(record, 'FAIL')).toEqual(['fault.cover-open.lines']);
  });
});

describe('a person', () => {
  test('who holds the paper has to say so, since it shows only when the paper has to move', async () => {
    const { record, asked } = await withPerson({
      fault: 'printer.paper-jam',
      phase: 'fault.jam',
      deeds: [
        { afterMs: 2_000, does: 'begin', says: 'done' },
        { afterMs: 2_000, does: 'end', says: 'done' },
      ],
    });
    expect(asked[0]).toBe('Hold the paper at its outlet, so that it cannot move, and keep holding it.');
    expect(record.outcome).toBe('PASS');
    expect(measurement(record, 'fault.jam.status').value).toBe('1a 52 16 12');
    expect(measurement(record, 'fault.jam.remains').value).toBe(true);
    // The station knows when it sent the lines and the DLE ENQ.
    expect(measurement(record, 'fault.jam.report-time').value).toBeLessThan(100);
    expect(measurement(record, 'fault.jam.recover-time').value).toBeLessThan(100);
  });

  test('who lets go too late gets no recovery from DLE ENQ, and that is said', async () => {
    const { record } = await withPerson({
      fault: 'printer.paper-jam',
      phase: 'fault.jam',
      deeds: [
        { afterMs: 100, does: 'begin', says: 'done' },
        { afterMs: 100, says: 'done' },
      ],
    });
    expect(measurement(record, 'fault.jam.recovered')).toMatchObject({ value: '1a 52 16 12', outcome: 'FAIL' });
    expect(measurement(record, 'fault.jam.checkpoint').outcome).toBe('FAIL');
  });

  test('pulls the cable, and puts it in again', async () => {
    const { record } = await withPerson({
      fault: 'link.printer-lost',
      phase: 'fault.cable',
      deeds: [
        { afterMs: 5_000, does: 'begin' },
        { afterMs: 5_000, does: 'end' },
        { afterMs: 100, says: 'skip' },
        { afterMs: 100, says: 'skip' },
      ],
    });
    expect(record.outcome).toBe('PASS');
    expect(measurement(record, 'fault.cable.noticed-by').value).toBe('the link');
    expect(measurement(record, 'fault.cable.reopened').value).toBe(true);
    expect(measurement(record, 'fault.cable.notice-time').outcome).toBe('SKIPPED');
    expect(measurement(record, 'fault.cable.settings').note).toBe('skipped');
  });

  test('switches it off and on: silence tells', async () => {
    const { record } = await withPerson({
      fault: 'printer.power-off',
      phase: 'fault.power',
      deeds: [
        { afterMs: 5_000, does: 'begin' },
        { afterMs: 5_000, does: 'end' },
        { afterMs: 100, says: 'skip' },
        { afterMs: 100, says: 'skip' },
      ],
    });
    expect(record.outcome).toBe('PASS');
    expect(measurement(record, 'fault.power.noticed-by').value).toBe('silence');
    expect(measurement(record, 'fault.power.status').value).toBe('12 12 12 12');
  });
});

test('nobody: every fault is skipped at once, and nothing is asked', async () => {
  const asked: string[] = [];
  const { record, virtualMs } = await virtualRun({
    device: 'epson-tm-t88v',
    plan: { phases: ['fault.paper-out', 'fault.jam', 'fault.cable', 'fault.power', 'link'] },
    real: nobody,
    listener: { asked: (_, say) => asked.push(say) },
  });
  expect(asked).toEqual([]);
  expect(record.outcome).toBe('PASS');
  expect(phase(record, 'fault.jam').outcome).toBe('SKIPPED');
  expect(measurement(record, 'fault.power.noticed').note).toBe('nobody is there to be asked');
  expect(virtualMs).toBeLessThan(5_000);
});

test('nobody is asked to put anything into a blade, or to heat a head', async () => {
  const { record, asked } = await withPerson({ fault: 'printer.cutter-error', phase: 'fault.cutter', deeds: [] });
  expect(asked).toEqual([]);
  expect(measurement(record, 'fault.cutter.status').note).toBe('no hand can do that safely');
});
