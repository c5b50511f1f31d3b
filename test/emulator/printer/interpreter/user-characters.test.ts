import { expect, test } from 'vitest';
import type { TextItem } from '../../../../src/emulator/printer/paper/operations.js';
import { type Bench, hex, instantBench } from '../bench.js';

function texts(bench: Bench): TextItem[] {
  return (bench.printer.paper.current?.wholeLines ?? [])
    .flatMap((line) => [...line.items])
    .filter((item): item is TextItem => item.kind === 'text');
}

/** `ESC & 3 A B`: A is one full column, B two columns with a dot at the top. */
const DEFINE = hex('1b 26 03 41 42 01 ff ff ff 02 80 00 00 80 00 00');

test('ESC & defines characters that ESC % puts in the place of the built-in ones', () => {
  const bench = instantBench().send(DEFINE, 'AB', hex('1b 25 01'), 'AB', hex('1b 25 00'), 'AB\n');
  expect(bench.lines).toEqual(['ABABAB']);
  const [plain, a, b, again] = texts(bench);
  expect([plain?.shape, again?.shape]).toEqual([undefined, undefined]);
  expect(a?.shape).toMatchObject({ widthDots: 12, heightDots: 24 });
  expect([...(a?.shape?.rows ?? [])]).toEqual(Array.from({ length: 24 }, () => [0x80, 0]).flat());
  expect(b?.shape?.rows.slice(0, 4)).toEqual(new Uint8Array([0xc0, 0, 0, 0]));
});

test('characters of Font B are 9 × 17, and apart from those of Font A', () => {
  const bench = instantBench().send(hex('1b 25 01'), DEFINE, hex('1b 4d 01'), 'A', DEFINE, 'A\n');
  expect(texts(bench).map((item) => item.shape?.heightDots)).toEqual([undefined, 17]);
  expect(texts(bench)[1]?.shape?.rows).toHaveLength(34);
});

test('ESC ? cancels one, ESC @ all', () => {
  const bench = instantBench().send(DEFINE, hex('1b 25 01 1b 3f 41'), 'AB\n', hex('1b 40 1b 25 01'), 'B\n');
  expect(texts(bench).map(({ text, shape }) => [text, shape !== undefined])).toEqual([
    ['A', false],
    ['B', true],
    ['B', false],
  ]);
});

test('columns beyond the cell, and codes that are none, are taken and ignored', () => {
  const wide = Buffer.concat([hex('1b 26 03 41 41 ff'), Buffer.alloc(255 * 3, 0xff)]);
  const bench = instantBench().send(wide, hex('1b 26 03 01 02 01 ff ff ff 01 ff ff ff 1b 25 01'), 'A\n');
  expect(texts(bench)[0]?.shape?.rows[1]).toBe(0xf0);
  expect(bench.printer.unknown).toEqual([]);
});

test('they are magnified and turned like others, and their runs keep together', () => {
  const bench = instantBench().send(DEFINE, hex('1b 25 01 1d 21 11'), 'AA\n');
  expect(texts(bench)).toMatchObject([{ text: 'AA', cells: 2, advance: 24, style: 9 }]);
});

test('FS 2 defines a full-width character, FS ? cancels it', () => {
  const define = Buffer.concat([hex('1c 32 fe a1'), Buffer.alloc(72, 0xff)]);
  const bench = instantBench().send(define, hex('1c 26'), '中', hex('fe a1'), '文', hex('1c 3f fe a1 fe a1 0a'));
  expect(texts(bench).map((item) => item.shape?.widthDots)).toEqual([undefined, 24, undefined]);
  expect(bench.lines[0]).toMatch(/^中〓文/);
});

test('FS 2 for a code where none can be is ignored', () => {
  const bench = instantBench().send(hex('1c 32 d6 d0'), Buffer.alloc(72, 0xff), hex('1c 26'), '中\n');
  expect(texts(bench)).toMatchObject([{ text: '中' }]);
  expect(texts(bench)[0]?.shape).toBeUndefined();
});
