import { describe, expect, test } from 'vitest';
import type { TextItem } from '../../../../src/emulator/printer/paper/operations.js';
import { rasterise } from '../../../../src/emulator/printer/paper/raster.js';
import { SECOND_COLOUR, SMOOTH } from '../../../../src/emulator/printer/paper/style.js';
import type { GlyphSource } from '../../../../src/ports/glyphs.js';
import { type Bench, hex, instantBench } from '../bench.js';

function texts(bench: Bench): TextItem[] {
  return (bench.printer.paper.current?.wholeLines ?? [])
    .flatMap((line) => [...line.items])
    .filter((item): item is TextItem => item.kind === 'text');
}

/** Draws boxes, and remembers how large they were to be. */
function sizes(bench: Bench): string[] {
  const asked: string[] = [];
  const glyphs: GlyphSource = {
    glyph(_, widthDots, heightDots) {
      asked.push(`${widthDots}x${heightDots}`);
      return { widthDots, heightDots, rows: new Uint8Array(((widthDots + 7) >> 3) * heightDots), missing: false };
    },
  };
  for (const piece of bench.printer.paper.pieces) rasterise(piece, glyphs);
  return asked;
}

describe('GS b', () => {
  test('draws enlarged characters from their outlines, where both directions are enlarged alike', () => {
    const bench = instantBench().send(
      hex('1d 62 01 1d 21 22'),
      'a',
      hex('1d 21 12'),
      'b',
      hex('1d 62 00 1d 21 22'),
      'c\n',
    );
    expect(sizes(bench)).toEqual(['36x72', '12x24', '12x24']);
    expect(texts(bench).map((item) => (item.style & SMOOTH) !== 0)).toEqual([true, true, false]);
  });
});

describe('the second colour', () => {
  test('marks what is printed in it, on a model that has one', () => {
    const bench = instantBench({ colours: 2 }).send(
      'a',
      hex('1b 72 01'),
      'b',
      hex('1b 72 00 1d 28 4e 02 00 30 32'),
      'c\n',
    );
    expect(texts(bench).map((item) => (item.style & SECOND_COLOUR) !== 0)).toEqual([false, true]);
    expect(bench.lines).toEqual(['abc']);
  });

  test('is ignored by others', () => {
    expect(texts(instantBench().send(hex('1b 72 01'), 'b\n'))).toMatchObject([{ style: 0 }]);
  });
});

describe('feeding backwards', () => {
  test('ESC K and ESC e print what was collected, and what follows is printed over it', () => {
    const bench = instantBench().send('a\nb', hex('1b 4b 1e'), 'c\n', hex('1b 65 01'), 'd\n');
    expect(bench.printer.paper.current?.operations).toMatchObject([
      { op: 'line' },
      { op: 'line' },
      { op: 'feed', feedDots: -30 },
      { op: 'line' },
      { op: 'feed', feedDots: -30 },
      { op: 'line' },
    ]);
    expect(bench.printer.paper.current?.heightDots).toBe(60);
  });

  test('goes no further than a mechanism can, and not above the edge of the paper', () => {
    const bench = instantBench().send(hex('1b 4b ff'), 'a\n');
    expect(bench.printer.paper.current?.operations[0]).toMatchObject({ feedDots: -192 });
    expect(bench.printer.paper.current?.heightDots).toBe(30);
  });
});

test('writing over one line for ever does not grow without end', () => {
  const bench = instantBench();
  for (let count = 0; count < 5_000; count++) bench.send('a', hex('1b 24 00 00'));
  expect(bench.printer.paper.current?.operations.length).toBeGreaterThanOrEqual(2);
  expect(texts(bench)).toHaveLength(4_096);
});

test('ESC B and ESC ( A sound the buzzer', () => {
  const bench = instantBench().send(hex('1b 42 03 01 1b 28 41 04 00 61 01 02 0a'));
  expect(bench.printer.counters.beeps).toBe(5);
});

test('GS g 2 answers a maintenance counter in digits', () => {
  expect(instantBench().ask('1d 67 32 00 14 00')).toMatch(/^5f(3[0-9])+00$/);
});
