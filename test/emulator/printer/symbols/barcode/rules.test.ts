import { describe, expect, test } from 'vitest';
import { rasterise } from '../../../../../src/emulator/printer/paper/raster.js';
import { type Bench, hex, instantBench } from '../../bench.js';
import { BLANK, barcode, nulBarcode, scan } from '../support.js';

const EAN = barcode(67, '4006381333931');

function heights(bench: Bench): number[] {
  return bench.printer.paper.current?.wholeLines.map((line) => line.feedDots) ?? [];
}

function warnings(bench: Bench): string[] {
  return bench.printer.warnings.map((warning) => warning.command);
}

describe('size and place', () => {
  test('defaults: 162 dots high, 3 dots a module, no characters for people', () => {
    const bench = instantBench().send(EAN);
    expect(heights(bench)).toEqual([162]);
    expect(bench.printer.paper.current?.wholeLines[0]?.items).toEqual([
      expect.objectContaining({ kind: 'barcode', x: 0, widthDots: 285, barDots: 162 }),
    ]);
    expect(bench.lines).toEqual([]);
  });

  test.each([
    ['1d 68 01', 1],
    ['1d 68 ff', 255],
    ['1d 68 00', 162],
  ])('GS h %s', (command, dots) => {
    expect(heights(instantBench().send(hex(command), EAN))).toEqual([dots]);
  });

  test.each([
    [2, 190],
    [6, 570],
    [7, 285],
    [0, 285],
  ])('GS w %i makes EAN-13 %i dots wide; out of range it stays', (n, widthDots) => {
    const bench = instantBench().send(hex('1d 77'), n, EAN);
    expect(bench.printer.paper.current?.wholeLines[0]?.items).toMatchObject([{ widthDots }]);
  });

  test('aligned like text, and text goes on below it', () => {
    const bench = instantBench().send(hex('1b 61 01'), EAN, 'x\n');
    const lines = bench.printer.paper.current?.wholeLines ?? [];
    expect(lines.map((line) => line.items[0]?.x)).toEqual([(576 - 285) >> 1, (576 - 12) >> 1]);
    expect(lines.map((line) => line.feedDots)).toEqual([162, 30]);
  });

  test('wider than the printing area it is not printed, and named', () => {
    const bench = instantBench().send(hex('1d 57 1c 01'), EAN, 'after\n');
    expect(bench.lines).toEqual(['after']);
    expect(warnings(bench)).toEqual(['GS k <EAN-13>: the symbol is larger than the printing area']);
    expect(heights(instantBench().send(hex('1d 57 1d 01'), EAN))).toEqual([162]);
  });

  test('in page mode it stands on the page where it was put', async () => {
    const bench = instantBench().send(hex('1b 4c 1b 54 01 1d 24 c8 00'), EAN, hex('0c'));
    expect((await scan(bench))[0]?.text).toBe('4006381333931');
  });

  test('DataBar has a least height: 33, 13, 10 and 34 modules', () => {
    const low = hex('1d 68 01 1d 77 02');
    const data = '1501234567890';
    const bars = [barcode(75, data), barcode(76, data), barcode(77, data), barcode(78, `01${data}7`)];
    expect(heights(instantBench().send(low, ...bars))).toEqual([66, 26, 20, 68]);
  });

  test('a wide element of Code 39 is 5, 8, 10, 13 and 15 dots for 2 to 6', () => {
    const widths = [2, 3, 4, 5, 6].map((n) => {
      const bench = instantBench().send(hex('1d 77'), n, barcode(69, 'A'));
      const [item] = bench.printer.paper.current?.wholeLines[0]?.items ?? [];
      return item?.kind === 'barcode' ? item.widthDots : 0;
    });
    expect(widths).toEqual([2, 3, 4, 5, 6].map((n, at) => 3 * (6 * n + 3 * ([5, 8, 10, 13, 15][at] ?? 0)) + 2 * n));
  });

  test('ESC @ puts all settings back', () => {
    const bench = instantBench().send(hex('1d 68 0a 1d 77 02 1d 48 03 1d 66 01 1b 40'), EAN);
    expect(bench.printer.paper.current?.wholeLines[0]).toMatchObject({ heightDots: 162, items: [{ widthDots: 285 }] });
    expect(bench.lines).toEqual([]);
  });
});

describe('characters for people', () => {
  test.each([
    ['00', 162, []],
    ['01', 186, ['4006381333931']],
    ['02', 186, ['4006381333931']],
    ['03', 210, ['4006381333931']],
    ['33', 210, ['4006381333931']],
    ['04', 162, []],
  ])('GS H %s', (n, dots, lines) => {
    const bench = instantBench().send(hex(`1d 48 ${n}`), EAN);
    expect(heights(bench)).toEqual([dots]);
    expect(bench.lines).toEqual(lines);
  });

  test('Font B is 17 dots high', () => {
    expect(heights(instantBench().send(hex('1d 48 03 1d 66 01'), EAN))).toEqual([196]);
    expect(heights(instantBench().send(hex('1d 48 01 1d 66 31'), EAN))).toEqual([179]);
  });

  test('they stand above and below the bars, centred on them', () => {
    const bench = instantBench().send(hex('1d 48 03 1d 68 14'), EAN);
    const solid = {
      glyph: (_: number, widthDots: number, heightDots: number) => ({
        ...BLANK.glyph(0, widthDots, heightDots),
        rows: new Uint8Array(((widthDots + 7) >> 3) * heightDots).fill(0xff),
      }),
    };
    const piece = bench.printer.paper.current;
    if (piece === undefined) throw new Error('nothing was printed');
    const page = rasterise(piece, solid);
    const row = (y: number) => Buffer.from(page.rows.subarray(y * 72, (y + 1) * 72)).toString('hex');
    expect([row(0), row(24), row(43), row(67)]).toEqual([row(23), row(43), row(24), row(44)]);
    // 13 characters of 12 dots on 285: from dot 64 to before 220.
    expect(row(0)).toMatch(/^(00){8}(ff){19}/);
    expect(row(24).startsWith('e38')).toBe(true); // 3 black, 3 white, 3 black: the guard.
  });

  test('cut short by a torn line, they cannot be read', () => {
    const bench = instantBench();
    bench.printer.site.jam(true);
    bench.send(hex('1d 48 02'), EAN);
    expect(bench.lines).toEqual(['▔▔▔▔▔▔▔▔▔▔▔▔▔']);
  });

  test('GS1-128 shows spaces between elements, which are not encoded', async () => {
    const bench = instantBench().send(hex('1d 48 02 1d 77 02'), barcode(74, '(01)9501234567890* {1(3102)000400'));
    expect(bench.lines).toEqual(['(01)95012345678903  (3102)000400']);
    expect((await scan(bench))[0]?.text).toBe('(01)95012345678903(3102)000400');
  });
});

describe('data that is wrong', () => {
  test.each<[string, Buffer, string[], string]>([
    ['a letter in EAN-13', barcode(67, '40063x1333931'), ['1333931'], 'GS k <EAN-13>: byte 78'],
    ['n out of range', barcode(68, '123'), ['123'], 'GS k <EAN-8>: 3 bytes'],
    ['an odd number for ITF', barcode(70, '123'), ['123'], 'GS k <ITF>: 3 bytes'],
    ['small letters in Code 39', barcode(69, 'ABcDE'), ['DE'], 'GS k <Code 39>: byte 63'],
    ['Code 128 without a code set', barcode(73, 'ABC'), ['BC'], 'GS k <Code 128>: data that it does not have'],
    ['a small letter in code set A', barcode(73, '{AXyZ'), ['Z'], 'GS k <Code 128>: data that it does not have'],
    ['a pair that is none', barcode(73, '{BX{9Z'), ['Z'], 'GS k <Code 128>: data that it does not have'],
    ['a brace at the end', barcode(73, '{BX{'), [], 'GS k <Code 128>: wrong code set or character'],
    ['Codabar without start and stop', barcode(71, '0123'), [], 'GS k <Codabar>: no start and stop character'],
    ['UPC-E of another number system', barcode(66, '12345678'), [], 'GS k <UPC-E>: the number system is not 0'],
    ['UPC-E that has no short form', barcode(66, '01234567890'), [], 'GS k <UPC-E>: it has no short form'],
    [
      'DataBar Limited from 2 on',
      barcode(77, '2501234567890'),
      [],
      'GS k <GS1 DataBar Limited>: it does not begin with 0 or 1',
    ],
    [
      'an element string that is none',
      barcode(78, '(1)2'),
      [],
      'GS k <GS1 DataBar Expanded>: data that GS1 DataBar Expanded cannot hold',
    ],
    ['too few digits before NUL', nulBarcode(2, '123'), [], 'GS k <EAN-13>: 3 bytes'],
    [
      'a control code before NUL',
      Buffer.from('\x1dk\x04AB\nC\n', 'latin1'),
      ['C'],
      'GS k <Code 39>: a control code in the data',
    ],
    ['a letter before NUL', Buffer.from('\x1dk\x0212x34\n', 'latin1'), ['34'], 'GS k <EAN-13>: byte 78'],
  ])('%s: nothing is printed, and what follows is text', (_, command, lines, warning) => {
    const bench = instantBench().send(command, '\n');
    expect(bench.lines).toEqual(lines);
    expect(warnings(bench)).toEqual([warning]);
  });

  test('a wrong check digit is printed as it is', () => {
    const bench = instantBench().send(hex('1d 48 02'), barcode(67, '4006381333930'), barcode(65, '012345678901'));
    expect(bench.lines).toEqual(['4006381333930', '012345678901']);
    expect(bench.printer.warnings).toEqual([]);
  });

  test('more digits than there can be are text', () => {
    const bench = instantBench().send(hex('1d 48 02'), Buffer.from('\x1dk\x024006381333931007\n', 'latin1'));
    expect(bench.lines).toEqual(['4006381333931', '007']);
  });

  test('the last of an odd number of digits before NUL is ignored', () => {
    expect(instantBench().send(hex('1d 48 02'), nulBarcode(5, '12345'), '\n').lines).toEqual(['1234']);
  });

  test('the * that stops Code 39 ends it', () => {
    const bench = instantBench().send(hex('1d 48 02'), barcode(69, 'AB*CD'), '\n', nulBarcode(4, '*X*'), '\n');
    expect(bench.lines).toEqual(['*AB*', 'CD', '*X*']);
  });

  test('an m that no manual has is named', () => {
    expect(warnings(instantBench().send(hex('1d 6b 40'), 'x\n'))).toEqual(['GS k 64: no bar code system']);
  });

  test('any split of the stream gives the same paper', () => {
    const bytes = Buffer.concat([
      barcode(73, '{AXyZ'),
      barcode(69, 'AB*CD'),
      Buffer.from('\x1dk\x024006381333931007\n'),
    ]);
    const whole = instantBench().send(hex('1d 48 02'), bytes);
    const split = instantBench().send(hex('1d 48 02'));
    for (const byte of bytes) split.send(byte);
    expect(split.printer.paper.pieces[0]?.operations).toEqual(whole.printer.paper.pieces[0]?.operations);
    expect(split.printer.warnings).toEqual(whole.printer.warnings);
  });
});
