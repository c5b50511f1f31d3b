import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../../src/emulator/printer/interpreter/table.js';
import { toRecord } from '../../../../src/emulator/printer/paper/record.js';
import { Bench, hex, instantBench, stream } from '../bench.js';
import { ANY_COMMAND } from './any-command.js';

/** Everything that a stream leaves behind. */
function result(bench: Bench): object {
  return {
    paper: bench.printer.paper.pieces.map((piece) => piece.operations.map(toRecord)),
    answers: bench.answers(),
    unknown: bench.printer.unknown,
    warnings: bench.printer.warnings,
    counters: bench.printer.counters,
  };
}

/** Pieces of streams that mean something, so that random streams get deep into commands. */
const MEANINGFUL = fc.oneof(
  fc
    .constantFrom(
      '1b40',
      '1c26',
      '1c2e',
      '0a',
      '1b6101',
      '1d2111',
      '1b4501',
      '1d7601',
      '1d7630000200030001020304050610040155',
      '1d286b0300314306',
      '1d286b0600315030616263',
      '1d286b0300315130',
      '1d28480600303041424344',
      '1d7201',
      '1d4943',
      '1d61ff',
      '1d564200',
      '1d5601',
      '1b6d',
      '100401',
      '100501',
      '100502',
      '10140801031401060208',
      '1b2a210300aabbccddeeff001122',
      '1b33',
      '1b',
      '1d',
      '1d28',
      '10',
      '1d6b0431323300',
      '1d6b490341424300',
      '1b4408101800',
      '1b2600',
      '81308130',
      'd6a7',
      'd6',
      '1d286b',
      '1d384c0b000000307030010131080001000f',
      '1c711b',
      '1b3d02',
      '1b3d01',
      '1d4c0a00',
      '1d571000',
      '0900',
      '1b7b01',
      '1b5601',
      '1d2a010101020304050607081d2f00',
      'ff80',
    )
    .map((text) => Buffer.from(text, 'hex')),
  fc.constantFrom('金额', 'total 12.80', '中a文', '¥').map((text) => stream(text)),
  fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
); // prettier-ignore

/** Page mode, UTF-8, Chinese, Shift JIS, a macro: what the rest of a stream may stand in. */
const MODE = fc.constantFrom('', '', '1b4c', '1c284302003002', '1c26', '1c4301', '1d3a').map(hex);

const STREAM = fc
  .tuple(MODE, fc.array(fc.oneof(MEANINGFUL, ANY_COMMAND), { maxLength: 40 }))
  .map(([mode, parts]) => Buffer.concat([mode, ...parts]));

const CODES = ['gb18030', 'big5', 'shift_jis', 'euc-kr', 'none'] as const;

function cutAt(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const pieces: Buffer[] = [];
  let from = 0;
  for (const to of [...places, bytes.length]) {
    if (to > from) pieces.push(bytes.subarray(from, to));
    from = to;
  }
  return pieces;
}

describe('any split of any stream gives the same paper, answers and unknown bytes', () => {
  for (const timing of ['instant', 'profile'] as const) {
    test(`with ${timing} timing`, () => {
      fc.assert(
        fc.property(STREAM, fc.array(fc.nat(), { maxLength: 12 }), fc.constantFrom(...CODES), (bytes, cuts, cjk) => {
          const whole = new Bench({ timing, profile: { cjk } }).send(bytes).finish();
          const split = new Bench({ timing, profile: { cjk } });
          for (const piece of cutAt(bytes, cuts)) split.send(piece);
          expect(result(split.finish())).toEqual(result(whole));
        }),
        { numRuns: 400 },
      );
    });
  }

  test('byte by byte', () => {
    fc.assert(
      fc.property(STREAM, (bytes) => {
        const whole = instantBench().send(bytes);
        const split = instantBench();
        for (const byte of bytes) split.send(byte);
        expect(result(split)).toEqual(result(whole));
      }),
      { numRuns: 200 },
    );
  });
});

test('any bytes at all neither throw nor hang, and unknown bytes are a bounded list', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3_000, size: 'max' }), fc.constantFrom(...CODES), (bytes, cjk) => {
      const bench = instantBench({ cjk });
      bench.send(bytes, bytes, bytes);
      expect(bench.printer.unknown.length).toBeLessThanOrEqual(1_000);
      for (const { offset, hex: text } of bench.printer.unknown)
        expect(offset + text.length / 2).toBeLessThanOrEqual(bytes.length * 3);
    }),
    { numRuns: 100 },
  );
});

test('after any nonsense, DLE DC4 8 and ESC @ make it print again', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const bench = instantBench();
      bench.send(bytes, hex('00 10 14 08 01 03 14 01 06 02 08 1b 3d 01 1b 40'), 'sound\n');
      expect(bench.lines.at(-1)).toBe('sound');
    }),
  );
});

test('each command of the table is known by its name, once', () => {
  const names = COMMANDS.map((command) => command.name);
  expect(new Set(names).size).toBe(names.length);
});

describe('unknown bytes are named with their offset, and what follows is understood', () => {
  test('a control code that no manual has', () => {
    const bench = instantBench().send('a', hex('07'), 'b\n');
    expect(bench.printer.unknown).toEqual([{ offset: 1, hex: '07' }]);
    expect(bench.lines).toEqual(['ab']);
  });

  test('an unknown letter behind ESC goes with it', () => {
    const bench = instantBench().send('ab', hex('1b 7e'), 'c\n');
    expect(bench.printer.unknown).toEqual([{ offset: 2, hex: '1b7e' }]);
    expect(bench.lines).toEqual(['abc']);
  });

  test('a control code behind ESC begins anew', () => {
    const bench = instantBench().send(hex('1b 1b 45 01'), 'bold\n');
    expect(bench.printer.unknown).toEqual([{ offset: 0, hex: '1b' }]);
    expect(bench.printer.paper.current?.wholeLines[0]?.items).toMatchObject([{ style: 64 }]);
  });

  test('an unknown GS ( x is skipped by its length', () => {
    const bench = instantBench().send(hex('1d 28 78 03 00 41 42 43'), 'text\n');
    expect(bench.printer.unknown).toEqual([{ offset: 0, hex: '1d2878' }]);
    expect(bench.lines).toEqual(['text']);
  });

  test('neighbours are told as one', () => {
    const bench = instantBench().send(hex('01 01 01 02'), 'a', hex('02'), '\n');
    expect(bench.printer.unknown).toEqual([
      { offset: 0, hex: '01010102' },
      { offset: 5, hex: '02' },
    ]);
  });

  test('offsets go on behind DLE DC4 8, and begin again when it is switched on', () => {
    const bench = instantBench().send(hex('1b 10 14 08 01 03 14 01 06 02 08 07'));
    expect(bench.printer.unknown.at(-1)).toEqual({ offset: 11, hex: '07' });
    bench.printer.power(false);
    bench.printer.power(true);
    bench.send(hex('08'));
    expect(bench.printer.unknown.at(-1)).toEqual({ offset: 0, hex: '08' });
  });
});

describe('real-time commands inside other data', () => {
  const RASTER = hex('1d 76 30 00 02 00 02 00'); // 2 bytes wide, 2 rows.

  test('DLE EOT 1 inside a picture answers, and stays in the picture', () => {
    const bench = instantBench().send(RASTER, hex('10 04 01 ff'), 'x\n');
    expect(bench.answers()).toBe('12');
    expect(bench.printer.paper.current?.wholeLines[0]?.items).toMatchObject([
      { kind: 'image', rows: new Uint8Array([0x10, 0x04, 0x01, 0xff]) },
    ]);
    expect(bench.lines).toEqual(['x']);
  });

  test('GS a and GS V inside a picture do nothing', () => {
    const bench = instantBench().send(RASTER, hex('1d 61 ff 1d'), RASTER, hex('1d 56 00 0a'), 'x\n');
    expect(bench.answers()).toBe('');
    expect(bench.printer.paper.pieces).toHaveLength(1);
    expect(bench.printer.paper.current?.wholeLines.map((line) => line.items[0]?.kind)).toEqual([
      'image',
      'image',
      'text',
    ]);
  });

  test('inside the data of a QR code and of ESC * too', () => {
    const bench = instantBench().send(hex('1d 28 6b 06 00 31 50 30 10 04 04'), hex('1b 2a 00 03 00 10 04 02'));
    expect(bench.answers()).toBe('1212');
    expect(bench.printer.unknown).toEqual([]);
  });

  test('a command that DLE EOT cuts short takes 10H as its parameter', () => {
    const bench = instantBench().send(hex('1b 33 10 04 01'), 'a\nb\n'); // ESC 3, then DLE EOT 1.
    expect(bench.answers()).toBe('12');
    expect(bench.printer.paper.current?.operations).toMatchObject([{ feedDots: 24 }, { feedDots: 24 }]); // 16 < 24.
    expect(bench.printer.unknown).toEqual([{ offset: 3, hex: '0401' }]);
  });

  test('between commands they leave nothing behind', () => {
    const all = '10 04 01 10 04 02 10 04 03 10 04 04 10 05 00 10 05 01 10 14 01 00 01';
    const bench = instantBench().send('a', hex(all), 'b\n');
    expect(bench.lines).toEqual(['ab']);
    expect(bench.printer.unknown).toEqual([]);
  });

  test('DLE EOT 1 in the middle of a Chinese character breaks the character only', () => {
    const bench = instantBench().send(hex('1c 26 d6 10 04 01'), '中\n');
    expect(bench.answers()).toBe('12');
    expect(bench.printer.unknown).toEqual([{ offset: 2, hex: 'd6' }]);
    expect(bench.lines).toEqual(['中']);
  });
});

test('lengths: everything of issue 2 and what is only skipped leaves no text behind', () => {
  const streams = [
    '1b 44 08 10 18 00',
    '1b 26 03 41 42 02 01 02 03 04 05 06 01 07 08 09',
    '1b 2a 00 02 00 aa bb',
    '1b 2a 21 01 00 01 02 03',
    '1b 63 33 ff',
    '1b 63 34 ff',
    '1b 63 35 00',
    '1b 70 00 01 02',
    '1b 42 01 01',
    '1c 53 00 00',
    `1c 32 fe a1${' 00'.repeat(72)}`,
    '1c 71 01 01 00 01 00 01 02 03 04 05 06 07 08',
    '1c 70 01 00',
    '1c 67 31 00 00 00 00 00 02 00 01 02',
    '1c 67 32 00 00 00 00 00 02 00',
    '1d 28 41 02 00 00 40',
    '1d 28 44 03 00 14 01 01',
    '1d 28 45 03 00 01 49 4e',
    '1d 28 4b 02 00 32 00',
    '1d 28 4c 02 00 30 32',
    '1d 28 4d 02 00 01 01',
    '1d 28 4e 02 00 30 30',
    '1d 28 51 02 00 30 30',
    '1d 38 4c 02 00 00 00 30 32',
    '1d 2a 01 01 01 02 03 04 05 06 07 08',
    '1d 2f 00',
    '1d 3a',
    '1d 43 30 00 00',
    '1d 43 31 01 00 02 00 01 01',
    '1d 43 32 00 00',
    '1d 43 3b 31 3b 31 3b 31 3b 31 3b 31 3b',
    '1d 50 00 00',
    '1d 51 30 00 01 00 02 00 ff ff',
    '1d 5e 01 00 00',
    '1d 66 00',
    '1d 67 30 00 14 00',
    '1d 67 32 00 14 00',
    '1d 68 50',
    '1d 6a 00',
    '1d 6b 00 31 32 33 00',
    '1d 6b 49 04 7b 42 41 42',
    '1d 77 03',
    '1d 7a 30 00 00',
    '1b 4c 1b 57 00 00 00 00 00 01 00 01 1b 54 00 1b 0c 1b 53',
    '1d 24 00 00',
    '1d 5c 00 00',
    '1b 52 00',
    '1b 74 00',
    '1b 25 00',
    '1b 3f 41',
    '1b 55 01',
    '1b 72 00',
    '1b 65 00',
    '1b 4b 00',
    '1b 76',
    '1b 75 00',
    '1b 3c',
  ]; // prettier-ignore
  for (const bytes of streams) {
    const bench = instantBench().send(hex(bytes), 'end\n');
    expect({ bytes, lines: bench.lines, unknown: bench.printer.unknown }).toEqual({
      bytes,
      lines: ['end'],
      unknown: [],
    });
  }
});

test('lengths beyond the memory are counted, not kept', () => {
  const bench = instantBench();
  bench.send(hex('1d 38 4c 00 00 20 00 30 70 30 01 01 31 08 00 01 00')); // 2 MB of graphics, 1 row of 8 dots.
  const chunk = Buffer.alloc(64 * 1024, 0xff);
  for (let sent = 10; sent < 0x20_0000; sent += chunk.length)
    bench.send(chunk.subarray(0, Math.min(chunk.length, 0x20_0000 - sent)));
  bench.send(hex('1d 28 4c 02 00 30 32'), 'after\n');
  expect(bench.lines).toEqual(['after']);
  expect(bench.printer.paper.current?.wholeLines[0]?.items).toMatchObject([{ widthDots: 8, heightDots: 1 }]);
});
