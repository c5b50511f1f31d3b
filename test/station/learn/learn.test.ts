import { describe, expect, test } from 'vitest';
import type { PrinterProfile } from '../../../src/ports/device.js';
import { nobody } from '../../../src/station/hands.js';
import { type Learned, learn } from '../../../src/station/learn/learn.js';
import { PHASE_NAMES } from '../../../src/station/names.js';
import type { Measurement, RunRecord } from '../../../src/station/record.js';
import { readPrinterProfile } from '../../../src/world/devices.js';
import { type VirtualRun, virtualRun } from '../bench.js';

const T88V = readPrinterProfile('epson-tm-t88v');

/** A record of which somebody has made the values. */
function record(values: Readonly<Record<string, Measurement['value']>>, rest: Partial<RunRecord> = {}): RunRecord {
  const measurements = Object.entries(values).map(
    ([name, value]): Measurement =>
      value === undefined
        ? { name, title: name, outcome: 'SKIPPED', note: 'nobody is there' }
        : { name, title: name, value, outcome: 'PASS' },
  );
  const times = { startedAt: '2026-05-01T10:00:00.000Z', endedAt: '2026-05-01T10:01:00.000Z' };
  return {
    format: 'paperjam.station/1',
    runId: 'r1',
    outcome: 'PASS',
    dut: { profile: 'epson-tm-t88v', printer: '/dev/ttyS0', maker: 'ACME', model: 'T1', serial: '42', firmware: '1.0' },
    station: { version: '1.2.3', node: '20', platform: 'test', clock: 'wall' },
    ...times,
    faults: [],
    phases: [
      {
        name: 'link',
        title: 'Link',
        startedAt: times.startedAt,
        durationMs: 1,
        outcome: 'PASS',
        measurements,
        charts: [],
        attachments: [],
        notes: [],
      },
    ],
    ...rest,
  };
}

const ANSWERS = { 'link.answers': true };
const from = (values: Record<string, Measurement['value']>, base: PrinterProfile = T88V): Learned =>
  learn(record({ ...ANSWERS, ...values }), base, { baud: 19_200 });

async function learnedFrom(options: VirtualRun): Promise<Learned> {
  const { record: run } = await virtualRun({ device: 'epson-tm-t88v', ...options });
  return learn(run, T88V, { baud: 38_400 });
}

describe('what was measured', () => {
  test('is said with its source: version, day, and what the printer says of itself', () => {
    expect(from({}).source).toEqual([
      'measured by paperjam station 1.2.3, 2026-05-01, ACME T1 42 1.0',
      'held against epson-tm-t88v, run r1: PASS',
    ]);
    const silent = { profile: 'epson-tm-t88v', printer: '/dev/ttyS0' };
    expect(learn(record(ANSWERS, { dut: silent }), T88V, { baud: 9_600 }).source[0]).toBe(
      'measured by paperjam station 1.2.3, 2026-05-01, a printer that does not say what it is',
    );
  });

  test('the buffer is larger than what was taken, by what is left when BUSY comes', () => {
    const bytes = (taken: number) =>
      from({ 'buffer.size': taken, 'buffer.flow-control': 'dtr' }).profile.receiveBufferBytes;
    expect(bytes(3_968)).toBe(4_096);
    expect(bytes(896)).toBe(1_024);
    // A quarter of a small buffer.
    expect(bytes(192)).toBe(256);
  });

  test('a buffer that was never full has at least so much', () => {
    const { profile, assumed } = from({ 'buffer.size': 120_000, 'buffer.flow-control': undefined });
    expect(profile.receiveBufferBytes).toBe(120_128);
    expect(assumed).toContainEqual(expect.stringMatching(/^receiveBufferBytes: 120000 at least/));
  });

  test('a checkpoint is what waits for the paper, whatever is answered', () => {
    const proves = (idWaits: boolean | undefined, queueWaits: boolean | undefined) =>
      from({
        'checkpoint.process-id.supported': idWaits !== undefined,
        'checkpoint.process-id.waits': idWaits,
        'checkpoint.queued.supported': queueWaits !== undefined,
        'checkpoint.queued.waits': queueWaits,
      });
    expect(proves(true, true).profile.checkpoint).toBe('GS ( H');
    expect(proves(undefined, true).profile.checkpoint).toBe('GS r');
    // It answers GS ( H at once: that proves nothing.
    expect(proves(false, true).profile.checkpoint).toBe('GS r');
    const neither = proves(false, false);
    expect(neither.profile.checkpoint).toBe('DLE EOT');
    expect(neither.assumed).toContainEqual(expect.stringMatching(/^checkpoint: neither/));
  });

  test('a printer that answers no DLE EOT, and names itself, is learned as one that proves nothing', () => {
    const { profile } = from({
      'link.answers': false,
      ...Object.fromEntries([1, 2, 3, 4].map((n) => [`status.real-time.${n}`, 'silence'])),
      'identity.answers': true,
      'checkpoint.process-id.supported': true,
      'checkpoint.process-id.waits': true,
    });
    expect(profile).toMatchObject({ checkpoint: 'none', status: { answersRealTime: false } });
  });

  test('the rate is that of the line; a network has none', () => {
    expect(from({}).profile.baud).toBe(19_200);
    const network = learn(record(ANSWERS), T88V, { baud: undefined });
    expect(network.profile.baud).toBe(38_400);
    expect(network.assumed).toContain('baud: the line has no rate of its own');
  });

  test('a Chinese printer that is said to have none is known by its name for it', () => {
    const base: PrinterProfile = { ...T88V, cjk: 'none' };
    const values = { 'identity.answers': true, 'identity.type-id': '03', 'identity.language': 'CHINA GB18030' };
    const { profile, assumed } = from(values, base);
    expect(profile.cjk).toBe('gb18030');
    expect(assumed).toContain('cjk: by its name for it (CHINA GB18030), not read on paper');
    expect(from({ ...values, 'identity.language': 'JAPANESE' }, base).profile.cjk).toBe('shift_jis');
    expect(from({ ...values, 'identity.language': '?' }, base).profile.cjk).toBe('none');
  });

  test('a cutter that is there and does not cut is in doubt', () => {
    const { profile, assumed } = from({ 'identity.type-id': '03', 'cutter.cuts': false });
    expect(profile.cutter).toBe(true);
    expect(assumed).toContainEqual(expect.stringMatching(/^cutter: .*did not cut/));
    expect(from({ 'cutter.cuts': false }).profile.cutter).toBe(false);
    expect(from({ 'identity.type-id': '01' }).profile.cutter).toBe(false);
  });

  test('a speed that no profile can say is not learned', () => {
    for (const value of [0.2, 5_000, 'no slope', undefined]) {
      const { profile, assumed } = from({ 'speed.feed': value });
      expect(profile.speedMmPerS).toBe(300);
      expect(assumed).toContainEqual(expect.stringMatching(/^speedMmPerS: speed[.]feed: /));
    }
  });
});

test('a line that carries no question while the cover is open is stopped then', () => {
  const cover = (status: string) =>
    from({
      'fault.cover-open.status': status,
      'fault.cover-open.recovered': '12 12 12 12',
      'buffer.flow-control': 'dtr',
    });
  expect(cover('silence').profile.busyWhen).toBe('full or offline');
  expect(cover('1a 16 12 12').profile.busyWhen).toBeUndefined();
  expect(from({}).assumed).toContain('busyWhen: nothing tells when it makes its host wait');
});

describe('bits of the status', () => {
  const idle = {
    'status.real-time.1': '12',
    'status.real-time.2': '12',
    'status.real-time.3': '12',
    'status.real-time.4': '12',
  };
  const cover = { 'fault.cover-open.recovered': '12 12 12 12', 'fault.cover-open.waits': true };

  test('never set: clear though its cause was there', () => {
    const { profile } = from({ ...idle, ...cover, 'fault.cover-open.status': '1a 12 12 12' });
    expect(profile.status?.realTime).toEqual({ '2': { never: 0x04, always: 0 } });
  });

  test('always set: set when all is well, and with every cause', () => {
    const { profile } = from({
      ...idle,
      'status.real-time.2': '32',
      ...cover,
      'fault.cover-open.status': '1a 36 12 12',
    });
    expect(profile.status?.realTime).toEqual({ '2': { never: 0, always: 0x20 } });
  });

  test('in another place: missing in its own, and in doubt in the other', () => {
    const { profile, assumed } = from({
      ...idle,
      'fault.jam.status': '1a 52 32 12',
      'fault.jam.recovered': '12 12 12 12',
    });
    expect(profile.status?.realTime).toEqual({ '3': { never: 0x04, always: 0 } });
    expect(assumed).toContain('status: DLE EOT 3 bit 5 is set by other causes than the manuals say');
  });

  test('of a fault that left no trace are not learned: perhaps nobody did it', () => {
    const { profile } = from({
      ...idle,
      'fault.cover-open.status': '12 12 12 12',
      'fault.cover-open.recovered': '12 12 12 12',
      'fault.cover-open.waits': false,
    });
    expect(profile.status).toBeUndefined();
  });

  test('that nothing was tried for stay as they were known, and that is said', () => {
    const star = readPrinterProfile('star-tsp143');
    const { profile, assumed } = from(idle, star);
    expect(profile.status?.realTime).toEqual({ '1': { never: 96, always: 0 } });
    expect(assumed).toContain('status: DLE EOT 1 bit 6 is never set; nothing that sets it was tried');
  });

  test('the drawer is nobody’s business', () => {
    expect(from({ ...idle, 'status.real-time.1': '16' }).profile.status).toBeUndefined();
  });
});

describe('what was not measured', () => {
  test('stays as in the profile, and each is named with its reason', () => {
    const { profile, assumed, changes } = from({ 'speed.feed': undefined });
    const { id: _, baud: __, ...base } = T88V;
    expect(profile).toEqual({ ...base, baud: 19_200 });
    expect(changes).toEqual(['baud: 19200 (38400 in epson-tm-t88v)']);
    expect(assumed[0]).toBe(
      'as in epson-tm-t88v, since the station does not measure them: paper, columns, memory, motionUnits, headToCutterMm',
    );
    const named = assumed.slice(1).map((words) => words.slice(0, words.indexOf(':')));
    expect(named).toEqual(
      expect.arrayContaining(['speedMmPerS', 'receiveBufferBytes', 'checkpoint', 'cutter', 'cjk', 'nearEndMm']),
    );
    expect(assumed).toContain('speedMmPerS: speed.feed: nobody is there');
    expect(assumed).toContain('receiveBufferBytes: buffer.size was not measured');
  });

  test('since nobody was there for the faults: the rest is learned all the same', async () => {
    const { profile, assumed } = await learnedFrom({ differs: { speedMmPerS: 200 }, real: nobody });
    expect(profile.speedMmPerS).toBeCloseTo(200, 0);
    expect(assumed).toContain('nearEndMm: fault.paper-near-end.status: nobody is there to be asked');
    expect(assumed).toContain('status.automatic: no fault was tried that it could have reported');
    expect(assumed).toContainEqual(
      expect.stringMatching(/^cjkAtPowerOn: chinese.at-power-on: printed, and not looked at/),
    );
  });

  test('since the plan left it out', async () => {
    const { profile, assumed } = await learnedFrom({
      differs: { receiveBufferBytes: 1_024, speedMmPerS: 200 },
      plan: { phases: ['link', 'speed'] },
    });
    expect(profile).toMatchObject({ receiveBufferBytes: 4_096, identity: T88V.identity });
    expect(profile.speedMmPerS).toBeCloseTo(200, 0);
    expect(assumed).toContain('maker, model: identity.answers was not measured, so as in the profile');
  });

  test('with faults put in, which is said', async () => {
    const { profile, assumed } = await learnedFrom({
      faults: [{ fault: 'printer.slow', when: 'now' }],
      plan: { phases: ['link', 'speed'] },
    });
    expect(profile.speedMmPerS).toBeLessThan(290);
    expect(assumed.at(-1)).toBe('measured with faults put in: printer.slow');
  });
});

describe('where the evidence is thin or contradicts itself', () => {
  test('a near-end sensor that the profile denies is there, at no distance that anybody knows', () => {
    const near = { 'fault.paper-near-end.status': '12 12 12 1e' };
    expect(from(near, { ...T88V, nearEndMm: 0 }).profile).not.toHaveProperty('nearEndMm');
    expect(from(near, { ...T88V, nearEndMm: 9_000 }).profile.nearEndMm).toBe(9_000);
    expect(
      from({ 'fault.paper-near-end.status': '12 12 12 12' }, { ...T88V, nearEndMm: 9_000 }).profile.nearEndMm,
    ).toBe(0);
  });

  test('a printer without Chinese has none at power-on either', () => {
    const { profile } = from({
      'chinese.text': false,
      'chinese.at-power-on': false,
      'identity.answers': true,
      'identity.type-id': '02',
    });
    expect(profile.cjk).toBe('none');
    expect(profile).not.toHaveProperty('cjkAtPowerOn');
  });

  test('the rate of the line is the printer’s only when it was seen to answer on it', () => {
    const { profile, assumed } = learn(record({ 'status.real-time.1': '12' }), T88V, { baud: 19_200 });
    expect(profile.baud).toBe(T88V.baud);
    expect(assumed).toContain('baud: link.answers was not measured');
  });

  test('some bytes that were taken are no buffer', () => {
    const { profile, assumed } = from({ 'buffer.size': 10, 'buffer.flow-control': 'dtr' });
    expect(profile.receiveBufferBytes).toBe(T88V.receiveBufferBytes);
    expect(assumed).toContain('receiveBufferBytes: buffer.size: 10');
  });

  test('GS r that works is not the proof while nobody knows whether GS ( H does', () => {
    const queued = { 'checkpoint.queued.supported': true, 'checkpoint.queued.waits': true };
    expect(from(queued).profile.checkpoint).toBe('GS ( H');
    expect(from(queued).assumed).toContain('checkpoint: checkpoint.process-id.supported was not measured');
    expect(from({ ...queued, 'checkpoint.process-id.supported': false }).profile.checkpoint).toBe('GS r');
  });

  test('automatic status that the profile denies and that came when it was asked for is not denied again', () => {
    const base: PrinterProfile = { ...T88V, status: { automatic: 'never' } };
    const { profile, assumed } = from({ 'status.automatic': '10 00 00 00' }, base);
    expect(profile.status?.automatic).toBeUndefined();
    expect(assumed).toContain('status.automatic: no fault was tried that it could have reported');
  });

  test('a bit that was seen set is not one that is never set, whatever the profile says', () => {
    const base: PrinterProfile = { ...T88V, status: { realTime: { 1: { never: 0x40, always: 0 } } } };
    const { profile } = from({ 'status.real-time.1': '52' }, base);
    expect(profile.status?.realTime).toEqual({ 1: { never: 0, always: 0x40 } });
  });

  test('a line that is stopped by one fault and not by another is not stopped by being offline', () => {
    const recovered = { 'fault.cover-open.recovered': '12 12 12 12', 'fault.paper-out.recovered': '12 12 12 12' };
    const silent = { ...recovered, 'fault.cover-open.status': 'silence', 'fault.paper-out.status': 'silence' };
    expect(from(silent).profile.busyWhen).toBe('full or offline');
    expect(from({ ...silent, 'fault.paper-out.status': '1a 32 12 72' }).profile).not.toHaveProperty('busyWhen');
  });
});

describe('nothing is learned', () => {
  test.each(['ABORTED', 'ERROR'] as const)('of a run that ended %s, whatever it had measured', (outcome) => {
    expect(() => learn(record(ANSWERS, { outcome, why: 'somebody knows' }), T88V, { baud: 19_200 })).toThrowError(
      `the run ended ${outcome} (somebody knows)`,
    );
  });

  test('of a printer that does not answer', async () => {
    const faults = [{ fault: 'printer.mute', when: 'now' }];
    await expect(learnedFrom({ faults })).rejects.toMatchObject({
      code: 'PJ_LEARN',
      message: expect.stringContaining('link.answers: nothing came back in 3 s'),
    });
  });

  test('of a line that does not open', async () => {
    const faults = [{ fault: 'link.printer-lost', when: 'now' }];
    await expect(learnedFrom({ faults })).rejects.toMatchObject({
      code: 'PJ_LEARN',
      message: expect.stringContaining('memory is not plugged in'),
    });
  });

  test.each(PHASE_NAMES.slice(1, 4))('of a run that was stopped in %s', async (name) => {
    const stopped = learnedFrom({
      plan: { phases: ['link', name] },
      before: (run, { clock }) => void clock.setTimeout(() => run.abort('stopped by SIGINT'), 5),
    });
    await expect(stopped).rejects.toMatchObject({
      code: 'PJ_LEARN',
      message: expect.stringContaining('the run ended ABORTED (stopped by SIGINT)'),
    });
  });
});
