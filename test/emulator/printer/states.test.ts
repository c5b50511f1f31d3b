import { describe, expect, test } from 'vitest';
import { ALL_CLEAR, type Condition } from '../../../src/emulator/printer/mechanism/condition.js';
import { queuedStatus, realTimeStatus, statusBack } from '../../../src/emulator/printer/mechanism/status-bytes.js';
import { Bench, hex } from './bench.js';
import { PAIRS_OF_STATES, STATES, type StateName, type StatusRow } from './status-table.js';

/** How each state comes about, in the order in which two of them can: the first three need a printer that is ready. */
const BRING: Readonly<Record<StateName, (bench: Bench) => void>> = {
  'feed button': ({ printer }) => printer.feedButton(true),
  jam: (bench) => {
    bench.printer.site.jam(true);
    bench.send('x\n'); // A jam shows when the paper has to move.
  },
  'cutter error': (bench) => {
    bench.printer.site.cutterJam(true);
    bench.send(hex('1d 56 00'));
  },
  'drawer high': ({ printer }) => printer.drawerPin(true),
  'near end': ({ printer }) => printer.site.paperNearEnd(true),
  'paper out': ({ printer }) => printer.site.paperOut(true),
  'cover open': ({ printer }) => printer.site.coverOpen(true),
  unrecoverable: ({ printer }) => printer.site.unrecoverable(true),
  overheated: ({ printer }) => printer.site.overheat(true),
  offline: ({ printer }) => printer.site.offline(true),
};
const ORDER = Object.keys(BRING);

const FIELDS: Readonly<Record<StateName, keyof Condition>> = {
  'drawer high': 'drawerHigh',
  'near end': 'paperNearEnd',
  'paper out': 'paperOut',
  'cover open': 'coverOpen',
  jam: 'mechanicalError',
  'cutter error': 'cutterError',
  unrecoverable: 'unrecoverable',
  overheated: 'overheated',
  offline: 'offline',
  'feed button': 'feeding',
};

/** The blade is not moved in a printer that stands still, and a printer that stands still does not feed. */
const NEVER_TOGETHER = ['jam + cutter error', 'cutter error + feed button'];

const ALL = [...STATES, ...PAIRS_OF_STATES].map((row) => [row.states.join(' + ') || 'all clear', row] as const);
const REACHABLE = ALL.filter(([name]) => !NEVER_TOGETHER.includes(name));

function bring(bench: Bench, { states }: StatusRow): void {
  const inOrder = [...states].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  for (const state of inOrder) BRING[state](bench);
}

describe('the table', () => {
  test('has every state and every pair of states once', () => {
    expect(STATES).toHaveLength(11);
    expect(PAIRS_OF_STATES).toHaveLength(45);
    expect(new Set(ALL.map(([name]) => name)).size).toBe(56);
  });

  test('gives each pair the bits of its two states', () => {
    const single = new Map(STATES.map((row) => [row.states[0], row]));
    const or = (a = '', b = '') =>
      (Number.parseInt(a, 16) | Number.parseInt(b, 16)).toString(16).padStart(a.length, '0');
    for (const { states, realTime, automatic } of PAIRS_OF_STATES) {
      const [first, second] = states.map((state) => single.get(state));
      expect(realTime, states.join()).toEqual(realTime.map((_, n) => or(first?.realTime[n], second?.realTime[n])));
      expect(automatic, states.join()).toBe(or(first?.automatic, second?.automatic));
    }
  });
});

describe.each(ALL)('%s as a condition', (_, { states, realTime, automatic, paper, drawer }) => {
  const condition: Condition = { ...ALL_CLEAR, ...Object.fromEntries(states.map((state) => [FIELDS[state], true])) };

  test('is what the manuals say', () => {
    const byte = (value = 0) => value.toString(16).padStart(2, '0');
    expect([1, 2, 3, 4].map((n) => byte(realTimeStatus(n, condition)))).toEqual(realTime);
    const back = statusBack(condition);
    expect([0, 8, 16, 24].map((shift) => byte((back >> shift) & 0xff)).join('')).toBe(automatic);
    if (paper !== '-')
      expect([queuedStatus(1, condition), queuedStatus(2, condition)].map(byte)).toEqual([paper, drawer]);
  });
});

describe.each(REACHABLE)('a printer with %s', (_, row) => {
  test('answers DLE EOT 1 to 4 with its bytes', () => {
    const bench = new Bench();
    bring(bench, row);
    expect(['10 04 01', '10 04 02', '10 04 03', '10 04 04'].map((ask) => bench.ask(ask))).toEqual(row.realTime);
  });

  test('says so in Automatic Status Back, on the change and when it is enabled', () => {
    const bench = new Bench();
    expect(bench.ask('1d 61 ff')).toBe('10000000');
    bring(bench, row);
    const told = bench.answers();
    expect(told.length % 8).toBe(0);
    expect(told.slice(-8)).toBe(row.states.length === 0 ? '' : row.automatic);
    const later = new Bench();
    bring(later, row);
    if (row.paper !== '-') expect(later.ask('1d 61 ff')).toBe(row.automatic);
  });

  test('answers GS r 1 and 2, or holds them until it is back', () => {
    const bench = new Bench();
    bring(bench, row);
    expect(bench.ask('1d 72 01')).toBe(row.paper.replace('-', ''));
    expect(bench.ask('1d 72 02')).toBe(row.drawer.replace('-', ''));
  });
});

test('a real TM printer without a drawer answers 16 to ESC @ ESC = 1 DLE EOT 1', () => {
  const bench = new Bench();
  bench.printer.drawerPin(true);
  expect(bench.ask('1b 40 1b 3d 01 10 04 01')).toBe('16');
});

describe('status requests inside raster data', () => {
  // GS v 0, 3 bytes by 2 rows: the six bytes of the picture are the requests.
  const picture = (bytes: string) => hex(`1d 76 30 00 03 00 02 00 ${bytes}`);

  test('10 04 01 answers and stays in the picture', () => {
    const bench = new Bench({ timing: 'instant' });
    bench.send(picture('10 04 01 ff ff ff'));
    expect(bench.answers()).toBe('12');
    const [line] = bench.printer.paper.current?.wholeLines ?? [];
    expect(line?.items).toMatchObject([{ kind: 'image', rows: Uint8Array.of(0x10, 0x04, 0x01, 0xff, 0xff, 0xff) }]);
  });

  test('1D 61 n and 1D 56 are data, and nothing else', () => {
    const bench = new Bench({ timing: 'instant' });
    bench.send(picture('1d 61 ff 1d 56 00'));
    bench.printer.site.coverOpen(true);
    expect(bench.answers()).toBe('');
    expect(bench.printer.paper.pieces.map((piece) => piece.cut)).toEqual([undefined]);
    const [line] = bench.printer.paper.current?.wholeLines ?? [];
    expect(line?.items).toMatchObject([{ kind: 'image', rows: new Uint8Array(hex('1d 61 ff 1d 56 00')) }]);
  });
});

describe('the masks of GS a', () => {
  test.each([
    ['01', ['drawer high']],
    ['02', ['cover open', 'paper out', 'jam', 'offline', 'feed button']],
    ['04', ['jam', 'cutter error', 'unrecoverable', 'overheated']],
    ['08', ['near end', 'paper out']],
    ['40', ['feed button']],
  ] as const)('%s tells of %j', (mask, states) => {
    const heard = ORDER.filter((state) => {
      const bench = new Bench();
      bench.ask(`1d 61 ${mask}`);
      BRING[state as StateName](bench); // ORDER are the keys of BRING.
      return bench.answers() !== '';
    });
    for (const state of states) expect(heard).toContain(state);
    if (mask !== '02') expect(heard.sort()).toEqual([...states].sort());
    else expect(heard).not.toContain('drawer high'); // Whatever takes it offline is told of.
  });
});
