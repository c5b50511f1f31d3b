import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import type { LineOperation, PaperOperation, TextItem } from '../../../../src/emulator/printer/paper/operations.js';
import * as style from '../../../../src/emulator/printer/paper/style.js';
import { type Bench, hex, instantBench, type Piece } from '../bench.js';

function operations(bench: Bench): readonly PaperOperation[] {
  return bench.printer.paper.pieces.flatMap((piece) => [...piece.operations]);
}

function print(...pieces: readonly Piece[]): readonly PaperOperation[] {
  return operations(instantBench().send(...pieces));
}

/** The runs of text on the last line. */
function runs(...pieces: readonly Piece[]): readonly TextItem[] {
  const line = print(...pieces).findLast((operation): operation is LineOperation => operation.op === 'line');
  return (line?.items ?? []).filter((item) => item.kind === 'text');
}

describe('lines', () => {
  test('a line moves the paper by 30 dots, a blank one too', () => {
    expect(print('a\n\nb\n')).toMatchObject([
      { op: 'line', from: 0, to: 2, heightDots: 24, feedDots: 30 },
      { op: 'feed', from: 2, to: 3, feedDots: 30 },
      { op: 'line', from: 3, to: 5, heightDots: 24, feedDots: 30 },
    ]);
  });

  test('text alone is not printed: it waits for its line feed', () => {
    expect(print('waits')).toEqual([]);
  });

  test('CR does nothing, so CR LF is one line', () => {
    expect(print('a\r\nb\r\n')).toMatchObject([{ op: 'line' }, { op: 'line' }]);
  });

  test('a line that is full goes out when the next character comes; 48 characters and LF are one line', () => {
    expect(instantBench().send('x'.repeat(48), '\n', 'y\n').lines).toEqual(['x'.repeat(48), 'y']);
    expect(instantBench().send('x'.repeat(50), '\n').lines).toEqual(['x'.repeat(48), 'xx']);
  });

  test('a Chinese character that does not fit any more goes to the next line', () => {
    expect(instantBench().send(hex('1c 26'), 'x'.repeat(47), '中文\n').lines).toEqual(['x'.repeat(47), '中文']);
  });

  test('ESC 3 sets the spacing in motion units, ESC 2 puts it back, and a line is never lower than its characters', () => {
    expect(print(hex('1b 33 40'), 'a\n', hex('1b 33 00'), 'b\n', hex('1b 32'), 'c\n')).toMatchObject([
      { feedDots: 64 },
      { feedDots: 24 },
      { feedDots: 30 },
    ]);
  });

  test('ESC d feeds n lines, ESC J n units; with nothing to print they only feed', () => {
    expect(print('a', hex('1b 64 03'), hex('1b 64 02'), 'b', hex('1b 4a 50'), hex('1b 4a 08'))).toMatchObject([
      { op: 'line', feedDots: 90 },
      { op: 'feed', feedDots: 60 },
      { op: 'line', feedDots: 80 },
      { op: 'feed', feedDots: 8 },
    ]);
  });

  test('ESC d 0 and ESC J 0 print the line at its own height', () => {
    expect(print('a', hex('1b 64 00'), hex('1b 4a 00'))).toMatchObject([{ op: 'line', feedDots: 24 }]);
  });

  test('GS P changes what a unit is', () => {
    expect(print(hex('1d 50 00 65'), hex('1b 4a 65'))).toMatchObject([{ feedDots: 203 }]); // 101/101 inch.
  });

  test('ESC @ forgets the line that was being collected and puts every setting back', () => {
    const bench = instantBench().send(
      hex('1b 61 02 1d 21 77 1b 45 01 1b 33 ff 1d 4c 40 00 1b 74 10'),
      'lost',
      hex('1b 40'),
      'a\n',
    );
    expect(operations(bench)).toMatchObject([{ op: 'line', feedDots: 30, items: [{ x: 0, text: 'a', style: 0 }] }]);
  });
});

describe('position', () => {
  test('ESC a centres and sets right, at the beginning of a line only', () => {
    expect(runs(hex('1b 61 01'), 'abcd\n')[0]?.x).toBe((576 - 48) / 2);
    expect(runs(hex('1b 61 32'), 'abcd\n')[0]?.x).toBe(576 - 48);
    expect(runs('a', hex('1b 61 01'), 'b\n')[0]?.x).toBe(0);
  });

  test('GS L and GS W set margin and width, in dots here', () => {
    const area = hex('1d 4c 64 00 1d 57 c8 00'); // 100 and 200.
    expect(runs(area, 'ab\n')[0]?.x).toBe(100);
    expect(runs(area, hex('1b 61 02'), 'ab\n')[0]?.x).toBe(300 - 24);
    expect(instantBench().send(area, 'x'.repeat(20), '\n').lines).toEqual(['x'.repeat(16), 'xxxx']);
  });

  test('ESC $ and ESC \\ move the print position; a place outside is ignored', () => {
    expect(runs('a', hex('1b 24 64 00'), 'b', hex('1b 5c f4 ff'), 'c', hex('1b 24 ff ff'), 'd\n')).toMatchObject([
      { x: 0, text: 'a' },
      { x: 100, text: 'b' },
      { x: 100, text: 'cd' }, // 112 less 12.
    ]);
  });

  test('HT goes to every eighth column, or where ESC D says', () => {
    expect(runs('a\tb\tc\n').map((run) => run.x)).toEqual([0, 96, 192]);
    expect(runs(hex('1b 44 05 0a 00'), 'a\tb\tc\td\n').map((run) => [run.x, run.text])).toEqual([
      [0, 'a'],
      [60, 'b'],
      [120, 'cd'], // No further tab: HT is ignored.
    ]);
    expect(runs(hex('1b 44 00'), 'a\tb\n').map((run) => run.text)).toEqual(['ab']);
  });

  test('gaps are spaces in the text of a line', () => {
    expect(instantBench().send('a\tb', hex('1b 24 20 01'), 'c\n').lines).toEqual([
      `a${' '.repeat(7)}b${' '.repeat(15)}c`,
    ]);
  });
});

describe('looks', () => {
  test.each([
    ['1b 45 01', style.EMPHASIS],
    ['1b 47 01', style.DOUBLE_STRIKE],
    ['1d 42 01', style.REVERSE],
    ['1b 2d 01', style.UNDERLINE_1],
    ['1b 2d 32', style.UNDERLINE_2],
    ['1b 4d 01', style.FONT_B],
    ['1b 56 01', style.ROTATED],
    ['1b 21 08', style.EMPHASIS],
    ['1b 21 80', style.UNDERLINE_1],
    ['1b 21 01', style.FONT_B],
  ])('%s', (command, expected) => {
    expect(runs(hex(command), 'x\n')[0]?.style).toBe(expected);
  });

  test('only bit 0 of n counts for effects: 00, 30 and 02 are off', () => {
    for (const n of ['00', '30', '02']) expect(runs(hex(`1b 45 01 1b 45 ${n}`), 'x\n')[0]?.style).toBe(0);
  });

  test('GS ! goes up to eight times in both directions, for Chinese too', () => {
    expect(print(hex('1c 26 1d 21 70'), 'a中\n')).toMatchObject([
      {
        heightDots: 24,
        items: [
          { text: 'a', advance: 96 },
          { text: '中', advance: 192 },
        ],
      },
    ]);
    expect(print(hex('1d 21 07'), 'a\n')).toMatchObject([{ heightDots: 192, items: [{ advance: 12 }] }]);
    const [half] = runs(hex('1d 21 52'), 'a\n');
    expect([style.widthOf(half?.style ?? 0), style.heightOf(half?.style ?? 0)]).toEqual([6, 3]);
  });

  test('ESC ! doubles half-width characters only, FS ! and FS W full-width ones only', () => {
    expect(runs(hex('1c 26 1b 21 30'), 'a中\n').map((run) => run.advance)).toEqual([24, 24]);
    expect(runs(hex('1c 26 1c 21 0c'), 'a中\n').map((run) => run.advance)).toEqual([12, 48]);
    expect(runs(hex('1c 26 1c 57 01'), 'a中\n').map((run) => run.advance)).toEqual([12, 48]);
    expect(runs(hex('1c 26 1c 21 80'), 'a中\n').map((run) => run.style)).toEqual([
      0,
      style.FULL_WIDTH | style.UNDERLINE_1,
    ]);
  });

  test('characters of different heights stand in one line as high as the highest', () => {
    expect(print('a', hex('1d 21 33'), 'b', hex('1d 21 00'), 'c\n')).toMatchObject([{ heightDots: 96, feedDots: 96 }]);
  });

  test('Font B is 9 by 17: 64 columns on 80 mm', () => {
    expect(instantBench().send(hex('1b 4d 01'), 'x'.repeat(65), '\n').lines).toEqual(['x'.repeat(64), 'x']);
  });

  test('ESC SP widens half-width characters, FS S full-width ones on both sides', () => {
    expect(runs(hex('1b 20 04'), 'ab\n')).toMatchObject([{ advance: 16 }]);
    expect(runs(hex('1c 26 1c 53 02 03'), '中文\n')).toMatchObject([{ advance: 29, lead: 2 }]);
    expect(runs(hex('1b 20 04 1d 21 10'), 'ab\n')).toMatchObject([{ advance: 32 }]);
  });

  test('ESC { turns a line over', () => {
    expect(print(hex('1b 7b 01'), 'a\n', hex('1b 7b 00'), 'b\n')).toMatchObject([
      { upsideDown: true },
      { items: [{ text: 'b' }] },
    ]);
  });

  test('runs of one look are one run, however they came in', () => {
    expect(runs('a', hex('1b 45 00'), 'b', hex('1b 61 00'), 'c\n')).toMatchObject([{ text: 'abc', cells: 3 }]);
  });
});

describe('which characters', () => {
  test.each([
    [0, 'cp437', 'Ça coûte £5 ½ ░▒▓ ║'],
    [2, 'cp850', 'São Paulo ØÐÞ ®'],
    [3, 'cp860', 'coração'],
    [4, 'cp863', 'Québec Ë'],
    [5, 'cp865', 'Ærø'],
    [16, 'cp1252', 'naïve € “quoted”'],
    [17, 'cp866', 'Привет ┌─┐'],
    [18, 'cp852', 'Łódź čšž'],
    [19, 'cp858', '€ señor'],
    [14, 'cp737', 'Ελλάδα'],
    [13, 'cp857', 'İstanbul ğ'],
  ])('ESC t %i is %s', (n, encoding, text) => {
    expect(instantBench().send(hex('1b 74'), n, iconv.encode(text, encoding), '\n').lines).toEqual([text]);
  });

  test('a profile may number its tables otherwise', () => {
    const bench = instantBench({ codePages: { 7: 'cp866' } });
    expect(bench.send(hex('1b 74 07'), iconv.encode('Чек', 'cp866'), '\n').lines).toEqual(['Чек']);
  });

  test('a table that nobody knows is named in the warnings; its upper half prints as a replacement character', () => {
    const bench = instantBench().send(hex('1b 74 c8'), 'a', hex('80'), '\n');
    expect(bench.lines).toEqual(['a\ufffd']);
    expect(bench.printer.warnings).toEqual([{ offset: 0, command: 'ESC t 200' }]);
  });

  test('ESC R exchanges twelve places', () => {
    expect(instantBench().send(hex('1b 52 02'), '[]{}~\n').lines).toEqual(['ÄÜäüß']);
    expect(instantBench().send(hex('1b 52 0f'), '$12\n').lines).toEqual(['¥12']);
    expect(instantBench().send(hex('1b 52 02 1b 52 00'), '[]\n').lines).toEqual(['[]']);
  });

  test('Chinese only between FS & and FS .; outside, bytes are of the code page', () => {
    const bytes = iconv.encode('中', 'gb18030'); // D6 D0
    expect(instantBench().send(hex('1c 26'), bytes, hex('1c 2e'), bytes, '\n').lines).toEqual(['中╓╨']);
  });

  test('a model whose full-width mode is on from the start needs no FS &', () => {
    expect(instantBench({ cjkAtPowerOn: true }).send('支付成功\n').lines).toEqual(['支付成功']);
    expect(instantBench({ cjk: 'none', cjkAtPowerOn: true }).send(hex('1c 26'), hex('d6 d0 0a')).lines).toEqual(['╓╨']);
  });

  test('GB18030: two-byte and four-byte characters, each a full-width cell', () => {
    const text = '中𠮷㐀囧€';
    const bytes = hex('d6d0 9534b235 8139ee39 87e5 a2e3'); // Digits are part of the four-byte ones.
    const [run, ...more] = runs(hex('1c 26'), bytes, '\n');
    expect(run).toMatchObject({ text, cells: 5, advance: 24, style: style.FULL_WIDTH });
    expect(more).toEqual([]);
  });

  test('a character that is no character is named, and reading goes on behind its first byte', () => {
    const bench = instantBench().send(hex('1c 26 ff 81 20 81 30 41 80'), '中\n');
    expect(bench.printer.unknown).toEqual([
      { offset: 2, hex: 'ff81' },
      { offset: 5, hex: '81' },
      { offset: 8, hex: '80' },
    ]);
    expect(bench.lines).toEqual([' 0A中']);
  });
});
