import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import {
  fill,
  isInk,
  newRaster,
  type Raster,
  stamp,
  turned,
  upsideDown,
} from '../../../../src/emulator/printer/paper/bitmap.js';
import { toPng } from '../../../../src/emulator/printer/paper/png.js';
import { rasterise } from '../../../../src/emulator/printer/paper/raster.js';
import type { Glyph, GlyphSource } from '../../../../src/ports/glyphs.js';
import { Bench, hex, type Piece } from '../bench.js';

/** Every character is its cell's outline, with a dot inside the upper left corner so that one sees which way it stands. */
const FRAMES: GlyphSource = {
  glyph(_, widthDots, heightDots): Glyph {
    const frame = newRaster(widthDots, heightDots);
    fill(frame, 0, 0, widthDots, heightDots);
    fill(frame, 1, 1, widthDots - 2, heightDots - 2, true);
    fill(frame, 2, 2, 1, 1);
    return { ...frame, missing: false };
  },
};

function picture(...pieces: readonly Piece[]): Raster {
  const bench = new Bench({ timing: 'instant' }).send(...pieces);
  const piece = bench.printer.paper.pieces[0];
  if (piece === undefined) throw new Error('nothing was printed');
  return rasterise(piece, FRAMES);
}

/** The smallest rectangle that holds all ink. */
function inkedBox(raster: Raster): { left: number; top: number; right: number; bottom: number; dots: number } {
  const box = { left: Number.POSITIVE_INFINITY, top: Number.POSITIVE_INFINITY, right: -1, bottom: -1, dots: 0 };
  for (let y = 0; y < raster.heightDots; y++) {
    for (let x = 0; x < raster.widthDots; x++) {
      if (!isInk(raster, x, y)) continue;
      box.left = Math.min(box.left, x);
      box.top = Math.min(box.top, y);
      box.right = Math.max(box.right, x);
      box.bottom = Math.max(box.bottom, y);
      box.dots++;
    }
  }
  return box;
}

test('a picture is as wide as the printable width and as high as the paper moved', () => {
  const raster = picture('a\n', hex('1b 64 02'));
  expect([raster.widthDots, raster.heightDots, raster.rows.length]).toEqual([576, 90, 72 * 90]);
  expect(inkedBox(raster)).toMatchObject({ left: 0, top: 0, right: 11, bottom: 23 });
});

test('characters stand side by side in their cells, Chinese ones twice as wide', () => {
  const raster = picture(hex('1c 26'), 'a中b\n');
  for (const left of [0, 12, 36]) expect(isInk(raster, left, 12)).toBe(true);
  expect(isInk(raster, 24, 12)).toBe(false);
  expect(inkedBox(raster).right).toBe(47);
});

test('sizes, and one lower edge for all', () => {
  const raster = picture('a', hex('1d 21 12'), 'b\n'); // b: twice as wide, three times as high.
  expect(inkedBox(raster)).toMatchObject({ left: 0, right: 35, top: 0, bottom: 71 });
  expect(isInk(raster, 0, 47)).toBe(false);
  expect(isInk(raster, 0, 48)).toBe(true);
});

test('emphasised characters have strokes one dot wider', () => {
  const plain = picture('a\n');
  const bold = picture(hex('1b 45 01'), 'a\n');
  expect(isInk(plain, 1, 12)).toBe(false);
  expect(isInk(bold, 1, 12)).toBe(true);
});

test('underline of one or two dots at the lower edge, also under spaces', () => {
  expect(inkedBox(picture(hex('1b 2d 01'), '   \n'))).toEqual({ left: 0, right: 35, top: 23, bottom: 23, dots: 36 });
  expect(inkedBox(picture(hex('1b 2d 02'), '   \n'))).toEqual({ left: 0, right: 35, top: 22, bottom: 23, dots: 72 });
});

test('reverse is white on black, spaces included', () => {
  expect(inkedBox(picture(hex('1d 42 01'), '  \n'))).toEqual({ left: 0, right: 23, top: 0, bottom: 23, dots: 24 * 24 });
  const raster = picture(hex('1d 42 01'), 'a\n');
  expect(isInk(raster, 0, 0)).toBe(false);
  expect(isInk(raster, 5, 5)).toBe(true);
});

test('upside down: the line is turned by 180 degrees, so that it begins at the right', () => {
  const raster = picture(hex('1b 7b 01'), 'a\n');
  expect(inkedBox(raster)).toMatchObject({ left: 564, right: 575, top: 0, bottom: 23 });
  expect(isInk(raster, 575 - 2, 23 - 2)).toBe(true);
});

test('turned by 90 degrees clockwise: 24 wide, 12 high, its upper left corner at the upper right', () => {
  const raster = picture(hex('1b 56 01'), 'ab\n');
  expect(inkedBox(raster)).toMatchObject({ right: 47, bottom: 11 });
  expect(isInk(raster, 24 - 3, 2)).toBe(true);
});

test('a line that was cut short shows its upper dots only', () => {
  const bench = new Bench({ timing: 'instant' });
  bench.printer.site.jam(true);
  bench.send(hex('1d 21 01'), 'a\n'); // 48 dots high.
  const piece = bench.printer.paper.pieces[0];
  const raster = piece && rasterise(piece, FRAMES);
  expect(raster && [raster.heightDots, inkedBox(raster).bottom, isInk(raster, 0, 15)]).toEqual([16, 15, true]);
});

test('pictures are where alignment puts them, dot for dot', () => {
  const raster = picture(hex('1b 61 01 1d 76 30 00 01 00 02 00 81 18'));
  const left = (576 - 8) / 2;
  const dots = (y: number) => [...Array(8).keys()].filter((x) => isInk(raster, left + x, y));
  expect([dots(0), dots(1)]).toEqual([
    [0, 7],
    [3, 4],
  ]);
});

test('a PNG has one bit a dot: ink 0, paper 1; with a margin when asked for', () => {
  const png = toPng(picture(hex('1d 76 30 00 01 00 01 00 81')));
  const { width, height, depth, channels, data } = decode(png);
  expect({ width, height, depth, channels, first: data[0], second: data[1] }).toEqual({
    width: 576,
    height: 1,
    depth: 1,
    channels: 1,
    first: 0x7e,
    second: 0xff,
  });
  expect(decode(toPng(newRaster(10, 4), 3))).toMatchObject({ width: 16, height: 10 });
  expect(decode(toPng(newRaster(10, 0)))).toMatchObject({ width: 10, height: 1 });
});

test('stamping reaches over byte borders and is cut off at the edges', () => {
  const dot = { widthDots: 3, heightDots: 3, rows: new Uint8Array([0xe0, 0xe0, 0xe0]) };
  for (let x = -4; x <= 14; x++) {
    for (const [scaleX, scaleY] of [
      [1, 1],
      [2, 3],
    ] as const) {
      const raster = newRaster(13, 5);
      stamp(raster, dot, x, 1, scaleX, scaleY);
      const columns = [...Array(16).keys()].filter((column) => column < 13 && isInk(raster, column, 2));
      const expected = [...Array(3 * scaleX).keys()]
        .map((column) => x + column)
        .filter((column) => column >= 0 && column < 13);
      expect(columns).toEqual(expected);
      expect(raster.rows.every((row, index) => index % 2 === 0 || (row & 0x07) === 0)).toBe(true); // The padding stays white.
    }
  }
});

test('turning twice by 180 degrees, or four times by 90, changes nothing', () => {
  const shape = newRaster(11, 5);
  fill(shape, 1, 1, 7, 1);
  fill(shape, 9, 3, 2, 2);
  expect(upsideDown(upsideDown(shape))).toEqual(shape);
  expect(turned(turned(turned(turned(shape))))).toEqual(shape);
});
