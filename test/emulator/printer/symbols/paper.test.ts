import { describe, expect, test } from 'vitest';
import type { LineOperation } from '../../../../src/emulator/printer/paper/operations.js';
import { toPng } from '../../../../src/emulator/printer/paper/png.js';
import { rasterise } from '../../../../src/emulator/printer/paper/raster.js';
import { fromRecord, toRecord } from '../../../../src/emulator/printer/paper/record.js';
import { pieceText } from '../../../../src/emulator/printer/paper/text.js';
import { drawMatrix } from '../../../../src/emulator/printer/symbols/matrix/picture.js';
import { hex, instantBench } from '../bench.js';
import { readCodes } from './read-codes.js';
import { BLANK, barcode, matrix } from './support.js';

const SYMBOLS = [
  hex('1d 48 03 1d 66 01'),
  barcode(69, 'ABC'),
  ...[48, 53, 54].flatMap((cn) => [matrix(cn, 80, 48, `cn ${cn}`), matrix(cn, 81, 48)]),
];

describe('symbols on the paper', () => {
  test('are kept as JSON lines and come back as they were', () => {
    const operations = instantBench().send(...SYMBOLS).printer.paper.pieces[0]?.operations ?? [];
    expect(operations).toHaveLength(4);
    for (const operation of operations) expect(fromRecord(toRecord(operation))).toEqual(operation);
  });

  test.each([
    '{"kind":"barcode","x":0,"symbology":"ean13","data":"1","moduleDots":1,"widthDots":1,"barDots":1}',
    '{"kind":"matrix","x":0,"symbology":"pdf417","data":"1","moduleDots":1,"widthDots":1,"heightDots":1}',
    '{"kind":"matrix","x":0,"data":"1","options":{},"moduleDots":1,"widthDots":1,"heightDots":1}',
  ])('a record with a field missing is no operation: %s', (item) => {
    expect(fromRecord(`{"op":"line","from":0,"to":1,"items":[${item}],"heightDots":1,"feedDots":1}`)).toBeUndefined();
  });

  test('stand in words where there are no pictures', () => {
    const piece = instantBench().send(...SYMBOLS).printer.paper.pieces[0];
    expect(
      piece &&
        pieceText(piece)
          .split('\n')
          .filter((line) => line !== ''),
    ).toEqual(['[Code 39 *ABC*]', '[PDF417 cn 48]', '[Aztec cn 53]', '[DataMatrix cn 54]']);
  });

  test('stand on their heads with ESC {, and read back all the same', async () => {
    const bench = instantBench().send(hex('1b 7b 01 1d 48 02'), barcode(67, '4006381333931'));
    const piece = bench.printer.paper.pieces[0];
    expect(piece?.operations).toMatchObject([{ upsideDown: true } satisfies Partial<LineOperation>]);
    const [code] = piece === undefined ? [] : await readCodes(toPng(rasterise(piece, BLANK), 48));
    expect(code?.text).toBe('4006381333931');
  });

  test('data that no encoder takes is drawn as a black box', () => {
    const item = {
      symbology: 'maxicode',
      data: 'x',
      options: { mode: 2 },
      moduleDots: 7,
      widthDots: 16,
      heightDots: 2,
    };
    expect([...drawMatrix(item as Parameters<typeof drawMatrix>[0]).rows]).toEqual([255, 255, 255, 255]);
  });
});
