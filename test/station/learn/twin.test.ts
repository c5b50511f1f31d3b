import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PrinterProfile } from '../../../src/ports/device.js';
import { learn } from '../../../src/station/learn/learn.js';
import { writeLearned } from '../../../src/station/learn/learned-file.js';
import type { Measurement, RunRecord } from '../../../src/station/record.js';
import { readPrinterProfile } from '../../../src/world/devices.js';
import { those, virtualRun } from '../bench.js';

/** How far two runs on the same printer may be apart. */
const PERCENT = 3;
/** Times of a few milliseconds depend on when a question falls between two others. */
const SLACK_MS = 60;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperjam-learn-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Twins {
  /** Held against the model's profile. */
  readonly first: RunRecord;
  readonly learned: PrinterProfile;
  readonly changes: readonly string[];
  readonly assumed: readonly string[];
  /** The learned twin, held against the learned profile. */
  readonly twin: RunRecord;
}

let files = 0;

/** Runs the station on a printer that differs from its model, learns it, and runs the station on the twin. */
async function twins(device: string, differs: Partial<PrinterProfile>): Promise<Twins> {
  const base = readPrinterProfile(device);
  const { record: first } = await virtualRun({ device, differs });
  const learned = learn(first, base, { baud: base.baud });
  const file = join(folder, `twin-${++files}.yaml`);
  writeLearned(file, learned);
  const { record: twin } = await virtualRun({ device: file });
  return { first, learned: readPrinterProfile(file), changes: learned.changes, assumed: learned.assumed, twin };
}

/** Names of the measurements of two records that are not the same within limits. */
function apart(one: RunRecord, other: RunRecord): string[] {
  const all = new Map(measurements(other).map((measurement) => [measurement.name, measurement]));
  return measurements(one).flatMap(({ name, value, unit }) => {
    const twin = all.get(name)?.value;
    if (value === twin || isNear(value, twin, unit)) return [];
    return [name];
  });
}

function isNear(a: Measurement['value'], b: Measurement['value'], unit: string | undefined): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return false;
  return Math.abs(a - b) <= Math.max((Math.abs(a) * PERCENT) / 100, unit === 'ms' ? SLACK_MS : 0);
}

function measurements({ phases }: RunRecord): Measurement[] {
  return phases.flatMap((phase) => phase.measurements);
}

const T88V = 'epson-tm-t88v';

interface Change {
  readonly what: string;
  readonly differs: Partial<PrinterProfile>;
  /** Fields of the learned profile. */
  readonly learns: object;
  /** What fails when it is held against the model's profile. */
  readonly fails: readonly string[];
  /** What the two records do not have in common, since the first was held against a profile that was wrong. */
  readonly apart?: readonly string[];
}

const CHANGES: readonly Change[] = [
  { what: 'nothing', differs: {}, learns: {}, fails: [] },
  { what: 'a slower mechanism', differs: { speedMmPerS: 150 }, learns: { speedMmPerS: 150 }, fails: ['speed.feed'] },
  {
    what: 'a smaller buffer',
    differs: { receiveBufferBytes: 2_048 },
    learns: { receiveBufferBytes: 2_048 },
    fails: ['buffer.size'],
  },
  {
    what: 'a larger buffer',
    differs: { receiveBufferBytes: 32_768 },
    learns: { receiveBufferBytes: 32_768 },
    fails: [],
  },
  {
    what: 'another name',
    differs: {
      maker: 'ACME',
      model: 'T-1000',
      identity: { serial: 'A0001', firmware: '9.9', language: 'CHINA GBK', modelId: 0x21, versionId: 0x02 },
    },
    learns: {
      maker: 'ACME',
      model: 'T-1000',
      identity: { serial: 'A0001', firmware: '9.9', language: 'CHINA GBK', modelId: 0x21, versionId: 0x02 },
    },
    fails: ['identity.maker', 'identity.model', 'identity.language'],
  },
  {
    what: 'no answer to GS I',
    differs: { status: { answersIdentity: false } },
    learns: { maker: 'EPSON', status: { answersIdentity: false } },
    fails: ['identity.answers'],
  },
  {
    what: 'no bit for an open cover',
    differs: { status: { realTime: { '2': { never: 0x04, always: 0 } } } },
    learns: { status: { realTime: { '2': { never: 0x04, always: 0 } } } },
    fails: ['fault.cover-open.status'],
  },
  {
    what: 'a bit that is always set',
    differs: { status: { realTime: { '1': { never: 0, always: 0x20 } } } },
    learns: { status: { realTime: { '1': { never: 0, always: 0x20 } } } },
    fails: ['status.real-time.1', 'fault.cover-open.status'],
  },
  {
    what: 'GS r in place of GS ( H',
    differs: { checkpoint: 'GS r' },
    learns: { checkpoint: 'GS r' },
    fails: ['checkpoint.process-id.supported'],
    apart: ['endurance.per-minute', 'endurance.slowest'],
  },
  {
    what: 'no answer to GS r',
    differs: { status: { answersQueued: false } },
    learns: { checkpoint: 'GS ( H', status: { answersQueued: false } },
    fails: ['status.queued.paper', 'checkpoint.queued.supported'],
  },
  {
    what: 'no automatic status',
    differs: { status: { automatic: 'never' } },
    learns: { status: { automatic: 'never' } },
    fails: ['status.automatic', 'fault.cover-open.reported', 'fault.jam.reported'],
  },
  {
    what: 'automatic status on enabling only',
    differs: { status: { automatic: 'once' } },
    learns: { status: { automatic: 'once' } },
    fails: ['fault.cover-open.reported', 'fault.jam.reported', 'fault.cable.settings'],
    apart: ['fault.cable.settings', 'fault.power.settings'],
  },
  {
    what: 'a bit of automatic status that is missing',
    differs: { status: { automaticBits: { never: [0x20, 0, 0, 0], always: [0, 0, 0, 0x0f] } } },
    learns: { status: { automaticBits: { never: [0x20, 0, 0, 0], always: [0, 0, 0, 0x0f] } } },
    fails: ['status.automatic', 'fault.cover-open.reported'],
  },
  {
    what: 'no near-end sensor',
    differs: { nearEndMm: 0 },
    learns: { nearEndMm: 0 },
    fails: ['fault.paper-near-end.status', 'fault.paper-near-end.reported', 'fault.paper-near-end.queued'],
    apart: ['fault.paper-near-end.report-time', 'fault.paper-near-end.recover-time'],
  },
  {
    what: 'a buffer that cannot be cleared',
    differs: { clearsBuffer: false },
    learns: { clearsBuffer: false },
    fails: ['status.clear'],
    apart: ['endurance.per-minute', 'endurance.slowest'],
  },
  {
    what: 'no cutter',
    differs: { cutter: false },
    learns: { cutter: false },
    fails: ['identity.type-id', 'cutter.cuts'],
    apart: ['cutter.cuts', 'cutter.time'],
  },
  {
    what: 'no Chinese',
    differs: { cjk: 'none' },
    learns: { cjk: 'none' },
    fails: ['identity.type-id', 'chinese.text', 'chinese.four-byte'],
    apart: ['chinese.text', 'chinese.four-byte', 'chinese.at-power-on'],
  },
  {
    what: 'Chinese from switching on',
    differs: { cjkAtPowerOn: true },
    learns: { cjkAtPowerOn: true },
    fails: ['chinese.at-power-on'],
    apart: ['chinese.at-power-on'],
  },
  {
    what: 'XON/XOFF',
    differs: { flowControl: 'xon/xoff' },
    learns: { flowControl: 'xon/xoff' },
    fails: ['buffer.flow-control'],
  },
];

describe('a printer that differs from its model in one thing', () => {
  test.each(CHANGES)(
    'is learned with $what, and its twin measures the same',
    async ({ differs, learns, fails, apart: parts = [] }) => {
      const { first, learned, twin } = await twins(T88V, differs);
      expect(those(first, 'FAIL')).toEqual(expect.arrayContaining([...fails]));
      expect(first.outcome).toBe(fails.length === 0 ? 'PASS' : 'FAIL');
      expect(learned).toMatchObject(learns);
      expect(learned.speedMmPerS / (differs.speedMmPerS ?? 300)).toBeCloseTo(1, 2);
      expect([...those(twin, 'FAIL'), ...those(twin, 'MARGINAL')]).toEqual([]);
      expect(twin.outcome).toBe('PASS');
      expect(apart(first, twin)).toEqual(parts);
    },
  );
});

describe('a printer that differs from its model in everything', () => {
  const DIFFERS: Partial<PrinterProfile> = {
    maker: 'ACME',
    model: 'T-1000',
    identity: { serial: 'A0001', firmware: '9.9', language: 'CHINA GBK', modelId: 0x21, versionId: 0x02 },
    speedMmPerS: 130,
    receiveBufferBytes: 1_024,
    checkpoint: 'GS r',
    nearEndMm: 0,
    cjkAtPowerOn: true,
    flowControl: 'xon/xoff',
    status: {
      realTime: { '1': { never: 0, always: 0x20 }, '3': { never: 0x40, always: 0 } },
      automatic: 'once',
      automaticBits: { never: [0, 0, 0, 0], always: [0, 0, 0, 0x0f] },
    },
  };
  const { identity, speedMmPerS: _, ...literal } = DIFFERS;

  test.each([T88V, 'epson-tm-m30', 'epson-tm-t20iii', 'citizen-ct-s2000'])(
    'is learned as a whole: %s',
    async (device) => {
      const { first, learned, changes, twin } = await twins(device, DIFFERS);
      expect(first.outcome).toBe('FAIL');
      expect(learned).toMatchObject({ ...literal, identity });
      expect(learned.speedMmPerS / 130).toBeCloseTo(1, 2);
      expect(changes).toContain(`maker: ACME (${readPrinterProfile(device).maker} in ${device})`);
      expect([...those(twin, 'FAIL'), ...those(twin, 'MARGINAL')]).toEqual([]);
      expect(twin.outcome).toBe('PASS');
    },
  );

  test.each(['xprinter-xp-58', 'epson-tm-u220', 'sunmi-58', 'gprinter-gp-58', 'xprinter-xp-80', 'bixolon-srp-350'])(
    'and one that differs in nothing is learned as it is: %s',
    async (device) => {
      const { first, learned, changes, twin } = await twins(device, {});
      const { id: _, ...base } = readPrinterProfile(device);
      expect(those(first, 'FAIL')).toEqual([]);
      expect(learned).toMatchObject({ ...base, speedMmPerS: expect.closeTo(base.speedMmPerS, 0) });
      expect(changes.filter((change) => !/^(identity|speedMmPerS)/.test(change))).toEqual([]);
      expect(apart(first, twin)).toEqual([]);
      expect(twin.outcome).toBe('PASS');
    },
  );
});

test('a printer that stops its line while it is offline is found out, though nothing helps it out of a jam', async () => {
  const { first, learned, twin } = await twins(T88V, { busyWhen: 'full or offline' });
  expect(those(first, 'FAIL')).toEqual(expect.arrayContaining(['fault.cover-open.status', 'fault.jam.recovered']));
  expect(learned.busyWhen).toBe('full or offline');
  expect(those(twin, 'FAIL')).toEqual([]);
  expect(those(twin, 'SKIPPED')).toContain('fault.jam.status');
});
