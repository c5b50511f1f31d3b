import { describe, expect, test } from 'vitest';
import { columnsToRows, croppedRows } from '../../../../src/emulator/printer/interpreter/pixels.js';
import type { ImageItem, LineOperation } from '../../../../src/emulator/printer/paper/operations.js';
import { type Bench, hex, instantBench } from '../bench.js';

function images(bench: Bench): ImageItem[] {
  return bench.printer.paper.pieces
    .flatMap((piece) => piece.wholeLines)
    .flatMap((line) => [...line.items])
    .filter((item): item is ImageItem => item.kind === 'image');
}

function lines(bench: Bench): readonly LineOperation[] {
  return bench.printer.paper.current?.wholeLines ?? [];
}

test('column format reads from top to bottom', () => {
  // Three columns of 8: full, top dot, bottom dot.
  expect([...columnsToRows(hex('ff 80 01'), 3, 1)]).toEqual([0xc0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0xa0]);
});

test('rows are cut off at the paper, and missing data is white', () => {
  expect([...croppedRows(hex('01 02 03 04 05 06'), 3, 16, 2)]).toEqual([1, 2, 4, 5]);
  expect([...croppedRows(hex('01 02 03 04'), 3, 16, 2)]).toEqual([1, 2, 4, 0]);
});

describe('ESC *', () => {
  test('24 dots high, 1:1, stands in the line of text', () => {
    const bench = instantBench().send('a', hex('1b 2a 21 02 00 80 00 00 00 00 01'), 'b\n');
    expect(lines(bench)).toMatchObject([
      {
        heightDots: 24,
        items: [{ text: 'a' }, { kind: 'image', x: 12, widthDots: 2, heightDots: 24 }, { text: 'b', x: 14 }],
      },
    ]);
    const rows = images(bench)[0]?.rows ?? [];
    expect([rows[0], rows[23]]).toEqual([0x80, 0x40]);
  });

  test.each([
    ['00', 2, 3],
    ['01', 1, 3],
    ['20', 2, 1],
    ['21', 1, 1],
  ])('mode %s prints each dot %i wide and %i high', (mode, scaleX, scaleY) => {
    const data = mode < '20' ? 'ff' : 'ff ff ff';
    expect(images(instantBench().send(hex(`1b 2a ${mode} 01 00 ${data} 0a`)))).toMatchObject([{ scaleX, scaleY }]);
  });

  test('ESC 3 16 and ESC J 0, as escpos-buffer sends them, leave no white between the bands', () => {
    const band = hex('1b 2a 21 01 00 ff ff ff 1b 4a 00');
    expect(lines(instantBench().send(hex('1b 33 10'), band, band)).map((line) => line.feedDots)).toEqual([24, 24]);
  });

  test('wider than the paper: what does not fit is not there, and not on the next line either', () => {
    const bench = instantBench().send(hex('1b 2a 21 00 04'), Buffer.alloc(1024 * 3, 0xff), '\nx\n');
    expect(images(bench)).toMatchObject([{ widthDots: 576 }]);
    expect(bench.lines).toEqual(['x']);
  });
});

describe('GS v 0', () => {
  test('prints in bands as high as a line of text, each with its bytes', () => {
    const bench = instantBench().send(hex('1d 76 30 00 02 00 32 00'), Buffer.alloc(100, 0xaa));
    expect(lines(bench)).toMatchObject([
      { from: 0, to: 56, feedDots: 24 },
      { from: 56, to: 104, feedDots: 24 },
      { from: 104, to: 108, feedDots: 2 },
    ]);
  });

  test('white bands only move the paper', () => {
    const bench = instantBench().send(hex('1d 76 30 00 01 00 30 00'), Buffer.alloc(24), Buffer.alloc(24, 1));
    expect(bench.printer.paper.current?.operations).toMatchObject([{ op: 'feed', feedDots: 24 }, { op: 'line' }]);
  });

  test.each([
    ['00', 1, 1],
    ['31', 2, 1],
    ['02', 1, 2],
    ['33', 2, 2],
  ])('m %s', (m, scaleX, scaleY) => {
    const bench = instantBench().send(hex(`1d 76 30 ${m} 01 00 01 00 ff`));
    expect(images(bench)).toMatchObject([{ scaleX, scaleY }]);
    expect(lines(bench)).toMatchObject([{ feedDots: scaleY }]);
  });

  test('is aligned like text, and prints what was collected first', () => {
    const bench = instantBench().send(hex('1b 61 01'), 'text', hex('1d 76 30 00 0a 00 01 00'), Buffer.alloc(10, 0xff));
    expect(lines(bench)).toMatchObject([{ items: [{ text: 'text' }] }, { items: [{ x: (576 - 80) / 2 }] }]);
  });

  test('wider than the paper is cut off', () => {
    expect(images(instantBench().send(hex('1d 76 30 00 64 00 01 00'), Buffer.alloc(100, 0xff)))).toMatchObject([
      { widthDots: 576 },
    ]);
  });

  test('of no size prints nothing and swallows nothing', () => {
    for (const size of ['00 00 ff ff', 'ff ff 00 00', '00 00 00 00']) {
      const bench = instantBench().send(hex(`1d 76 30 00 ${size}`), 'a\n');
      expect(bench.lines).toEqual(['a']);
    }
  });
});

test('GS ( L stores and prints, and GS 8 L is the same with a longer length', () => {
  const stored = '30 70 30 01 02 31 08 00 02 00 ff 81';
  for (const command of [`1d 28 4c 0c 00 ${stored}`, `1d 38 4c 0c 00 00 00 ${stored}`]) {
    const bench = instantBench().send(hex(command), hex('1d 28 4c 02 00 30 32 1d 28 4c 02 00 30 32'));
    expect(images(bench)).toMatchObject([
      { widthDots: 8, heightDots: 2, scaleX: 1, scaleY: 2, rows: new Uint8Array([0xff, 0x81]) },
    ]);
  }
});

test('GS * stores a picture that GS / prints as often as wanted', () => {
  const bench = instantBench().send(hex('1d 2a 01 01 ff 00 00 00 00 00 00 01 1d 2f 00 1d 2f 33'));
  expect(images(bench)).toMatchObject([
    { widthDots: 8, heightDots: 8, scaleX: 1, scaleY: 1 },
    { widthDots: 8, heightDots: 8, scaleX: 2, scaleY: 2 },
  ]);
});

test('a jam in the middle of a picture leaves its upper bands and a part of one', () => {
  const bench = instantBench();
  bench.printer.site.afterLines(2, () => bench.printer.site.jam(true));
  bench.send(hex('1d 76 30 00 01 00 60 00'), Buffer.alloc(96, 0xff));
  expect(bench.printer.paper.current?.operations).toMatchObject([{ feedDots: 24 }, { feedDots: 24 }, { inkedDots: 8 }]);
});
