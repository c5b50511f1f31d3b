import { expect, test } from 'vitest';
import { LineBench } from './bench.js';

const texts = (chunks: readonly Uint8Array[]) => chunks.map((chunk) => Buffer.from(chunk).toString('latin1'));

test('writes and answers arrive in pieces, with pauses between them, whole and in order', () => {
  const line = new LineBench({ fault: 'link.chopped-writes', chunkBytes: 3, pauseMs: 10 });
  line.write('abcdefgh').answer('wxyz');
  expect([texts(line.printer.chunks), texts(line.terminal.chunks)]).toEqual([['abc'], ['wxy']]);
  line.clock.advance(10);
  expect([texts(line.printer.chunks), texts(line.terminal.chunks)]).toEqual([
    ['abc', 'def'],
    ['wxy', 'z'],
  ]);
  line.write('ij');
  line.clock.advance(10);
  expect(texts(line.printer.chunks)).toEqual(['abc', 'def', 'gh']);
  line.clock.advance(10);
  expect(texts(line.printer.chunks)).toEqual(['abc', 'def', 'gh', 'ij']);
});

test('without pauses it is cut all the same', () => {
  const line = new LineBench({ fault: 'link.chopped-writes', chunkBytes: 1, pauseMs: 0, direction: 'to-host' });
  line.write('abc').answer('xyz');
  expect([texts(line.printer.chunks), texts(line.terminal.chunks)]).toEqual([['abc'], ['x', 'y', 'z']]);
});
