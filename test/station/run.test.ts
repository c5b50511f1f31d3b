import { describe, expect, test } from 'vitest';
import { MEASURES, measuredNames } from '../../src/station/names.js';
import { RUN_RECORD } from '../../src/station/record.js';
import { EMULATED } from '../world/emulated-names.js';
import { measurement, phase, those, virtualRun } from './bench.js';

const QUICK = {
  latency: { samples: 20, loadSamples: 10 },
  throughput: { rates: [38_400, 115_200], seconds: 0.3 },
  speed: { lengthsMm: [10, 20], repeats: 1 },
  endurance: { tickets: 2 },
};

describe('a printer that is as its profile says', () => {
  test.each(EMULATED)('%s passes every phase', async (device) => {
    const { record } = await virtualRun({ device });
    expect({ failed: those(record, 'FAIL'), near: those(record, 'MARGINAL'), why: record.why }).toEqual({
      failed: [],
      near: [],
      why: undefined,
    });
    expect(record.outcome).toBe('PASS');
    expect(record.phases.map(({ name }) => name)).toEqual(Object.keys(MEASURES));
    // Only what the model has not is left out.
    const allowed =
      /^(identity|cutter|checkpoint[.]process-id|chinese|fault[.](cutter|overheat))[.]|[.]settings$|near-end[.]re.*-time$/;
    expect(those(record, 'SKIPPED').filter((name) => !allowed.test(name))).toEqual([]);
  });

  test('gives a record that fits its schema, with pictures that fit their sums', async () => {
    const { record, files } = await virtualRun({ plan: QUICK });
    expect(RUN_RECORD.parse(record)).toEqual(record);
    expect(record.dut).toEqual({
      profile: 'epson-tm-m30',
      printer: 'emulated',
      maker: 'EPSON',
      model: 'TM-m30',
      serial: 'X4NT000001',
      firmware: '10.05 ESC/POS',
    });
    const named = record.phases.flatMap(({ attachments }) => attachments);
    expect([...files.keys()]).toEqual(named.map(({ file }) => file));
    expect(named.map(({ file }) => file)).toEqual([
      'characters-characters.png',
      'chinese-chinese.png',
      'chinese-chinese-at-power-on.png',
      'symbols-symbols.png',
      'graphics-graphics.png',
      'endurance-tickets.png',
    ]);
    for (const { file, bytes } of named) {
      expect(files.get(file)?.length).toBe(bytes);
      expect(Buffer.from(files.get(file)?.subarray(0, 4) ?? []).toString('latin1')).toBe('\x89PNG');
    }
  });

  test('measures only what the catalogue of names has, and all of it', async () => {
    const { record } = await virtualRun({ plan: QUICK });
    const measured = record.phases.flatMap(({ measurements }) => measurements.map(({ name }) => name));
    const fits = (pattern: string, name: string) => new RegExp(`^${pattern.replaceAll('*', '[^.]+')}$`).test(name);
    const patterns = measuredNames();
    expect(measured.filter((name) => !patterns.some((pattern) => fits(pattern, name)))).toEqual([]);
    const never = patterns.filter((pattern) => !measured.some((name) => fits(pattern, name)));
    expect(never.filter((pattern) => !/[.](ready|in-time)$/.test(pattern))).toEqual([]);
  });

  test('says the same twice, but for the name of the run', async () => {
    const first = await virtualRun({ device: 'xprinter-xp-58', plan: QUICK, runId: 'a' });
    const second = await virtualRun({ device: 'xprinter-xp-58', plan: QUICK, runId: 'b' });
    expect({ ...second.record, runId: 'a' }).toEqual(first.record);
    expect([...second.files]).toEqual([...first.files]);
  });
});

describe('the numbers', () => {
  test('of the virtual ground are those of the model', async () => {
    const { record } = await virtualRun({ device: 'xprinter-xp-58', plan: QUICK });
    expect(measurement(record, 'speed.feed').value).toBeCloseTo(90, 0);
    // XOFF is sent when 128 bytes are left.
    expect(measurement(record, 'buffer.size').value).toBe(32_768 - 128);
    // 11,520 bytes a second; the emulated line delivers in slices, which shows in so short a job.
    expect(Number(measurement(record, 'throughput.115200.rate').value) / 11_520).toBeCloseTo(1, 1);
    // Three bytes there and one back at 9600 baud, 10 bits each: 4.17 ms.
    expect(measurement(record, 'latency.idle.p50').value).toBeCloseTo(4.167, 2);
    expect(measurement(record, 'endurance.on-paper').value).toBe(2);
  });

  test('are drawn: histograms of the latencies, bars of the rates, lines of lengths and tickets', async () => {
    const { record } = await virtualRun({ plan: QUICK });
    const charts = record.phases.flatMap(({ name, charts }) =>
      charts.map(({ kind, points }) => [name, kind, points.length]),
    );
    expect(charts).toEqual([
      ['latency', 'histogram', expect.any(Number)],
      ['latency', 'histogram', expect.any(Number)],
      ['throughput', 'bars', 2],
      ['speed', 'line', 2],
      ['endurance', 'line', 2],
    ]);
    const counted = phase(record, 'latency').charts[0]?.points.reduce((sum, [, count]) => sum + count, 0);
    expect(counted).toBe(QUICK.latency.samples);
  });
});

describe('limits of the plan', () => {
  test('override those of the profile', async () => {
    const plan = { phases: ['speed'], speed: QUICK.speed, limits: { 'speed.feed': { min: 210, max: 300 } } };
    const { record } = await virtualRun({ plan });
    expect(measurement(record, 'speed.feed')).toMatchObject({ outcome: 'FAIL', limits: { min: 210, max: 300 } });
    expect(record.outcome).toBe('FAIL');
  });

  test('may be given to what had none', async () => {
    const plan = { phases: ['cutter'], limits: { 'cutter.time': { max: 100 } } };
    expect(those((await virtualRun({ plan })).record, 'FAIL')).toEqual(['cutter.time']);
  });
});
