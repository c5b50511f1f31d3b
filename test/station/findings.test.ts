import { describe, expect, test } from 'vitest';
import type { PrinterProfile } from '../../src/ports/device.js';
import { PHASE_NAMES } from '../../src/station/names.js';
import { measurement, phase, those, virtualRun } from './bench.js';

/** Everything that is measured but for the faults, which have tests of their own, with less patience than usual. */
const PLAN = {
  phases: PHASE_NAMES.filter((name) => !name.startsWith('fault.')),
  latency: { samples: 20, loadSamples: 10 },
  throughput: { rates: [115_200], seconds: 0.3 },
  endurance: { tickets: 2, giveUpAfter: 1 },
};

describe('a printer that is not as its profile says fails exactly where it differs:', () => {
  const pages = (differs: readonly number[]) => differs.map((n) => `characters.page.${n}`);
  const DIFFERENCES: readonly (readonly [what: string, differs: Partial<PrinterProfile>, failed: readonly string[]])[] =
    [
      ['it is 12 % slower', { speedMmPerS: 176 }, ['speed.feed']],
      ['its buffer is smaller', { receiveBufferBytes: 2_048 }, ['buffer.size']],
      [
        'a bit of a status byte is always set',
        { status: { realTime: { 1: { never: 0, always: 0x20 } } } },
        ['status.real-time.1'],
      ],
      [
        'it does not answer GS r',
        { status: { answersQueued: false } },
        ['status.queued.paper', 'status.queued.drawer', 'checkpoint.queued.supported'],
      ],
      ['it does not answer GS I', { status: { answersIdentity: false } }, ['identity.answers']],
      ['it sends no automatic status', { status: { automatic: 'never' } }, ['status.automatic']],
      ['it cannot clear its buffer', { clearsBuffer: false }, ['status.clear']],
      ['it is another model', { model: 'TM-T88' }, ['identity.model']],
      ['it has no cutter', { cutter: false }, ['identity.type-id', 'cutter.cuts']],
      ['it has no Chinese', { cjk: 'none' }, ['identity.type-id', 'chinese.text', 'chinese.four-byte']],
      ['a code page is another', { codePages: { 17: 'cp437' } }, pages([17])],
      ['its head is narrower', { paper: { widthMm: 58, printableDots: 384, dpi: 203 } }, ['graphics.dots']],
    ];
  test.each(DIFFERENCES)('%s', async (_, differs, failed) => {
    const { record } = await virtualRun({ differs, plan: PLAN });
    expect(those(record, 'FAIL')).toEqual(failed);
    expect(those(record, 'MARGINAL')).toEqual([]);
    expect(record.outcome).toBe('FAIL');
  });

  test('7 % slower is within its limits, and near one', async () => {
    const { record } = await virtualRun({ differs: { speedMmPerS: 186 }, plan: PLAN });
    expect(those(record, 'MARGINAL')).toEqual(['speed.feed']);
    expect(phase(record, 'speed').outcome).toBe('MARGINAL');
    expect(record.outcome).toBe('PASS');
  });

  test('without GS ( H everything else is measured all the same, by GS r', async () => {
    const { record } = await virtualRun({
      differs: { checkpoint: 'GS r' },
      plan: { ...PLAN, phases: ['checkpoint', 'speed', 'buffer', 'graphics'] },
    });
    expect(those(record, 'FAIL')).toEqual(['checkpoint.process-id.supported']);
    expect(measurement(record, 'checkpoint.process-id.latency').outcome).toBe('SKIPPED');
    expect(measurement(record, 'speed.feed').value).toBeCloseTo(200, 0);
  });

  test('with neither, what cannot be proven is skipped and says so', async () => {
    const { record } = await virtualRun({
      device: 'star-tsp143',
      differs: { status: { answersQueued: false, realTime: { 1: { never: 96, always: 0 } } } },
      plan: { ...PLAN, phases: ['checkpoint', 'latency', 'speed', 'buffer', 'graphics'] },
    });
    expect(those(record, 'FAIL')).toEqual(['checkpoint.queued.supported']);
    expect(measurement(record, 'speed.feed').note).toContain('proves nothing');
    expect(measurement(record, 'buffer.size').note).toContain('proves nothing');
    expect(measurement(record, 'latency.load.printed').outcome).toBe('SKIPPED');
    // The paper is looked at after its time.
    expect(measurement(record, 'graphics.dots').outcome).toBe('PASS');
  });
});

describe('a fault put in beforehand', () => {
  const PRINTING = [
    'throughput',
    'buffer',
    'speed',
    'characters',
    'chinese',
    'symbols',
    'graphics',
    'cutter',
    'endurance',
  ];

  test.each([
    ['printer.paper-jam', 'mechanical error'],
    ['printer.paper-out', 'paper end'],
    ['printer.cover-open', 'cover open'],
    ['printer.offline', 'offline'],
    ['printer.overheat', 'head too hot'],
    ['printer.unrecoverable-error', 'unrecoverable error'],
  ])(
    '%s in the sixth line: the job under way fails for it, and what needs paper is skipped for it',
    async (fault, words) => {
      const { record, virtualMs } = await virtualRun({ faults: [{ fault }], plan: PLAN });
      expect(record.faults).toEqual([fault]);
      expect(those(record, 'FAIL')).toEqual(['latency.load.printed']);
      expect(measurement(record, 'latency.load.printed').note).toBe(words);
      for (const name of PRINTING) {
        expect(phase(record, name).outcome).toBe('SKIPPED');
        expect(measurement(record, `${name}.ready`).note).toBe(`still: ${words}`);
      }
      expect(virtualMs).toBeLessThan(60_000);
    },
  );

  test.each(['printer.mute', 'printer.hang', 'printer.power-off'])(
    '%s: all answers are missing, and the run is over soon',
    async (fault) => {
      const { record, virtualMs } = await virtualRun({ faults: [{ fault, when: 'now' }], plan: PLAN });
      expect(record.outcome).toBe('FAIL');
      expect(those(record, 'FAIL')).toEqual([
        'link.answers',
        'identity.answers',
        ...[1, 2, 3, 4].map((n) => `status.real-time.${n}`),
        'status.queued.paper',
        'status.queued.drawer',
        'status.automatic',
        'status.clear',
      ]);
      expect(measurement(record, 'status.real-time.1').value).toBe('silence');
      for (const name of PRINTING) expect(phase(record, name).outcome).toBe('SKIPPED');
      expect(virtualMs).toBeLessThan(40_000);
    },
  );

  test('printer.hang in the middle of a job: the missing answers fail, not the ones before', async () => {
    const plan = { ...PLAN, latency: { samples: 20, loadSamples: 40 } };
    const { record } = await virtualRun({ faults: [{ fault: 'printer.hang' }], plan });
    expect(those(record, 'FAIL')).toEqual(['latency.load.max', 'latency.load.printed']);
    expect(measurement(record, 'latency.load.printed').note).toBe('no answer');
  });

  test.each([
    ['printer.cutter-error', ['cutter.cuts']],
    ['printer.slow', ['speed.feed']],
    ['printer.dead-dots', ['graphics.dots']],
    ['printer.paper-near-end', ['status.real-time.4', 'status.queued.paper', 'status.automatic']],
  ])('%s', async (fault, failed) => {
    const { record } = await virtualRun({ faults: [{ fault }], plan: PLAN });
    expect(those(record, 'FAIL')).toEqual(failed);
  });

  test.each(['printer.faded', 'printer.upside-down-paper'])(
    '%s: every status is good, and the paper fails',
    async (fault) => {
      const { record } = await virtualRun({ faults: [{ fault }], plan: PLAN });
      const phases = record.phases.filter(({ outcome }) => outcome === 'FAIL').map(({ name }) => name);
      expect(phases).toEqual(['characters', 'chinese', 'symbols', 'graphics', 'endurance']);
      expect(measurement(record, 'endurance.printed').outcome).toBe('PASS');
      expect(measurement(record, 'endurance.on-paper').value).toBe(0);
    },
  );

  test('printer.wrong-code-page: all pages but the one it is set to, and Chinese', async () => {
    const { record } = await virtualRun({ faults: [{ fault: 'printer.wrong-code-page' }], plan: PLAN });
    expect(measurement(record, 'characters.page.0').outcome).toBe('PASS');
    expect(phase(record, 'characters').measurements.filter(({ outcome }) => outcome === 'PASS')).toHaveLength(1);
    expect(measurement(record, 'chinese.text').outcome).toBe('FAIL');
    expect(phase(record, 'graphics').outcome).toBe('PASS');
  });

  test('link.printer-lost after 900 bytes: what was under way fails, and later phases know why they are skipped', async () => {
    const { record, virtualMs } = await virtualRun({
      faults: [{ fault: 'link.printer-lost', when: { byte: 900 } }],
      plan: PLAN,
    });
    expect(phase(record, 'latency').outcome).toBe('FAIL');
    expect(phase(record, 'latency').notes.at(-1)).toBe('the link is down: memory was unplugged');
    expect(measurement(record, 'throughput.ready')).toMatchObject({
      outcome: 'FAIL',
      value: 'the link is down: memory is not plugged in',
    });
    expect(phase(record, 'endurance').outcome).toBe('SKIPPED');
    expect(virtualMs).toBeLessThan(60_000);
  });

  test('a cable that was out from the beginning', async () => {
    const { record, virtualMs } = await virtualRun({
      faults: [{ fault: 'link.printer-lost', when: 'now' }],
      plan: PLAN,
    });
    expect(those(record, 'FAIL')).toEqual(['link.opens']);
    expect(record.outcome).toBe('FAIL');
    expect(virtualMs).toBeLessThan(60_000);
  });

  test('an impact printer with a broken ribbon', async () => {
    const { record } = await virtualRun({
      device: 'epson-tm-u220',
      faults: [{ fault: 'printer.ribbon-broken' }],
      plan: PLAN,
    });
    expect(measurement(record, 'graphics.dots').outcome).toBe('FAIL');
    expect(measurement(record, 'status.real-time.3').outcome).toBe('PASS');
  });
});
