import { expect, test } from 'vitest';
import { fill, isInk, newRaster, type Raster } from '../../../../src/emulator/printer/paper/bitmap.js';
import { inkShapes } from '../../../../src/emulator/printer/paper/ink-shapes.js';
import { rasterise } from '../../../../src/emulator/printer/paper/raster.js';
import { toSvg } from '../../../../src/emulator/printer/paper/svg.js';
import { openGlyphs } from '../../../../src/glyphs/glyphs.js';
import { instantBench, stream } from '../bench.js';

const glyphs = openGlyphs();

/** Draws the strokes of an SVG of ours again, as a browser does: paths, and paths that are used elsewhere. */
function drawn(svg: string, { widthDots, heightDots }: Raster): Raster {
  const raster = newRaster(widthDots, heightDots);
  const stroke = (path: string, left: number, top: number) => {
    let x = 0;
    let y = 0;
    for (const [, step, a = '', b = ''] of path.matchAll(/([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?/g)) {
      if (step === 'M') [x, y] = [Number(a), Number(b)];
      else if (step === 'm') [x, y] = [x + Number(a), y + Number(b)];
      else {
        fill(raster, left + x, top + y - 0.5, Number(a), 1);
        x += Number(a);
      }
    }
  };
  const [, body = ''] = /<g stroke[^>]*>(.*?)<\/g>/s.exec(svg) ?? [];
  const shapes = new Map([...svg.matchAll(/<path id="(\w+)" d="([^"]*)"/g)].map(([, id, path]) => [id, path]));
  for (const [, path = ''] of body.matchAll(/<path d="([^"]*)"/g)) stroke(path, 0, 0);
  for (const [, id = '', x, y] of body.matchAll(/<use href="#(\w+)" x="(\d+)" y="(\d+)"/g))
    stroke(shapes.get(id) ?? '', Number(x), Number(y));
  return raster;
}

test('the SVG has the same dots as the picture', () => {
  const { printer } = instantBench().send(
    stream('\x1c&街角咖啡 Corner Cafe\n', '\x1dB\x01PAID\x1dB\x00\n\x1d!\x11拿铁拿铁\n\x1d!\x00\x1b-\x01under\n'),
    stream('\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x04\x1d(k\x07\x001P0test\x1d(k\x03\x001Q0\n'),
  );
  const [piece] = printer.paper.pieces;
  if (piece === undefined) throw new Error('nothing came out');
  const raster = rasterise(piece, glyphs);
  const svg = toSvg(piece, raster);
  expect(drawn(svg, raster)).toEqual(raster);
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="72mm" height="[\d.]+mm" viewBox="0 0 576 /);
});

test('its text can be searched, and is no markup', () => {
  const { printer } = instantBench().send(stream('a < b & c > d\n'));
  const [piece] = printer.paper.pieces;
  if (piece === undefined) throw new Error('nothing came out');
  expect(toSvg(piece, rasterise(piece, glyphs))).toContain(
    '<text x="0" y="24" font-size="24" textLength="156">a &lt; b &amp; c &gt; d</text>',
  );
});

test('a character that comes often is drawn once', () => {
  const size = (text: string) => {
    const { printer } = instantBench().send(stream(text));
    const [piece] = printer.paper.pieces;
    return piece === undefined ? 0 : toSvg(piece, rasterise(piece, glyphs)).length;
  };
  const one = size('e\n');
  expect(size(`${'e'.repeat(48)}\n`)).toBeLessThan(one + 48 * 40);
});

test('what hangs together by an edge or a corner is one shape', () => {
  const raster = newRaster(12, 6);
  const dots = ['#...#.......', '#...#...##..', '.#.#...#..#.', '..#.....##..', '............', '###.......#.'];
  dots.forEach((row, y) => {
    [...row].forEach((dot, x) => {
      if (dot === '#') fill(raster, x, y, 1, 1);
    });
  });
  const shapes = inkShapes(raster);
  expect(shapes.map(({ x, y, runs }) => [x, y, runs.length])).toEqual([
    [0, 0, 7],
    [7, 1, 4],
    [0, 5, 1],
    [10, 5, 1],
  ]);
  const again = newRaster(12, 6);
  for (const { x, y, runs } of shapes) for (const run of runs) fill(again, x + run.x, y + run.y, run.dots, 1);
  expect(again).toEqual(raster);
  expect(isInk(again, 10, 5)).toBe(true);
});
