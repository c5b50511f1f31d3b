import { describe, expect, test } from 'vitest';
import type { ImageItem } from '../../../../src/emulator/printer/paper/operations.js';
import { type Bench, hex, instantBench } from '../bench.js';

function images(bench: Bench): ImageItem[] {
  return bench.printer.paper.pieces
    .flatMap((piece) => piece.wholeLines)
    .flatMap((line) => [...line.items])
    .filter((item): item is ImageItem => item.kind === 'image');
}

/** `GS ( L` with its length. */
function gfx(parameters: string): Buffer {
  const bytes = hex(parameters);
  return Buffer.concat([hex('1d 28 4c'), Buffer.from([bytes.length & 0xff, bytes.length >> 8]), bytes]);
}

describe.each([
  ['NV', '43', '44', '45', '42', '40', '41', '72'],
  ['download', '53', '54', '55', '52', '50', '51', '73'],
])('%s graphics', (kind, raster, columns, print, remove, list, removeAll, id) => {
  const define = (key: string) => gfx(`30 ${raster} 30 ${key} 01 08 00 02 00 31 ff 81`);

  test('are defined in raster format and printed, as often and as large as wanted', () => {
    const bench = instantBench().send(define('41 42'), gfx(`30 ${print} 41 42 01 01`), gfx(`30 ${print} 41 42 02 01`));
    expect(images(bench)).toMatchObject([
      { widthDots: 8, heightDots: 2, scaleX: 1, scaleY: 1, rows: new Uint8Array([0xff, 0x81]) },
      { widthDots: 8, heightDots: 2, scaleX: 2, scaleY: 1 },
    ]);
  });

  test('are defined in column format', () => {
    const bench = instantBench().send(
      gfx(`30 ${columns} 30 41 42 01 02 00 08 00 31 80 01`),
      gfx(`30 ${print} 41 42 01 01`),
    );
    expect(images(bench)).toMatchObject([
      { widthDots: 2, heightDots: 8, rows: new Uint8Array([0x80, 0, 0, 0, 0, 0, 0, 0x40]) },
    ]);
  });

  test('colours lie one on the other', () => {
    const bench = instantBench().send(
      gfx(`30 ${raster} 30 41 42 02 08 00 01 00 31 f0 32 0f`),
      gfx(`30 ${print} 41 42 01 01`),
    );
    expect(images(bench)).toMatchObject([{ rows: new Uint8Array([0xff]) }]);
  });

  test('the list of key codes, empty and with two', () => {
    const bench = instantBench();
    const ask = `1d 28 4c 04 00 30 ${list} 4b 43`;
    expect(bench.ask(ask)).toBe(`37${id}4000`);
    bench.send(define('42 41'), define('41 42'));
    expect(bench.ask(ask)).toBe(`37${id}404142424100`);
    bench.send(gfx(`30 ${remove} 42 41`));
    expect(bench.ask(ask)).toBe(`37${id}40414200`);
    bench.send(gfx(`30 ${removeAll} 43 4c 52`));
    expect(bench.ask(ask)).toBe(`37${id}4000`);
  });

  test('a list of more than 40 goes on with ACK, is repeated with NAK, and ends with CAN', () => {
    const bench = instantBench();
    for (let key = 0x20; key < 0x20 + 45; key++) bench.send(define(`41 ${key.toString(16)}`));
    const first = bench.ask(`1d 28 4c 04 00 30 ${list} 4b 43`);
    expect(first).toMatch(new RegExp(`^37${id}41(41..){40}00$`));
    expect(bench.ask('15')).toBe(first);
    expect(bench.ask('06')).toBe(`37${id}4041484149414a414b414c00`);
    expect(bench.ask('06')).toBe('');
    expect(bench.printer.unknown).toEqual([]);
    expect(bench.ask('06')).toBe('');
    expect(bench.printer.unknown).toHaveLength(1);
  });

  test('power and ESC @ matter for downloaded graphics only', () => {
    const bench = instantBench().send(define('41 42'), hex('1b 40'), gfx(`30 ${print} 41 42 01 01`));
    expect(images(bench)).toHaveLength(kind === 'NV' ? 1 : 0);
    bench.printer.power(false);
    bench.printer.power(true);
    bench.send(gfx(`30 ${print} 41 42 01 01`));
    expect(images(bench)).toHaveLength(kind === 'NV' ? 2 : 0);
  });

  test('what finds no room is warned of, and what was there stays', () => {
    const bench = instantBench({ memory: { nvGraphicsBytes: 20, downloadBytes: 20 } });
    bench.send(define('41 42'), gfx(`30 ${raster} 30 41 42 01 08 00 14 00 31${' ff'.repeat(20)}`));
    expect(bench.printer.warnings[0]?.command).toMatch(/the memory is full$/);
    bench.send(gfx(`30 ${print} 41 42 01 01`));
    expect(images(bench)).toMatchObject([{ heightDots: 2 }]);
  });
});

test('GS ( L functions 48, 51 and 52 tell how large memories are, in digits', () => {
  const bench = instantBench({ memory: { nvGraphicsBytes: 1000, downloadBytes: 500 } });
  expect(bench.ask('1d 28 4c 02 00 30 30')).toBe(`3730${Buffer.from('1000').toString('hex')}00`);
  expect(bench.ask('1d 28 4c 02 00 30 33')).toBe(`3731${Buffer.from('1000').toString('hex')}00`);
  expect(bench.ask('1d 28 4c 02 00 30 34')).toBe(`3732${Buffer.from('500').toString('hex')}00`);
});

test('GS ( L function 113 takes columns into the print buffer', () => {
  const bench = instantBench().send(gfx('30 71 30 01 01 31 02 00 08 00 ff 80'), gfx('30 32'));
  expect(images(bench)).toMatchObject([{ widthDots: 2, heightDots: 8 }]);
});

test('FS q defines all pictures at once, and FS p prints one of them', () => {
  const picture = (byte: string) => `01 00 01 00${` ${byte}`.repeat(8)}`;
  const bench = instantBench().send(
    hex(`1c 71 02 ${picture('ff')} ${picture('80')}`),
    hex('1c 70 02 00 1c 70 01 03 1c 70 03 00'),
  );
  expect(images(bench)).toMatchObject([
    { widthDots: 8, heightDots: 8, scaleX: 1, scaleY: 1, rows: new Uint8Array([0xff, 0, 0, 0, 0, 0, 0, 0]) },
    { scaleX: 2, scaleY: 2 },
  ]);
  bench.send(hex(`1c 71 01 ${picture('01')}`), hex('1c 70 02 00'));
  expect(images(bench)).toHaveLength(2);
});

test('GS Q 0 prints columns of any height', () => {
  const bench = instantBench().send(hex('1d 51 30 01 02 00 04 00'), Buffer.alloc(8, 0xff));
  expect(images(bench)).toMatchObject([
    { widthDots: 2, heightDots: 24, scaleX: 2 },
    { widthDots: 2, heightDots: 8 },
  ]);
});
