import { describe, expect, test } from 'vitest';
import { Bench, hex, instantBench, LINE_MS } from '../bench.js';

const MARK = hex('1d 3a');

/** `GS ^ r t m`. */
function execute(times: number): Buffer {
  return Buffer.from([0x1d, 0x5e, times, 0, 0]);
}

describe('macros', () => {
  test('are printed while they are defined, and as often as GS ^ says', () => {
    expect(instantBench().send(MARK, 'm\n', MARK, 'a\n', execute(2), 'b\n').lines).toEqual(['m', 'a', 'm', 'm', 'b']);
  });

  test('what they print is booked to the bytes of GS ^', () => {
    const bench = instantBench().send(MARK, 'm\n', MARK, execute(1));
    expect(bench.printer.paper.current?.operations[1]).toMatchObject({ from: 6, to: 11 });
  });

  test('settings and pictures in them work, and ESC @ does not forget them', () => {
    const bench = instantBench();
    bench.send(
      MARK,
      hex('1b 40 1b 45 01'),
      'm',
      hex('1d 76 30 00 01 00 01 00 ff'),
      MARK,
      hex('1b 40'),
      execute(1),
      'b\n',
    );
    expect(bench.printer.paper.current?.wholeLines.map((line) => line.items[0])).toMatchObject([
      { text: 'm', style: 64 },
      { kind: 'image' },
      { text: 'm', style: 64 },
      { kind: 'image' },
      { text: 'b', style: 64 },
    ]);
  });

  test('GS ^ while one is defined ends the definition and forgets it', () => {
    expect(instantBench().send(MARK, 'm\n', execute(3), 'a\n', execute(3)).lines).toEqual(['m', 'a']);
  });

  test('two GS : one after the other leave nothing defined', () => {
    expect(instantBench().send(MARK, 'm\n', MARK, MARK, MARK, execute(3), 'a\n').lines).toEqual(['m', 'a']);
  });

  test('what exceeds the memory is not kept', () => {
    const bench = instantBench({ memory: { macroBytes: 4 } }).send(MARK, 'ab\ncd\n', MARK, execute(1), '\n');
    expect(bench.lines).toEqual(['ab', 'cd', 'ab', 'c']);
  });

  test('a command that the macro breaks off takes nothing from what follows', () => {
    const bench = instantBench({ memory: { macroBytes: 5 } }).send(
      MARK,
      'ab\n',
      hex('1b 4a 00'),
      MARK,
      execute(1),
      'x\n',
    );
    expect(bench.lines).toEqual(['ab', 'ab', 'x']);
  });

  test('the power forgets them', () => {
    const bench = instantBench().send(MARK, 'm\n', MARK);
    bench.printer.power(false);
    bench.printer.power(true);
    expect(bench.send(execute(1), 'a\n').lines).toEqual(['m', 'a']);
  });

  test('unknown bytes in them are told at GS ^', () => {
    const bench = instantBench().send(MARK, hex('07'), MARK, execute(2));
    expect(bench.printer.unknown).toEqual([
      { offset: 2, hex: '07' },
      { offset: 5, hex: '07' },
      { offset: 5, hex: '07' },
    ]);
  });
});

test('GS ^ waits between two executions, and for the feed button if it is told to', () => {
  const bench = new Bench().send(MARK, 'm\n', MARK, hex('1d 5e 02 0a 00'), 'a\n');
  bench.clock.advance(2 * LINE_MS + 999);
  expect(bench.lines).toEqual(['m', 'm']);
  bench.finish();
  expect(bench.lines).toEqual(['m', 'm', 'm', 'a']);
  bench.send(hex('1d 5e 02 00 01'), 'b\n').finish();
  expect(bench.lines.slice(4)).toEqual(['m']);
  bench.send(hex('10 05 00')).finish(); // The feed button, as the host presses it.
  expect(bench.lines.slice(4)).toEqual(['m', 'm', 'b']);
});

describe('counters', () => {
  const print = (...setting: string[]) =>
    instantBench().send(...setting.map(hex), hex('1d 63 20 1d 63 20 1d 63 20 1d 63 0a')).lines;

  test('count up from 1, each number once', () => {
    expect(print()).toEqual(['1 2 3 4']);
  });

  test('digits and how they are aligned', () => {
    expect(print('1d 43 30 03 00')).toEqual(['  1   2   3   4']);
    expect(print('1d 43 30 03 01')).toEqual(['001 002 003 004']);
    expect(print('1d 43 30 03 02')).toEqual(['1   2   3   4  ']);
  });

  test('GS C 1: range, step and repetition; down when it ends lower', () => {
    expect(print('1d 43 31 01 00 05 00 02 01')).toEqual(['1 3 5 1']);
    expect(print('1d 43 31 01 00 05 00 02 02')).toEqual(['1 1 3 3']);
    expect(print('1d 43 31 03 00 01 00 01 01')).toEqual(['3 2 1 3']);
  });

  test('GS C 2 and GS C ; set the value', () => {
    expect(print('1d 43 32 64 00')).toEqual(['100 101 102 103']);
    expect(print('1d 43 3b 31 3b 39 3b 33 3b 31 3b 34 3b')).toEqual(['4 7 1 4']);
  });
});
