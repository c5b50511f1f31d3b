import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Attachment, Chart, Measurement, PhaseRecord, RunRecord } from '../../src/station/record.js';

const T0 = Date.parse('2026-03-02T01:30:00.000Z');
const at = (ms: number) => new Date(T0 + ms).toISOString();

const PAPER = new Uint8Array(readFileSync(fileURLToPath(new URL('../../.docs/ticket.png', import.meta.url))));
const TAPE = Buffer.from('1b40 0a1d5641 03'.replaceAll(' ', ''), 'hex');

/** Attachments' bytes by their file, as the station hands them over. */
export const SAMPLE_BYTES: ReadonlyMap<string, Uint8Array> = new Map([
  ['paper/character-sets.png', PAPER],
  ['paper/half a ticket, jammed.png', PAPER],
  ['run.tape', TAPE],
]);

function attachment(name: string, file: string, type: string): Attachment {
  const bytes = SAMPLE_BYTES.get(file) ?? new Uint8Array();
  return { name, file, type, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function phase(
  name: string,
  title: string,
  startMs: number,
  durationMs: number,
  outcome: PhaseRecord['outcome'],
  measurements: Measurement[],
  more: Partial<PhaseRecord> = {},
): PhaseRecord {
  const rest = { charts: [], attachments: [], notes: [] };
  return { name, title, startedAt: at(startMs), durationMs, outcome, measurements, ...rest, ...more };
}

/** What nobody means well with: markup, entities, an end of style, terminal commands, a NUL, a right-to-left override. */
export const HOSTILE = `</style></title><script>window.hacked=1</script><img src=x onerror="window.hacked=1"> &lt;"'\` ]]> ]]> \u001b[31m\u0000\u202e`;

const LATENCIES: Chart['points'] = Array.from({ length: 46 }, (_, i) => {
  const ms = 1 + i * 0.2;
  return [ms, Math.round(240 * Math.exp(-((ms - 2.4) ** 2) / 0.5) + (i > 12 && i % 9 === 0 ? 3 : 0))];
});

const LOADED: Chart['points'] = Array.from({ length: 28 }, (_, i) => [
  10 + i * 2,
  Math.round(60 * Math.exp(-((i - 12) ** 2) / 40)),
]);

const marks = (p50: number, p99: number): Chart['marks'] => [
  { label: 'p50', at: p50 },
  { label: 'p99', at: p99 },
];

const PAPER_SPEED: Chart['points'] = Array.from({ length: 120 }, (_, i) => [
  i * 2.5,
  198 + 6 * Math.sin(i / 7) - (i > 80 ? (i - 80) * 0.4 : 0),
]);

/** A run that has one of everything: outcomes, limits of each shape, charts, pictures, notes, and hostile words. */
export const SAMPLE: RunRecord = {
  format: 'paperjam.station/1',
  runId: '20260302T013000Z-7f3a',
  outcome: 'ERROR',
  why: 'The phase “power” ended in an error: there is no way to the printer at /dev/ttyUSB0 (EIO).',
  dut: {
    profile: 'epson-tm-t88v',
    printer: '/dev/ttyUSB0',
    maker: 'EPSON',
    model: 'TM-T88V',
    serial: 'MXKF012345',
    firmware: '30.14 ESC/POS',
  },
  station: { version: '0.1.0', node: 'v20.20.2', platform: 'linux x64', clock: 'wall' },
  startedAt: at(0),
  endedAt: at(301_400),
  faults: ['printer.slow:factor=1.4', 'printer.paper-jam:line=3'],
  phases: [
    phase('identity', 'Link and identity', 0, 820, 'PASS', [
      { name: 'link.open', title: 'Opens', value: 41.8, unit: 'ms', limits: { max: 2_000 }, outcome: 'PASS' },
      {
        name: 'identity.model',
        title: 'Model ID (GS I 1)',
        value: 'TM-T88V',
        limits: { equals: 'TM-T88V' },
        outcome: 'PASS',
      },
      { name: 'identity.serial', title: 'Serial number (GS I 68)', value: 'MXKF012345', outcome: 'PASS' },
      {
        name: 'identity.cutter',
        title: 'Says that it has a cutter',
        value: true,
        limits: { equals: true },
        outcome: 'PASS',
      },
    ]),
    phase('status', 'Status queries', 900, 1_430, 'FAIL', [
      {
        name: 'status.dle-eot-1',
        title: 'Printer status (DLE EOT 1)',
        value: '16',
        limits: { equals: '16' },
        outcome: 'PASS',
      },
      {
        name: 'status.dle-eot-4',
        title: 'Paper sensors (DLE EOT 4)',
        value: '1e',
        limits: { equals: '12' },
        outcome: 'FAIL',
        note: 'Bits 2 and 3: the near-end sensor sees no paper, and the roll is full. Look at the sensor’s lever.',
      },
      {
        name: 'status.gs-r-1',
        title: 'Queued paper status (GS r 1)',
        outcome: 'SKIPPED',
        note: 'the profile has no GS r',
      },
    ]),
    phase(
      'latency',
      'Latency of real-time status',
      2_400,
      34_200,
      'MARGINAL',
      [
        {
          name: 'latency.idle.p50',
          title: 'Idle, p50',
          value: 2.412,
          unit: 'ms',
          limits: { max: 20, marginalMax: 15 },
          outcome: 'PASS',
        },
        {
          name: 'latency.idle.p99',
          title: 'Idle, p99',
          value: 8.93,
          unit: 'ms',
          limits: { max: 50, marginalMax: 40 },
          outcome: 'PASS',
        },
        {
          name: 'latency.load.p50',
          title: 'While a long job prints, p50',
          value: 34.02,
          unit: 'ms',
          limits: { max: 50, marginalMax: 40 },
          outcome: 'PASS',
        },
        {
          name: 'latency.load.p99',
          title: 'While a long job prints, p99',
          value: 62.6,
          unit: 'ms',
          limits: { max: 80, marginalMax: 60 },
          outcome: 'MARGINAL',
          note: 'within the limit, and nearer to it than 25 %',
        },
        { name: 'latency.lost', title: 'Queries without an answer', value: 0, limits: { max: 0 }, outcome: 'PASS' },
      ],
      {
        charts: [
          {
            title: 'Idle',
            kind: 'histogram',
            x: { label: 'latency', unit: 'ms' },
            y: { label: 'answers' },
            points: LATENCIES,
            marks: marks(2.412, 8.93),
          },
          {
            title: 'While a long job prints',
            kind: 'histogram',
            x: { label: 'latency', unit: 'ms' },
            y: { label: 'answers' },
            points: LOADED,
            marks: marks(34.02, 62.6),
          },
        ],
      },
    ),
    phase(
      'throughput',
      'Throughput',
      36_700,
      88_000,
      'FAIL',
      [
        {
          name: 'throughput.9600',
          title: 'At 9600 baud',
          value: 958.4,
          unit: 'bytes/s',
          limits: { min: 940, max: 960 },
          outcome: 'PASS',
        },
        {
          name: 'throughput.115200',
          title: 'At 115200 baud',
          value: 10_911,
          unit: 'bytes/s',
          limits: { min: 11_290, marginalMin: 11_400, max: 11_520 },
          outcome: 'FAIL',
          note: 'The line stood idle for 5.3 % of the time.',
        },
        {
          name: 'throughput.utilisation',
          title: 'Line utilisation at 115200 baud',
          value: 97.9996,
          unit: '%',
          limits: { min: 98 },
          outcome: 'FAIL',
        },
        {
          name: 'buffer.bytes',
          title: 'Bytes accepted before XOFF',
          value: 4_096,
          unit: 'bytes',
          limits: { min: 3_900, max: 4_200, marginalMin: 3_950, marginalMax: 4_150 },
          outcome: 'PASS',
        },
      ],
      {
        charts: [
          {
            title: 'Throughput at each rate',
            kind: 'bars',
            x: { label: 'rate', unit: 'baud' },
            y: { label: 'throughput', unit: 'bytes/s' },
            points: [
              ['4800', 479],
              ['9600', 958],
              ['19200', 1_915],
              ['38400', 3_822],
              ['57600', 5_702],
              ['115200', 10_911],
            ],
          },
        ],
      },
    ),
    phase(
      'symbols',
      'Characters and symbols',
      124_800,
      24_600,
      'PASS',
      [
        {
          name: 'symbols.gb18030',
          title: 'Hanzi of GB2312 printed (汉字)',
          value: 6_730,
          limits: { min: 6_700 },
          outcome: 'PASS',
        },
        {
          name: 'symbols.temperature',
          title: 'Lowest temperature noted',
          value: -12.5,
          unit: '°C',
          limits: { min: -20, max: 60 },
          outcome: 'PASS',
        },
      ],
      {
        charts: [
          {
            title: 'Time of each symbol',
            kind: 'bars',
            x: { label: 'symbol' },
            y: { label: 'time', unit: 'ms' },
            points: [
              ['EAN-13', 61],
              ['Code 128', 72],
              ['QR Code, model 2', 133],
              ['PDF417', 121],
              ['MaxiCode', 96],
              ['GS1 DataBar Expanded Stacked, all AIs', 188],
              ['Data Matrix', 110],
            ],
          },
        ],
        attachments: [attachment('Character sets', 'paper/character-sets.png', 'image/png')],
      },
    ),
    phase(
      'speed',
      'Paper speed',
      149_500,
      61_000,
      'PASS',
      [
        {
          name: 'speed.mean',
          title: 'Mean speed',
          value: 198.7,
          unit: 'mm/s',
          limits: { min: 190, max: 310 },
          outcome: 'PASS',
        },
      ],
      {
        charts: [
          {
            title: 'Speed along the paper',
            kind: 'line',
            x: { label: 'paper', unit: 'mm' },
            y: { label: 'speed', unit: 'mm/s' },
            points: PAPER_SPEED,
          },
          {
            title: 'Nothing to draw',
            kind: 'line',
            x: { label: 'paper', unit: 'mm' },
            y: { label: 'speed', unit: 'mm/s' },
            points: [],
          },
        ],
      },
    ),
    phase(
      'cover',
      'Fault: cover open',
      211_000,
      31_000,
      'PASS',
      [
        {
          name: 'fault.cover.seen',
          title: 'Status after the cover was opened',
          value: 'cover-open',
          limits: { equals: 'cover-open' },
          outcome: 'PASS',
        },
        {
          name: 'fault.cover.delay',
          title: 'Seen after',
          value: 312,
          unit: 'ms',
          limits: { max: 1_000 },
          outcome: 'PASS',
        },
      ],
      {
        notes: [
          '09:33:31 asked: open the cover now (30 s).',
          '09:33:38 answered: done.',
          '09:33:39 asked: close the cover.\n09:33:44 answered: done.',
        ],
      },
    ),
    phase(
      'hostile',
      HOSTILE,
      242_200,
      9_100,
      'FAIL',
      [
        {
          name: `hostile.${HOSTILE}`,
          title: HOSTILE,
          value: HOSTILE,
          unit: HOSTILE,
          limits: { equals: HOSTILE },
          outcome: 'FAIL',
          note: HOSTILE,
        },
        { name: 'long.word', title: 'A value without a space', value: 'ff'.repeat(80), outcome: 'PASS' },
      ],
      {
        charts: [
          { title: HOSTILE, kind: 'bars', x: { label: HOSTILE }, y: { label: HOSTILE }, points: [[HOSTILE, 1]] },
        ],
        attachments: [
          attachment(HOSTILE, 'paper/half a ticket, jammed.png', 'image/png'),
          attachment('Every byte both ways', 'run.tape', 'application/octet-stream'),
        ],
        notes: [HOSTILE],
      },
    ),
    phase(
      'near-end',
      'Fault: paper near end',
      251_300,
      30_000,
      'SKIPPED',
      [
        {
          name: 'fault.near-end.seen',
          title: 'Status near the end of the roll',
          outcome: 'SKIPPED',
          limits: { equals: true },
          note: 'skipped by the person at the bench',
        },
      ],
      { notes: ['09:34:11 asked: put a nearly used roll in (30 s). Nobody answered.'] },
    ),
    phase(
      'power',
      'Fault: power',
      281_300,
      20_100,
      'ERROR',
      [
        {
          name: 'fault.power.back',
          title: 'Online again after',
          outcome: 'SKIPPED',
          unit: 'ms',
          limits: { max: 10_000 },
          note: 'the phase ended before it',
        },
      ],
      { notes: ['PJ_PRINTER_LINK: There is no way to the printer at /dev/ttyUSB0 (EIO): input/output error'] },
    ),
  ],
};
