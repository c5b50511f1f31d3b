import { expect, test } from 'vitest';
import { hex, instantBench } from '../bench.js';

test.each([
  ['GS V 0', '1d 56 00', 'full', 0],
  ['GS V 48', '1d 56 30', 'full', 0],
  ['GS V 1', '1d 56 01', 'partial', 0],
  ['GS V 49', '1d 56 31', 'partial', 0],
  ['GS V 65 n', '1d 56 41 10', 'full', 96],
  ['GS V 66 n', '1d 56 42 10', 'partial', 96],
  ['GS V 97 n', '1d 56 61 10', 'full', 96],
  ['GS V 98 n', '1d 56 62 10', 'partial', 96],
  ['GS V 103 n', '1d 56 67 10', 'full', 96],
  ['GS V 104 n', '1d 56 68 10', 'partial', 96],
  ['ESC i', '1b 69', 'full', 0],
  ['ESC m', '1b 6d', 'partial', 0],
])('%s cuts, and takes nothing of what follows', (_, command, kind, feedDots) => {
  const bench = instantBench({ headToCutterMm: 10 }).send('a\n', hex(command), 'b\n');
  expect(bench.printer.paper.pieces.map((piece) => [piece.cut, piece.lines, piece.heightDots])).toEqual([
    [kind, ['a'], 30 + feedDots],
    [undefined, ['b'], 30],
  ]);
});

test('what was collected is printed before the cut', () => {
  const bench = instantBench().send('no line feed', hex('1d 56 00'));
  expect(bench.printer.paper.pieces.map((piece) => [...piece.lines])).toEqual([['no line feed']]);
});

test('GS V with an m that no manual has takes one byte and does nothing', () => {
  const bench = instantBench().send(hex('1d 56 05'), 'a\n');
  expect(bench.printer.paper.pieces).toHaveLength(1);
  expect(bench.lines).toEqual(['a']);
});
