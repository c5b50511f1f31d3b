import { expect, test } from 'vitest';
import type { QrItem } from '../../../../src/emulator/printer/paper/operations.js';
import { toPng } from '../../../../src/emulator/printer/paper/png.js';
import { rasterise } from '../../../../src/emulator/printer/paper/raster.js';
import type { Glyph } from '../../../../src/ports/glyphs.js';
import { type Bench, hex, instantBench } from '../bench.js';
import { readCodes } from './read-codes.js';

const BLANK = {
  glyph: (_: number, widthDots: number, heightDots: number): Glyph => ({
    widthDots,
    heightDots,
    rows: new Uint8Array(((widthDots + 7) >> 3) * heightDots),
    missing: false,
  }),
};

function qr(data: Uint8Array, { moduleDots = 6, level = 0x31, model = 0x32 } = {}): Buffer {
  const length = data.length + 3;
  return Buffer.concat([
    hex('1d 28 6b 04 00 31 41'),
    Buffer.from([model, 0]),
    hex('1d 28 6b 03 00 31 43'),
    Buffer.from([moduleDots]),
    hex('1d 28 6b 03 00 31 45'),
    Buffer.from([level]),
    hex('1d 28 6b'),
    Buffer.from([length & 0xff, length >> 8]),
    hex('31 50 30'),
    data,
    hex('1d 28 6b 03 00 31 51 30'),
  ]);
}

async function read(bench: Bench): Promise<{ format: string; bytes: Buffer }[]> {
  const piece = bench.printer.paper.pieces[0];
  if (piece === undefined) throw new Error('nothing was printed');
  return readCodes(toPng(rasterise(piece, BLANK), 32));
}

test('a QR code from the paper reads back, byte for byte', async () => {
  const data = Buffer.from('https://paperjam.example/v/20260101000000000042?金额=12.80');
  const bench = instantBench().send(hex('1b 61 01'), qr(data));
  expect(await read(bench)).toMatchObject([{ format: 'QRCode', bytes: data }]);
});

test('all 256 byte values, in an order that looks like Shift-JIS, read back as they were', async () => {
  const data = Buffer.from([...Array(256).keys()].map((index) => (index * 131 + 0x82) & 0xff));
  const bench = instantBench().send(qr(data, { moduleDots: 4 }));
  expect((await read(bench))[0]?.bytes).toEqual(data);
});

test.each([
  [0x30, 'L'],
  [0x31, 'M'],
  [0x32, 'Q'],
  [0x33, 'H'],
])('level %i is %s, and reads back', async (level, name) => {
  const data = Buffer.from('订单 20260101 ￥12.80');
  const bench = instantBench().send(qr(data, { level }));
  expect(bench.printer.paper.current?.wholeLines[0]?.items).toMatchObject([{ kind: 'qr', level: name }]);
  expect((await read(bench))[0]?.bytes).toEqual(data);
});

test.each([1, 2, 3, 16])('modules of %i dots', async (moduleDots) => {
  const bench = instantBench().send(qr(Buffer.from('12'), { moduleDots }));
  expect(bench.printer.paper.current?.heightDots).toBe(21 * moduleDots);
  if (moduleDots > 1) expect((await read(bench))[0]?.bytes.toString()).toBe('12');
});

test('the paper moves by exactly the height of the symbol; it stands alone on its line, aligned like text', () => {
  const bench = instantBench().send(hex('1b 61 02'), 'above', qr(Buffer.from('x')), 'below\n');
  const lines = bench.printer.paper.current?.wholeLines ?? [];
  expect(lines.map((line) => line.feedDots)).toEqual([30, 126, 30]);
  expect(lines[1]?.items[0]?.x).toBe(576 - 126);
});

test('the stored data can be printed again; ESC @ forgets it; nothing stored prints nothing', () => {
  const again = hex('1d 28 6b 03 00 31 51 30');
  const bench = instantBench().send(again, qr(Buffer.from('x')), again, hex('1b 40'), again);
  expect(bench.printer.counters.lines).toBe(2);
});

test('defaults after ESC @: 3 dots a module, level L', () => {
  const bench = instantBench().send(hex('1d 28 6b 04 00 31 50 30 41 1d 28 6b 03 00 31 51 30'));
  const [item] = bench.printer.paper.current?.wholeLines[0]?.items ?? [];
  expect(item).toMatchObject({ moduleDots: 3, level: 'L', version: 1 } satisfies Partial<QrItem>);
});

test('a symbol wider than the printing area is not printed, and named', () => {
  const bench = instantBench().send(qr(Buffer.alloc(600, 0xe4), { moduleDots: 8 }), 'after\n');
  expect(bench.printer.counters.lines).toBe(1);
  expect(bench.printer.warnings).toHaveLength(1);
});

test('function 182 tells the size: 37 36, width 1F height 1F 31 1F 30 NUL', () => {
  const bench = instantBench().send(qr(Buffer.from('x')));
  expect(bench.ask('1d 28 6b 03 00 31 52 30')).toBe(`3736${hex('313236').toString('hex')}1f3132361f311f3000`);
});
