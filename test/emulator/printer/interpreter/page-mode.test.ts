import { expect, test } from 'vitest';
import { isInk, type Raster } from '../../../../src/emulator/printer/paper/bitmap.js';
import type { PageItem } from '../../../../src/emulator/printer/paper/operations.js';
import { rasterise } from '../../../../src/emulator/printer/paper/raster.js';
import { fromRecord, toRecord } from '../../../../src/emulator/printer/paper/record.js';
import { type Bench, hex, instantBench } from '../bench.js';

const BEGIN = hex('1b 4c');
const PRINT = hex('0c');

/** `ESC W`, in dots. */
function area(x: number, y: number, width: number, height: number): Buffer {
  const bytes = Buffer.from([0x1b, 0x57, 0, 0, 0, 0, 0, 0, 0, 0]);
  [x, y, width, height].forEach((value, index) => {
    bytes.writeUInt16LE(value, 2 + 2 * index);
  });
  return bytes;
}

function direction(n: number): Buffer {
  return Buffer.from([0x1b, 0x54, n]);
}

function pages(bench: Bench): PageItem[] {
  return bench.printer.paper.pieces
    .flatMap((piece) => piece.wholeLines)
    .flatMap((line) => [...line.items])
    .filter((item): item is PageItem => item.kind === 'page');
}

/** Every glyph is its upper left dot, so that one sees where characters stand. */
function dots(bench: Bench): [number, number][] {
  const [piece] = bench.printer.paper.pieces;
  if (piece === undefined) return [];
  const picture: Raster = rasterise(piece, {
    glyph(_, widthDots, heightDots) {
      const rows = new Uint8Array(((widthDots + 7) >> 3) * heightDots);
      rows[0] = 0x80;
      return { widthDots, heightDots, rows, missing: false };
    },
  });
  const found: [number, number][] = [];
  for (let y = 0; y < picture.heightDots; y++)
    for (let x = 0; x < picture.widthDots; x++) if (isInk(picture, x, y)) found.push([x, y]);
  return found;
}

test('nothing is printed before FF, and then everything as one operation with its bytes', () => {
  const bench = instantBench().send('x\n', BEGIN, area(0, 0, 576, 100), 'one\ntwo');
  expect(bench.lines).toEqual(['x']);
  bench.send(PRINT, 'y\n');
  expect(bench.lines).toEqual(['x', 'one', 'two', 'y']);
  expect(bench.printer.paper.current?.operations[1]).toMatchObject({ op: 'line', from: 2, to: 22, feedDots: 100 });
});

test.each([
  [0, [0, 0], [12, 30]],
  [1, [0, 99], [30, 87]],
  [2, [199, 99], [187, 69]],
  [3, [199, 0], [169, 12]],
])('ESC T %i: the first character of two lines', (n, first, second) => {
  const bench = instantBench().send(BEGIN, area(0, 0, 200, 100), direction(n), 'a\n b', PRINT);
  expect(dots(bench).sort()).toEqual([first, second].sort());
});

test('areas lie where ESC W puts them, and what does not fit is cut off', () => {
  const bench = instantBench().send(BEGIN, area(300, 200, 600, 50), 'a\nb\nc', PRINT);
  const [page] = pages(bench);
  expect(page?.parts[0]?.area).toEqual({ x: 300, y: 200, widthDots: 276, heightDots: 50 });
  expect(page?.heightDots).toBe(250);
  expect(dots(bench)).toEqual([
    [300, 200],
    [300, 230],
  ]);
});

test('an area that begins outside the page is ignored', () => {
  const bench = instantBench().send(BEGIN, area(0, 0, 100, 50), area(576, 0, 10, 10), area(0, 0, 0, 9), 'a', PRINT);
  expect(pages(bench)[0]?.parts[0]?.area).toEqual({ x: 0, y: 0, widthDots: 100, heightDots: 50 });
});

test('text wraps at the edge of the area, in the direction in which it runs', () => {
  const bench = instantBench().send(BEGIN, area(0, 0, 100, 48), direction(1), 'abcdefgh', PRINT);
  expect(bench.lines).toEqual(['abcd', 'efgh']);
});

test('GS $ and GS \\ set the lower edge of what comes next; ESC $ and ESC \\ where it begins', () => {
  const bench = instantBench().send(
    BEGIN,
    area(0, 0, 576, 300),
    hex('1d 24 64 00 1b 24 32 00'),
    'a',
    hex('1d 5c 0a 00 1b 5c fb ff'),
    'b',
    hex('1d 5c f6 ff'),
    'c',
    hex('1d 24 2d 01'), // Below the area: ignored.
    PRINT,
  );
  expect(dots(bench)).toEqual([
    [50, 76],
    [69, 76],
    [57, 86],
  ]);
});

test('in page mode the motion units of both directions are exchanged for text that runs along the paper', () => {
  const units = hex('1d 50 cb 64'); // 203 units an inch across, 100 along.
  const bench = instantBench({ motionUnits: { x: 203, y: 203 } });
  bench.send(units, BEGIN, area(0, 0, 576, 100), direction(3), hex('1b 24 0a 00'), 'a', PRINT);
  expect(dots(bench)).toEqual([[575, 20]]);
});

test('pictures stand on the print position, and text goes on to their right', () => {
  const raster = Buffer.concat([hex('1d 76 30 00 01 00 32 00'), Buffer.alloc(50, 0x80)]);
  const bench = instantBench().send(BEGIN, area(0, 0, 576, 100), hex('1d 24 3c 00'), raster, 'a', PRINT);
  const found = dots(bench);
  expect(found.filter(([x]) => x === 0).map(([, y]) => y)).toEqual(Array.from({ length: 50 }, (_, row) => 10 + row));
  expect(found.filter(([x]) => x > 0)).toEqual([[8, 36]]);
});

test('ESC FF prints and keeps the page; FF prints and ends it', () => {
  const bench = instantBench().send(
    BEGIN,
    area(0, 0, 576, 48),
    'a',
    hex('1b 0c'),
    '\nb',
    hex('1b 0c'),
    PRINT,
    PRINT,
    'c\n',
  );
  expect(bench.lines).toEqual(['a', 'a', 'b', 'a', 'b', 'c']);
});

test('ESC S ends page mode and forgets the page', () => {
  expect(instantBench().send(BEGIN, 'a\n', hex('1b 53'), 'b\n', PRINT).lines).toEqual(['b']);
});

test('CAN erases the area, also what lies in it from other areas', () => {
  const bench = instantBench();
  bench.send(BEGIN, area(0, 0, 100, 100), 'a\nb', area(0, 0, 50, 27), 'c', hex('18'), 'd', PRINT);
  expect(dots(bench)).toEqual([
    [0, 0],
    [0, 30],
  ]);
  expect(bench.lines).toEqual(['a', 'b', 'd']); // What is hidden is still among the parts.
});

test('page mode has its own spacing, and gives that of standard mode back', () => {
  const bench = instantBench().send(hex('1b 33 3c'), BEGIN, area(0, 0, 99, 99), 'a\nb', hex('1b 33 50'), PRINT, 'c\n');
  expect(pages(bench)[0]?.parts.map((part) => part.bottom)).toEqual([24, 54]);
  expect(bench.printer.paper.current?.wholeLines[1]?.feedDots).toBe(60);
});

test('ESC L in the middle of a line is ignored', () => {
  expect(instantBench().send('a', BEGIN, 'b\n').lines).toEqual(['ab']);
});

test('GS ( P sets the height of a page', () => {
  const bench = instantBench().send(hex('1d 28 50 08 00 30 ff ff 64 00 00 00 01'), BEGIN, 'a', PRINT);
  expect(pages(bench)[0]?.heightDots).toBe(100);
});

test('GS ( Q draws lines and rectangles', () => {
  const line = '1d 28 51 0c 00 30 00 00 0a 00 40 00 0a 00 02 01 00 00';
  const box = '1d 28 51 0e 00 31 00 00 14 00 40 00 3c 00 01 01 00 00 00 00';
  const bench = instantBench().send(BEGIN, area(0, 0, 576, 100), hex(line), hex(box), PRINT);
  const found = dots(bench);
  expect(found.filter(([, y]) => y < 20)).toHaveLength(2 * 64);
  expect(found.filter(([, y]) => y >= 20)).toHaveLength(2 * 64 + 2 * 38);
});

test('a page takes no more than its memory, and says so', () => {
  const bench = instantBench().send(BEGIN);
  for (let count = 0; count < 20_000; count++) bench.send(hex('1d 24 18 00'), 'a', hex('1b 24 00 00'));
  bench.send(PRINT);
  expect(pages(bench)[0]?.parts.length).toBeLessThan(8_000);
  expect(bench.printer.warnings[0]?.command).toBe('page mode: the page is full');
});

test('DLE ENQ 2 and ESC @ go back to standard mode', () => {
  const bench = instantBench().send(BEGIN, 'a\n', hex('1b 40'), 'b\n');
  expect(bench.lines).toEqual(['b']);
});

test('ESC V and ESC a have no effect on a page', () => {
  const bench = instantBench().send(hex('1b 56 01 1b 61 02'), BEGIN, area(0, 0, 200, 48), 'ab', PRINT, 'c\n');
  expect(pages(bench)[0]?.parts[0]?.items).toMatchObject([{ x: 0, advance: 12 }]);
  expect(bench.printer.paper.current?.wholeLines[1]?.items).toMatchObject([{ x: 552, advance: 24 }]);
});

test('codes stand in the line like characters', () => {
  const qr = hex('1d 28 6b 04 00 31 50 30 41 1d 28 6b 03 00 31 51 30');
  const bench = instantBench().send(BEGIN, area(0, 0, 576, 200), hex('1d 24 64 00'), 'a', qr, 'b', PRINT);
  expect(pages(bench)[0]?.parts[0]).toMatchObject({
    bottom: 100,
    heightDots: 63,
    items: [{ text: 'a' }, { kind: 'qr', x: 12 }, { text: 'b', x: 12 + 63 }],
  });
});

test('a page survives being written down', () => {
  const raster = hex('1d 76 30 00 01 00 02 00 ff 81');
  const own = hex('1b 26 03 41 41 01 ff ff ff 1b 25 01');
  const bench = instantBench().send(
    own,
    BEGIN,
    area(0, 0, 99, 99),
    'A',
    raster,
    direction(3),
    'b',
    hex('18'),
    'c',
    PRINT,
  );
  for (const operation of bench.printer.paper.current?.operations ?? [])
    expect(fromRecord(toRecord(operation))).toEqual(operation);
});
