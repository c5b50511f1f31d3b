import { expect, test } from 'vitest';
import { listingText, pieceListing } from '../../../../src/emulator/printer/paper/listing.js';
import { instantBench, stream } from '../bench.js';

test('each line of a piece names the bytes that made it, and where it stands', () => {
  const { printer } = instantBench().send(stream('\x1b@one\n', '\x1bJ\x10', 'two\n', '\x1dV\x00'));
  const [piece] = printer.paper.pieces;
  if (piece === undefined) throw new Error('nothing came out');
  expect(pieceListing(piece)).toMatchObject({
    index: 0,
    widthDots: 576,
    heightDots: 76,
    heightMm: 9.5,
    cut: 'full',
    operations: [
      { op: 'line', from: 2, to: 6, yDots: 0, feedDots: 30, text: 'one' },
      { op: 'feed', from: 6, to: 9, yDots: 30, feedDots: 16 },
      { op: 'line', from: 9, to: 13, yDots: 46, text: 'two' },
      { op: 'cut', from: 13, to: 16, yDots: 76, kind: 'full' },
    ],
  });
  expect(JSON.parse(listingText(piece))).toEqual(JSON.parse(JSON.stringify(pieceListing(piece))));
});

test('the dots of a picture are base64, and paper that was not cut says so', () => {
  const { printer } = instantBench().send(stream('\x1dv0\x00\x01\x00\x01\x00', new Uint8Array([0xff])));
  const [piece] = printer.paper.pieces;
  if (piece === undefined) throw new Error('nothing came out');
  const { cut, operations } = JSON.parse(listingText(piece));
  expect(cut).toBe(null);
  expect(operations[0].items[0]).toMatchObject({ kind: 'image', widthDots: 8, rows: '/w==' });
});
