import { describe, expect, test } from 'vitest';
import type { LineOperation } from '../../../src/emulator/printer/paper/operations.js';
import { Bench, hex, LINE_MS } from './bench.js';

const TEN_LINES = Array.from({ length: 10 }, (_, index) => `line ${index + 1}\n`).join('');
const RESUME = hex('10 05 01');
const CLEAR_ERROR = hex('10 05 02');
const CLEAR_BUFFERS = hex('10 14 08 01 03 14 01 06 02 08');
const CUT_SHORT = '▔'.repeat(6);

function partialLines(bench: Bench): LineOperation[] {
  return bench.printer.paper.pieces
    .flatMap((piece) => [...piece.operations])
    .filter((operation): operation is LineOperation => operation.op === 'line' && operation.inkedDots !== undefined);
}

describe('a jam in the sixth line', () => {
  function jammed(): Bench {
    const bench = new Bench();
    bench.printer.site.afterLines(5, () => bench.printer.site.jam(true));
    return bench.send(TEN_LINES).finish();
  }

  test('leaves five whole lines and the upper third of the sixth, and takes the printer offline', () => {
    const bench = jammed();
    expect(bench.lines).toEqual(['line 1', 'line 2', 'line 3', 'line 4', 'line 5', CUT_SHORT]);
    expect(partialLines(bench)).toMatchObject([{ heightDots: 24, inkedDots: 10, feedDots: 10 }]);
    expect(bench.ask('10 04 01')).toBe('1a');
    expect(bench.ask('10 04 03')).toBe('16');
  });

  test('stays an error when the cause is gone, until DLE ENQ comes', () => {
    const bench = jammed();
    bench.printer.site.jam(false);
    expect(bench.finish().lines).toHaveLength(6);
    expect(bench.ask('10 04 03')).toBe('16');
  });

  test('DLE ENQ 1 after the cause is gone prints on, with the sixth line again', () => {
    const bench = jammed();
    bench.printer.site.jam(false);
    bench.send(RESUME).finish();
    expect(bench.lines).toEqual([
      'line 1',
      'line 2',
      'line 3',
      'line 4',
      'line 5',
      CUT_SHORT,
      ...['line 6', 'line 7', 'line 8', 'line 9', 'line 10'],
    ]);
    expect(bench.ask('10 04 01 10 04 03')).toBe('1212');
  });

  test('DLE ENQ 1 and 2 do not help while the cause is there', () => {
    for (const request of [RESUME, CLEAR_ERROR]) {
      const bench = jammed().send(request).finish();
      expect(bench.lines).toHaveLength(6);
      expect(bench.ask('10 04 01 10 04 03')).toBe('1a16');
    }
  });

  test('DLE ENQ 2 forgets what was to be printed, keeps the settings, and prints what comes then', () => {
    const bench = new Bench();
    bench.printer.site.afterLines(5, () => bench.printer.site.jam(true));
    bench.send(hex('1b 61 02 1d 21 11'), TEN_LINES).finish();
    bench.printer.site.jam(false);
    bench.send(CLEAR_ERROR, 'new\n').finish();
    expect(bench.lines.slice(5)).toEqual(['▔'.repeat(6), 'new']);
    const last = bench.printer.paper.current?.wholeLines.at(-1);
    expect(last).toMatchObject({ heightDots: 48, items: [{ x: 576 - 3 * 24 }] }); // Still double size, still right.
    expect(bench.ask('10 04 01')).toBe('12');
  });

  test('DLE DC4 8 does the same and answers 37 25 00', () => {
    const bench = jammed();
    bench.printer.site.jam(false);
    bench.answers();
    bench.send(CLEAR_BUFFERS);
    expect(bench.answers()).toBe('372500');
    bench.send('new\n').finish();
    expect(bench.lines.slice(6)).toEqual(['new']);
  });

  test('switching off and on clears the error, but not the jam', () => {
    const bench = jammed();
    bench.printer.power(false);
    bench.printer.power(true);
    expect(bench.ask('10 04 01')).toBe('12');
    bench.send('again\n').finish();
    expect(bench.ask('10 04 01')).toBe('1a');
    expect(bench.lines.slice(5)).toEqual([CUT_SHORT, '▔'.repeat(5)]);
  });
});

test('a jam in the middle of a line leaves as much of it as was out', () => {
  const bench = new Bench();
  bench.send('abc\n');
  bench.clock.advance(LINE_MS / 2); // 15 of its 30 dots.
  bench.printer.site.jam(true);
  expect(partialLines(bench)).toMatchObject([{ inkedDots: 15 }]);
  expect(bench.ask('10 04 03')).toBe('16');
});

test('a jam that came and went while the paper stood still was never noticed', () => {
  const bench = new Bench();
  bench.printer.site.jam(true);
  expect(bench.ask('10 04 01')).toBe('12');
  bench.printer.site.jam(false);
  expect(bench.send('a\n').finish().lines).toEqual(['a']);
});

test('DLE ENQ without an error changes nothing', () => {
  const bench = new Bench();
  bench.send('held', hex('10 05 00 10 05 01 10 05 02'), ' back\n').finish();
  expect(bench.lines).toEqual(['held back']);
});

test('DLE ENQ 2 while the paper is out is no way to clear: that is not an error', () => {
  const bench = new Bench();
  bench.printer.site.paperOut(true);
  bench.send('kept\n', CLEAR_ERROR);
  bench.printer.site.paperOut(false);
  expect(bench.finish().lines).toEqual(['kept']);
});

test('paper out: the line that is being printed is finished, the rest waits and comes when paper is in', () => {
  const bench = new Bench();
  bench.send(TEN_LINES);
  bench.clock.advance(2.5 * LINE_MS);
  bench.printer.site.paperOut(true);
  bench.finish();
  expect(bench.lines).toEqual(['line 1', 'line 2', 'line 3']);
  bench.send('line 11\n').finish();
  bench.printer.site.paperOut(false);
  expect(bench.finish().lines).toHaveLength(11);
});

test('cover open: the line is cut short, and comes again as a whole when the cover is closed', () => {
  const bench = new Bench();
  bench.send(TEN_LINES);
  bench.clock.advance(1.5 * LINE_MS);
  bench.printer.site.coverOpen(true);
  expect(bench.finish().lines).toEqual(['line 1', CUT_SHORT]);
  bench.printer.site.coverOpen(false);
  expect(bench.finish().lines.slice(1, 4)).toEqual([CUT_SHORT, 'line 2', 'line 3']);
});

test('two causes: it prints on only when both are gone', () => {
  const bench = new Bench();
  bench.printer.site.coverOpen(true);
  bench.printer.site.paperOut(true);
  bench.send('a\n');
  bench.printer.site.coverOpen(false);
  expect(bench.finish().lines).toEqual([]);
  bench.printer.site.paperOut(false);
  expect(bench.finish().lines).toEqual(['a']);
});

test('data held for want of paper is lost only by DLE DC4 8', () => {
  const bench = new Bench();
  bench.printer.site.paperOut(true);
  bench.send('lost\n', CLEAR_BUFFERS);
  expect(bench.answers()).toBe('372500');
  bench.printer.site.paperOut(false);
  bench.send('kept\n');
  expect(bench.finish().lines).toEqual(['kept']);
});

test('a model that does not know DLE DC4 8 keeps its data and answers nothing', () => {
  const bench = new Bench({ profile: { clearsBuffer: false } });
  bench.printer.site.paperOut(true);
  bench.send('kept\n', CLEAR_BUFFERS);
  expect(bench.answers()).toBe('');
  bench.printer.site.paperOut(false);
  expect(bench.finish().lines).toEqual(['kept']);
  expect(bench.printer.unknown).toEqual([]);
});

test('DLE DC4 8 frees a parser that waits for the rest of a picture', () => {
  const bench = new Bench();
  bench.send(hex('1d 76 30 00 48 00 ff 00'), 'swallowed\n', CLEAR_BUFFERS, 'printed\n').finish();
  expect(bench.lines).toEqual(['printed']);
});

test('mute: it works, and answers nothing', () => {
  const bench = new Bench();
  bench.ask('1d 61 ff');
  bench.printer.site.mute(true);
  bench.send('a\n', hex('10 04 01 1d 72 01 1d 28 48 06 00 30 30 41 41 41 41')).finish();
  bench.printer.site.paperOut(true);
  expect(bench.answers()).toBe('');
  expect(bench.lines).toEqual(['a']);
  bench.printer.site.mute(false);
  expect(bench.ask('10 04 01')).toBe('1a');
});

test('hang: nothing is read, printed or answered, and all of it goes on afterwards', () => {
  const bench = new Bench();
  bench.send('first\n');
  bench.clock.advance(LINE_MS / 2);
  bench.printer.site.hang(true);
  expect(bench.link.isReading).toBe(false);
  bench.send('second\n', hex('10 04 01'));
  bench.clock.advance(10_000);
  expect(bench.lines).toEqual([]);
  expect(bench.answers()).toBe('');
  bench.printer.site.hang(false);
  expect(bench.link.isReading).toBe(true);
  expect(bench.answers()).toBe('12');
  bench.clock.advance(LINE_MS / 2);
  expect(bench.lines).toEqual(['first']);
  expect(bench.finish().lines).toEqual(['first', 'second']);
});

test('a hang in the middle of a delivery: the rest is heard when it is over, in order', () => {
  const bench = new Bench({ timing: 'instant' });
  bench.printer.site.afterLines(1, () => bench.printer.site.hang(true));
  bench.send('a\n', hex('10 04 01'), 'b\n', hex('10 04 04'), 'c\n');
  bench.send('d\n');
  bench.printer.site.afterLines(1, () => bench.printer.site.hang(true)); // And once more behind b.
  const seen: string[][] = [[...bench.lines, bench.answers()]];
  bench.printer.site.hang(false);
  seen.push([...bench.lines, bench.answers()]);
  bench.printer.site.hang(false);
  seen.push([...bench.lines, bench.answers()]);
  expect(seen).toEqual([
    ['a', ''],
    ['a', 'b', '12'],
    ['a', 'b', 'c', 'd', '12'],
  ]);
});

test('a change during a hang is told when it is over', () => {
  const bench = new Bench();
  bench.ask('1d 61 ff');
  bench.printer.site.hang(true);
  bench.printer.site.paperOut(true);
  expect(bench.answers()).toBe('');
  bench.printer.site.hang(false);
  expect(bench.answers()).toBe('18000c00');
});

test('switching it off and on is what frees a printer that hangs', () => {
  const bench = new Bench();
  bench.printer.site.hang(true);
  bench.send('lost\n');
  bench.printer.power(false);
  bench.printer.power(true);
  expect(bench.send('new\n').finish().lines).toEqual(['new']);
});

describe('power off', () => {
  test('cuts the line short and loses what was held, every setting and Automatic Status Back; the paper stays', () => {
    const bench = new Bench();
    bench.ask('1d 61 ff');
    bench.send(hex('1b 61 01'), TEN_LINES);
    bench.clock.advance(1.5 * LINE_MS);
    bench.printer.power(false);
    expect(bench.printer.powered).toBe(false);
    expect(bench.finish().lines).toEqual(['line 1', CUT_SHORT]);
    bench.printer.power(true);
    bench.printer.site.paperOut(true);
    bench.printer.site.paperOut(false);
    expect(bench.answers()).toBe('');
    bench.send('left\n').finish();
    expect(bench.printer.paper.current?.wholeLines.at(-1)?.items[0]?.x).toBe(0);
  });

  test('is silent, and what arrives is lost', () => {
    const bench = new Bench();
    bench.printer.power(false);
    expect(bench.ask('10 04 01')).toBe('');
    bench.send('lost\n');
    bench.printer.power(true);
    expect(bench.send('new\n').finish().lines).toEqual(['new']);
  });

  test('in the middle of a command leaves no half command behind', () => {
    const bench = new Bench();
    bench.send(hex('1d 28 6b 40 00 31'));
    bench.printer.power(false);
    bench.printer.power(true);
    expect(bench.send('whole\n').finish().lines).toEqual(['whole']);
  });

  test('the cover is still open when it comes back', () => {
    const bench = new Bench();
    bench.printer.site.coverOpen(true);
    bench.printer.power(false);
    bench.printer.power(true);
    expect(bench.ask('10 04 02')).toBe('16');
  });
});

describe('afterLines', () => {
  test('counts printed lines, not blank ones, and runs once between two lines', () => {
    const bench = new Bench();
    const seen: number[] = [];
    bench.printer.site.afterLines(2, () => seen.push(bench.lines.length));
    bench.send('a\n\n\nb\nc\nd\n').finish();
    expect(seen).toEqual([2]);
  });

  test('can be undone, also by one that runs before it', () => {
    const bench = new Bench();
    let runs = 0;
    const undoFirst = bench.printer.site.afterLines(1, () => runs++);
    let undoThird = () => {};
    bench.printer.site.afterLines(2, () => undoThird());
    undoThird = bench.printer.site.afterLines(2, () => runs++);
    undoFirst();
    undoFirst();
    bench.send(TEN_LINES).finish();
    expect(runs).toBe(0);
  });

  test('0 lines: at once', () => {
    const bench = new Bench();
    let runs = 0;
    bench.printer.site.afterLines(0, () => runs++);
    expect(runs).toBe(1);
  });

  test('may switch the power off in the middle of a stream', () => {
    for (const timing of ['profile', 'instant'] as const) {
      const bench = new Bench({ timing });
      bench.printer.site.afterLines(2, () => bench.printer.power(false));
      bench.send(TEN_LINES).finish();
      expect(bench.lines).toEqual(['line 1', 'line 2']);
      bench.printer.power(true);
      expect(bench.send('new\n').finish().lines).toEqual(['line 1', 'line 2', 'new']);
    }
  });

  test('a jam without printing time is in the next line too', () => {
    const bench = new Bench({ timing: 'instant' });
    bench.printer.site.afterLines(5, () => bench.printer.site.jam(true));
    bench.send(TEN_LINES);
    expect(bench.lines.slice(4)).toEqual(['line 5', CUT_SHORT]);
    bench.printer.site.jam(false);
    bench.send(RESUME);
    expect(bench.lines.slice(5)).toEqual([CUT_SHORT, 'line 6', 'line 7', 'line 8', 'line 9', 'line 10']);
  });
});
