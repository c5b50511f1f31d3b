import { describe, expect, test } from 'vitest';
import { hex, instantBench } from '../bench.js';

/** The characters of some bytes in table `n`. */
function inTable(n: number, bytes: string): string | undefined {
  return instantBench({ cjk: 'none' }).send(hex('1b 74'), n, hex(bytes), '\n').lines[0];
}

describe('ESC t n', () => {
  test.each([
    [0, '80 9b e1', 'Ç¢ß'],
    [1, 'b1 b2 dd', 'ｱｲﾝ'],
    [2, 'd5 e4', 'ıõ'],
    [3, '84 8e', 'ãÃ'],
    [11, 'a4 f6', 'Αψ'],
    [13, '8d a6', 'ıĞ'],
    [14, '80 98', 'Αα'],
    [16, '80 fc', '€ü'],
    [17, '80 ef', 'Ая'],
    [18, 'a8 e6', 'ĘŠ'],
    [19, 'd5', '€'],
    [21, 'a1 e0', 'กเ'],
    [42, 'b5 d0', 'Ąą'],
    [43, '80 b5', 'АĄ'],
    [53, 'be', 'ң'],
  ])('table %i: %s', (n, bytes, text) => {
    expect(inTable(n, bytes)).toBe(text);
  });

  test('a place without a character is blank', () => {
    expect(inTable(16, '41 81 42')).toBe('A B');
  });

  test('a table that nobody knows is named in the warnings', () => {
    const bench = instantBench().send(hex('1b 74 c8'));
    expect(bench.printer.warnings).toEqual([{ offset: 0, command: 'ESC t 200' }]);
  });
});

describe('full-width characters', () => {
  test('Shift JIS needs no FS &, and tells half-width katakana apart', () => {
    const bench = instantBench({ cjk: 'shift_jis' }).send(hex('1c 43 01 1b 74 01 93 fa 96 7b b1 61 0a'));
    expect(bench.lines).toEqual(['日本ｱa']);
  });

  test('JIS between FS & and FS ., with spaces and control codes as they are', () => {
    const bench = instantBench({ cjk: 'shift_jis' }).send(hex('1c 26 46 7c 20 4b 5c 1c 2e 46 7c 0a'));
    expect(bench.lines).toEqual(['日 本F|']);
  });

  test('Big5 and EUC-KR between FS & and FS .', () => {
    expect(instantBench({ cjk: 'big5' }).send(hex('a4 1c 26 a4 a4 a4 e5 1c 2e 0a')).lines).toEqual(['ñ中文']);
    expect(instantBench({ cjk: 'euc-kr' }).send(hex('1c 26 c7 d1 b1 b9 0a')).lines).toEqual(['한국']);
  });

  test('a lead without its second byte is unknown, and what follows is read', () => {
    const bench = instantBench({ cjk: 'big5' }).send(hex('1c 26 a4 20 a4 a4 0a'));
    expect(bench.lines).toEqual([' 中']);
    expect(bench.printer.unknown).toEqual([{ offset: 2, hex: 'a4' }]);
  });

  test('ESC 9 selects GBK, UTF-8 or Big5 on Chinese models', () => {
    const bench = instantBench().send(
      hex('1c 26 1b 39 03 a4 a4 1b 39 01'),
      Buffer.from('文'),
      hex('1b 39 00 d6 d0 0a'),
    );
    expect(bench.lines).toEqual(['中文中']);
  });

  test('FS ( A selects 16×16', () => {
    const bench = instantBench().send(hex('1c 26 1c 28 41 02 00 30 02'), '中', hex('0a'));
    expect(bench.printer.paper.current?.wholeLines).toMatchObject([{ heightDots: 16, items: [{ advance: 16 }] }]);
  });
});

describe('FS ( C', () => {
  const UTF8 = hex('1c 28 43 02 00 30 02');

  test('UTF-8: half-width and full-width by the character', () => {
    const bench = instantBench({ cjk: 'none' }).send(UTF8, Buffer.from('Ñ€a中文한😀\n'));
    expect(bench.lines).toEqual(['Ñ€a中文한😀']);
    const items = bench.printer.paper.current?.wholeLines[0]?.items;
    expect(items).toMatchObject([
      { text: 'Ñ€a', advance: 12, cells: 3 },
      { text: '中文한😀', advance: 24, cells: 4 },
    ]);
  });

  test('font priority: ambiguous characters are full-width when an Asian font comes first', () => {
    const bench = instantBench().send(UTF8, Buffer.from('─\n'), hex('1c 28 43 03 00 3c 00 14'), Buffer.from('─\n'));
    const advances = bench.printer.paper.current?.wholeLines.map(({ items }) => items[0]);
    expect(advances).toMatchObject([{ advance: 12 }, { advance: 24 }]);
  });

  test('bytes that are no UTF-8 are unknown, one by one', () => {
    const bench = instantBench().send(UTF8, 'a', hex('ff c0 80 ed a0 80 e4 b8 0a'));
    expect(bench.lines).toEqual(['a']);
    expect(bench.printer.unknown).toEqual([{ offset: 8, hex: 'ffc080eda080e4b8' }]);
  });

  test('back to one byte a character', () => {
    expect(instantBench({ cjk: 'none' }).send(UTF8, hex('1c 28 43 02 00 30 01 80 0a')).lines).toEqual(['Ç']);
  });
});

test('ESC R exchanges twelve places', () => {
  expect(instantBench().send(hex('1b 52 02'), '[\\]{|}~', hex('1b 52 08'), '\\', hex('1b 52 00'), '~\n').lines).toEqual(
    ['ÄÖÜäöüß¥~'],
  );
});
