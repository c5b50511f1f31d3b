import { describe, expect, test } from 'vitest';
import { rasterise } from '../../../src/emulator/printer/paper/raster.js';
import { FaultBoard } from '../../../src/faults/board.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import type { PrinterProfile } from '../../../src/ports/device.js';
import { Bench } from '../../emulator/printer/bench.js';

const STATUS = { printer: '100401', offline: '100402', error: '100403', paper: '100404' };
const RESUME = Buffer.of(0x10, 0x05, 0x01);
const CUT = Buffer.of(0x1d, 0x56, 0x00);

function faulty(record: { fault: string; [attribute: string]: unknown }, profile: Partial<PrinterProfile> = {}) {
  const bench = new Bench({ timing: 'instant', profile });
  const board = new FaultBoard({ sites: { printer: bench.printer.site }, clock: bench.clock, random: seededRandom(1) });
  const { id } = board.put(record);
  return { bench, end: () => void board.clear(id) };
}

function print(bench: Bench, lines: number): number {
  for (let i = 0; i < lines; i++) bench.send('line\n');
  bench.finish();
  return bench.printer.counters.lines;
}

/** Inked dots on all the paper, with every character a black cell. */
function inkedDots({ printer }: Bench): number {
  const rows = Uint8Array.from({ length: 2 * 24 }, (_, at) => (at % 2 === 0 ? 0xff : 0xf0));
  const black = { widthDots: 12, heightDots: 24, rows, missing: false };
  let dots = 0;
  for (const piece of printer.paper.pieces) {
    for (const byte of rasterise(piece, { glyph: () => black }).rows)
      for (let bits = byte; bits > 0; bits >>= 1) dots += bits & 1;
  }
  return dots;
}

describe('a fault that the printer tells of', () => {
  test('paper near end: prints on; with leftMm the paper ends, and new paper ends both', () => {
    const { bench, end } = faulty({ fault: 'printer.paper-near-end', leftMm: 10 });
    expect(bench.ask(STATUS.paper)).toBe('1e');
    expect(print(bench, 5)).toBe(3); // 3.75 mm each.
    expect(bench.ask(STATUS.paper)).toBe('7e');
    end();
    expect(bench.ask(STATUS.paper)).toBe('12');
    expect(print(bench, 0)).toBe(5);
  });

  test('out of paper at a dot: the line is cut short and comes again', () => {
    const bench = new Bench();
    const board = new FaultBoard({
      sites: { printer: bench.printer.site },
      clock: bench.clock,
      random: seededRandom(1),
    });
    const { id } = board.put({ fault: 'printer.paper-out', at: 'dot', when: { afterMs: 50 } });
    bench.send('a\nb\n').finish();
    expect(bench.printer.counters).toMatchObject({ lines: 1, partialLines: 1 });
    board.clear(id);
    expect(bench.finish().printer.counters.lines).toBe(2);
  });

  test('cutter error: at the next cut; gone after its cause and DLE ENQ, and the cut is made up for', () => {
    const { bench, end } = faulty({ fault: 'printer.cutter-error' });
    expect(print(bench, 1)).toBe(1);
    bench.send(CUT);
    expect([STATUS.printer, STATUS.offline, STATUS.error].map((ask) => bench.ask(ask))).toEqual(['1a', '52', '1a']);
    bench.send(RESUME);
    expect(bench.ask(STATUS.error)).toBe('1a');
    end();
    bench.send(RESUME);
    expect(bench.ask(STATUS.error)).toBe('12');
    expect(bench.printer.counters.cuts).toBe(1);
  });

  test('head too hot: stops in the sixth line, and recovers by itself some seconds after the cause', () => {
    const { bench, end } = faulty({ fault: 'printer.overheat' });
    expect(print(bench, 9)).toBe(5);
    expect(bench.ask(STATUS.error)).toBe('52');
    bench.send(RESUME, Buffer.of(0x10, 0x05, 0x02));
    expect(bench.ask(STATUS.error)).toBe('52');
    end();
    expect(bench.ask(STATUS.error)).toBe('52');
    expect(print(bench, 0)).toBe(9);
    expect(bench.ask(STATUS.error)).toBe('12');
  });

  test('broken: nothing helps but its repair, after which it is as switched on', () => {
    const { bench, end } = faulty({ fault: 'printer.unrecoverable-error' });
    expect(print(bench, 9)).toBe(5);
    bench.send(RESUME);
    expect([STATUS.printer, STATUS.error].map((ask) => bench.ask(ask))).toEqual(['1a', '32']);
    end();
    expect([STATUS.printer, STATUS.error].map((ask) => bench.ask(ask))).toEqual(['12', '12']);
    expect(print(bench, 1)).toBe(6); // What it held is lost.
  });

  test('offline: no cause is told, what comes is held, and it goes on', () => {
    const { bench, end } = faulty({ fault: 'printer.offline' });
    expect(print(bench, 9)).toBe(5);
    expect(Object.values(STATUS).map((ask) => bench.ask(ask))).toEqual(['1a', '12', '12', '12']);
    end();
    expect(print(bench, 0)).toBe(9);
  });

  test('without power: silent, what it held is lost, and so is what comes', () => {
    const { bench, end } = faulty({ fault: 'printer.power-off' });
    expect(print(bench, 9)).toBe(5);
    expect(bench.ask(STATUS.printer)).toBe('');
    end();
    expect(bench.ask(STATUS.printer)).toBe('12');
    expect(print(bench, 1)).toBe(6);
  });
});

describe('hands at the printer', () => {
  test('feed button held down: offline without a cause, paper comes out blank, and the job waits', () => {
    const bench = new Bench();
    const board = new FaultBoard({
      sites: { printer: bench.printer.site },
      clock: bench.clock,
      random: seededRandom(1),
    });
    const { id } = board.put({ fault: 'printer.feed-button' });
    bench.send('line\n');
    bench.clock.advance(2_000);
    expect([STATUS.printer, STATUS.offline, STATUS.error].map((ask) => bench.ask(ask))).toEqual(['5a', '1a', '12']);
    expect(bench.printer.counters.lines).toBe(0);
    expect(bench.printer.paper.current?.heightMm).toBeGreaterThan(10);
    board.clear(id);
    bench.finish();
    expect([bench.printer.counters.lines, bench.ask(STATUS.printer)]).toEqual([1, '12']);
  });

  test('drawer open: pin 3 high, and printing goes on', () => {
    const { bench, end } = faulty({ fault: 'printer.drawer-open' });
    expect(print(bench, 2)).toBe(2);
    expect(bench.ask(STATUS.printer)).toBe('16');
    end();
    expect(bench.ask(STATUS.printer)).toBe('12');
  });
});

describe('a fault that no status tells of', () => {
  test('dead dots: their columns stay white', () => {
    const { bench, end } = faulty({ fault: 'printer.dead-dots', columns: [0, 13] });
    print(bench, 1);
    expect(inkedDots(bench)).toBe(46 * 24);
    end();
    print(bench, 1);
    expect(inkedDots(bench)).toBe((46 + 48) * 24);
  });

  test('faded: the share of dots that is left, and below a third nobody reads it', () => {
    const { bench, end } = faulty({ fault: 'printer.faded', share: 0.5 });
    print(bench, 1);
    expect(inkedDots(bench)).toBe((48 * 24) / 2);
    expect(bench.lines).toEqual(['line']);
    end();
    const other = faulty({ fault: 'printer.faded' }).bench;
    print(other, 1);
    expect(other.lines).toEqual([]);
    expect(inkedDots(other)).toBeGreaterThan(0);
  });

  test.each([
    ['printer.upside-down-paper', {}],
    ['printer.ribbon-broken', { ribbon: { sensor: false } }],
  ])('%s: blank paper, every status good, every line counted', (fault, profile) => {
    const { bench, end } = faulty({ fault }, profile);
    expect(print(bench, 3)).toBe(3);
    expect(Object.values(STATUS).map((ask) => bench.ask(ask))).toEqual(['12', '12', '12', '12']);
    expect([bench.lines, inkedDots(bench)]).toEqual([[], 0]);
    expect(bench.printer.paper.current?.empty).toBe(true);
    expect(bench.printer.paper.current?.heightDots).toBe(90);
    end();
    print(bench, 1);
    expect(bench.lines).toEqual(['line']);
  });

  test('a broken ribbon on a model with a sensor is a mechanical error, before anything is struck', () => {
    const { bench, end } = faulty({ fault: 'printer.ribbon-broken' }, { ribbon: { sensor: true } });
    expect(bench.ask(STATUS.error)).toBe('16');
    print(bench, 1);
    expect(bench.printer.paper.current?.heightDots ?? 0).toBe(0);
    expect(bench.ask(STATUS.error)).toBe('16');
    end();
    bench.send(RESUME);
    expect(bench.lines.at(-1)).toBe('line');
  });

  test.each([
    ['cp437', ['╓╨╣·123']],
    ['gb18030', ['中国123']],
    ['big5', ['笢弊123']],
  ])('wrong code page: Chinese taken for %s, whatever the host selects', (encoding, lines) => {
    const { bench, end } = faulty({ fault: 'printer.wrong-code-page', encoding });
    bench.send(Buffer.of(0x1b, 0x40, 0x1b, 0x74, 16, 0x1c, 0x26), '中国123\n');
    expect(bench.lines).toEqual(lines);
    end();
    bench.send('中国\n');
    expect(bench.lines.at(-1)).toBe('中国');
  });

  test('slow: each line takes so many times as long', () => {
    const bench = new Bench();
    const board = new FaultBoard({
      sites: { printer: bench.printer.site },
      clock: bench.clock,
      random: seededRandom(1),
    });
    const { id } = board.put({ fault: 'printer.slow', factor: 4 });
    bench.send('a\nb\n');
    bench.clock.advance(149);
    expect(bench.lines).toEqual([]);
    bench.clock.advance(1);
    board.clear(id);
    bench.clock.advance(150);
    expect(bench.lines).toEqual(['a', 'b']);
  });
});

describe('a fault of a part that the model does not have is impossible', () => {
  test.each([
    ['printer.cutter-error', { cutter: false }, 'no printer with a cutter that'],
    ['printer.ribbon-broken', {}, 'no printer with a ribbon that'],
    ['printer.overheat', { ribbon: { sensor: false } }, 'no printer with a thermal head that'],
    ['printer.upside-down-paper', { ribbon: { sensor: false } }, 'no printer with a thermal head that'],
  ])('%s', (fault, profile, words) => {
    expect(() => faulty({ fault }, profile)).toThrow(words);
  });
});
