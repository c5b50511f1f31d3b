import { describe, expect, test } from 'vitest';
import type { PrinterProfile } from '../../src/ports/device.js';
import { nobody } from '../../src/station/hands.js';
import { measurement, phase, those, type VirtualRun, virtualRun } from './bench.js';

const SILENT: VirtualRun['says'] = {
  id: 'silent',
  checkpoint: 'none',
  clearsBuffer: false,
  status: { answersRealTime: false, answersQueued: false, answersIdentity: false, automatic: 'never' },
};
/** Its status is all that it tells. */
const STATUS_ONLY: VirtualRun['says'] = {
  id: 'status-only',
  checkpoint: 'DLE EOT',
  clearsBuffer: false,
  status: { answersQueued: false, answersIdentity: false, automatic: 'never' },
};
const BRISK = {
  latency: { samples: 20, loadSamples: 10 },
  throughput: { rates: [115_200], seconds: 0.3 },
  endurance: { tickets: 2 },
};

describe('a printer that answers nothing, as its profile says,', () => {
  test('passes: silence is right, its paper is looked at, and what takes answers is skipped with the reason', async () => {
    const { record } = await virtualRun({ says: SILENT, plan: BRISK });
    expect(those(record, 'FAIL')).toEqual([]);
    expect(record.outcome).toBe('PASS');
    expect(measurement(record, 'link.answers')).toMatchObject({ outcome: 'PASS', value: false });
    expect(measurement(record, 'status.real-time.1')).toMatchObject({ outcome: 'PASS', value: 'silence' });
    for (const name of ['characters.page.0', 'chinese.text', 'symbols.qr', 'graphics.dots', 'cutter.cuts'])
      expect(measurement(record, name).value).toBe(true);
    expect(measurement(record, 'endurance.on-paper')).toMatchObject({ outcome: 'PASS', value: 2 });
    expect(measurement(record, 'endurance.printed')).toMatchObject({
      outcome: 'SKIPPED',
      note: 'this model proves nothing: all 2 were sent, and none is confirmed',
    });
    for (const name of ['latency.idle.p99', 'throughput.115200.rate', 'buffer.size', 'fault.cable.noticed'])
      expect(measurement(record, name).note).toMatch(/^this model answers no DLE EOT/);
    // What is held while the cover is open comes out afterwards: paper needs no answers.
    expect(measurement(record, 'fault.cover-open.lines').value).toBe('1 2 3');
  });

  test('fails in what is not on its paper', async () => {
    const faults = [{ fault: 'printer.faded', when: 'now' }];
    const { record } = await virtualRun({
      says: SILENT,
      faults,
      plan: { ...BRISK, phases: ['graphics', 'endurance'] },
    });
    expect(those(record, 'FAIL')).toEqual(['graphics.dots', 'endurance.on-paper']);
  });

  test('that does answer is not as its profile says', async () => {
    const differs = { status: {} };
    const { record } = await virtualRun({ says: SILENT, differs, plan: { phases: ['link', 'status'] } });
    expect(measurement(record, 'link.answers')).toMatchObject({ outcome: 'FAIL', value: true });
    expect(measurement(record, 'status.real-time.4')).toMatchObject({ outcome: 'FAIL', value: '12' });
  });

  test('real, with nobody there: nothing is said of what nobody has seen', async () => {
    const { record } = await virtualRun({ says: SILENT, real: nobody, plan: BRISK });
    expect(those(record, 'FAIL')).toEqual([]);
    for (const name of ['graphics.dots', 'cutter.cuts', 'endurance.printed', 'endurance.on-paper'])
      expect(measurement(record, name).outcome).toBe('SKIPPED');
  });

  test('real, with somebody there: who looks is asked, and believed', async () => {
    const asked: string[] = [];
    const { record } = await virtualRun({
      says: SILENT,
      plan: { ...BRISK, phases: ['graphics', 'cutter', 'endurance', 'fault.cover-open'] },
      real: (clock) => ({
        idle: undefined,
        ask({ say }, answered) {
          asked.push(say);
          const timer = clock.setTimeout(() => answered(say.includes('cut') ? 'no' : 'yes'), 100);
          return () => clock.clearTimeout(timer);
        },
      }),
    });
    expect(asked).toHaveLength(3);
    expect(those(record, 'FAIL')).toEqual(['cutter.cuts']);
    expect(measurement(record, 'endurance.on-paper')).toMatchObject({ value: 2, note: 'seen by a person' });
    expect(measurement(record, 'fault.cover-open.status').note).toBe('this model answers no DLE EOT');
  });
});

describe('a printer that proves by its status only', () => {
  test('passes: by its profile neither GS ( H nor GS r is due', async () => {
    const { record } = await virtualRun({ says: STATUS_ONLY, plan: BRISK });
    expect(those(record, 'FAIL')).toEqual([]);
    expect(measurement(record, 'endurance.printed').value).toBe(2);
  });

  test('has not printed what it was sent with its cover open, whatever the time that has passed', async () => {
    const { record } = await virtualRun({
      device: 'xprinter-xp-58', // Its buffer holds all of it, so that questions get through.
      says: STATUS_ONLY,
      faults: [{ fault: 'printer.cover-open', when: { byte: 300 } }],
      plan: { phases: ['graphics'] },
      real: nobody,
    });
    expect(measurement(record, 'graphics.dots')).toMatchObject({ outcome: 'FAIL', note: 'not printed: cover open' });
  });
});

describe('what a record says of silence', () => {
  test('a number that could not be measured fails, limited or not', async () => {
    const differs: Partial<PrinterProfile> = { status: { answersRealTime: false } };
    const { record } = await virtualRun({
      differs,
      phases: () => [
        {
          name: 'speed',
          title: 'speed',
          needs: 'link',
          limitMs: () => 1_000,
          *run(bench) {
            yield* bench.wait(1);
            bench.results.measure({ name: 'speed.feed', title: 'speed', unit: 'mm/s' }, 'no answer');
          },
        },
      ],
    });
    expect(phase(record, 'speed').outcome).toBe('FAIL');
  });

  test('a link that goes down while it is asked is not called silence', async () => {
    const faults = [{ fault: 'link.printer-lost', when: { byte: 2 } }];
    const { record } = await virtualRun({ faults, plan: { phases: ['link', 'identity', 'status'] } });
    expect(measurement(record, 'link.answers')).toMatchObject({ outcome: 'FAIL', value: 'the link went down' });
  });
});
