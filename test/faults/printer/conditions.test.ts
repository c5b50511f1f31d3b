import { describe, expect, test } from 'vitest';
import { FaultBoard } from '../../../src/faults/board.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { type Bench, instantBench } from '../../emulator/printer/bench.js';

/** A printer with a fault that waits for its usual moment, or begins now. */
function faulty(fault: string, when?: 'now'): { bench: Bench; end: () => void } {
  const bench = instantBench();
  const board = new FaultBoard({ sites: { printer: bench.printer.site }, clock: bench.clock, random: seededRandom(1) });
  const { id } = board.put({ fault, ...(when === undefined ? {} : { when }) });
  return { bench, end: () => void board.clear(id) };
}

function print(bench: Bench, lines: number): number {
  for (let i = 0; i < lines; i++) bench.send('line\n');
  bench.finish();
  return bench.printer.counters.lines;
}

const STATUS = { printer: '100401', offline: '100402', error: '100403', paper: '100404' };

describe('a fault in the printer', () => {
  test('paper jam: stops in the sixth line, a mechanical error; printing goes on after DLE ENQ, not before', () => {
    const { bench, end } = faulty('printer.paper-jam');
    expect(print(bench, 5)).toBe(5);
    expect(bench.ask(STATUS.error)).toBe('12');
    expect(print(bench, 3)).toBe(5);
    expect(bench.printer.counters.partialLines).toBe(1);
    expect(bench.ask(STATUS.error)).toBe('16');
    end();
    expect(bench.ask(STATUS.error)).toBe('16');
    expect(print(bench, 0)).toBe(5);
    bench.send(0x10, 0x05, 0x01);
    expect(bench.ask(STATUS.error)).toBe('12');
    expect(print(bench, 0)).toBeGreaterThan(5);
  });

  test('out of paper: stops after the line under way, paper end; goes on when there is paper', () => {
    const { bench, end } = faulty('printer.paper-out');
    const printed = print(bench, 9);
    expect(printed).toBeLessThanOrEqual(6);
    expect(bench.ask(STATUS.paper)).toBe('72');
    end();
    expect(bench.ask(STATUS.paper)).toBe('12');
    expect(print(bench, 0)).toBe(9);
  });

  test('cover open: offline with the cover open, and goes on when it is closed', () => {
    const { bench, end } = faulty('printer.cover-open');
    expect(print(bench, 9)).toBeLessThanOrEqual(6);
    expect(Number.parseInt(bench.ask(STATUS.offline), 16) & 0x04).toBe(0x04);
    expect(Number.parseInt(bench.ask(STATUS.printer), 16) & 0x08).toBe(0x08);
    end();
    expect(bench.ask(STATUS.offline)).toBe('12');
    expect(print(bench, 0)).toBe(9);
  });

  test('answers nothing: it prints, and is silent until the wire is mended', () => {
    const { bench, end } = faulty('printer.mute');
    expect(bench.ask(STATUS.printer)).toBe('');
    expect(print(bench, 3)).toBe(3);
    end();
    expect(bench.ask(STATUS.printer)).toBe('12');
  });

  test('hangs: takes nothing, prints nothing, answers nothing, and then goes on', () => {
    const { bench, end } = faulty('printer.hang');
    expect(print(bench, 9)).toBe(5);
    expect(bench.ask(STATUS.printer)).toBe('');
    expect(bench.link.isReading).toBe(false);
    end();
    expect(bench.link.isReading).toBe(true);
    expect(print(bench, 0)).toBe(9);
  });

  test.each(['paper-jam', 'paper-out', 'cover-open', 'mute', 'hang'])('%s can begin at once, and ends', (name) => {
    const { bench, end } = faulty(`printer.${name}`, 'now');
    print(bench, 1);
    end();
    bench.send(0x10, 0x05, 0x01);
    expect(print(bench, 1)).toBe(2);
    expect(bench.ask(STATUS.printer)).toBe('12');
  });
});
