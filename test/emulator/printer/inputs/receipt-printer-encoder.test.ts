import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import { describe, expect, test } from 'vitest';
import { printed } from './on-paper.js';

type Options = NonNullable<ConstructorParameters<typeof ReceiptPrinterEncoder>[0]>;
type Model = NonNullable<Options['printerModel']>;

/** All that speak ESC/POS; Star's own models speak Star's languages. */
const MODELS = ReceiptPrinterEncoder.printerModels.map(({ id }) => id as Model).filter((id) => !id.startsWith('star'));

const encoder = (printerModel: Model) =>
  new ReceiptPrinterEncoder({ language: 'esc-pos', printerModel, errors: 'relaxed' });

test.each(MODELS)('%s: text, styles, sizes, QR code and cut', async (model) => {
  const bytes = encoder(model)
    .initialize()
    .line('Corner Cafe')
    .bold(true)
    .underline(true)
    .line('Total 12.80')
    .underline(false)
    .bold(false)
    .invert(true)
    .line('PAID')
    .invert(false)
    .size(2, 2)
    .line('BIG')
    .size(1, 1)
    .qrcode('https://paperjam.example/r/2', { model: 2, size: 6, errorlevel: 'm' })
    .cut('partial')
    .encode();
  const paper = printed(Buffer.from(bytes));
  expect(paper.unknown).toEqual([]);
  expect(paper.lines).toEqual(['Corner Cafe', 'Total 12.80', 'PAID', 'BIG']);
  expect(paper.bench.printer.paper.pieces[0]?.wholeLines[3]?.heightDots).toBe(48);
  expect(paper.cuts[0]).toBe('partial');
  const hasQrCodes = Buffer.from(bytes).includes('1d286b', 0, 'hex'); // By the library's own table of models.
  const code = { format: 'QRCode', text: 'https://paperjam.example/r/2' };
  expect(await paper.codes()).toEqual(hasQrCodes ? [code] : []);
});

describe('epson-tm-t88vi', () => {
  test.each(['Ünïcode', 'Łódź', 'Привет', 'Ünïcode Łódź Привет'])(
    '%s, by code pages that it chooses itself',
    (text) => {
      const paper = printed(Buffer.from(encoder('epson-tm-t88vi').initialize().codepage('auto').line(text).encode()));
      expect(paper.unknown).toEqual([]);
      expect(paper.lines).toEqual([text]);
    },
  );

  test('tables and rules', () => {
    const bytes = encoder('epson-tm-t88vi')
      .initialize()
      .rule()
      .table(
        [
          { width: 30, align: 'left' },
          { width: 10, align: 'right' },
        ],
        [
          ['Latte', '12.80'],
          ['Mocha', '15.00'],
        ],
      )
      .encode();
    const paper = printed(Buffer.from(bytes));
    expect(paper.unknown).toEqual([]);
    expect(paper.lines[0]).toMatch(/^─{42,48}$/);
    expect(paper.lines[1]).toMatch(/^Latte +12\.80$/);
    expect(paper.lines[2]).toMatch(/^Mocha +15\.00$/);
  });

  test('a picture as raster, and in columns', () => {
    for (const imageMode of ['raster', 'column'] as const) {
      const black = { width: 64, height: 48, data: new Uint8ClampedArray(64 * 48 * 4).fill(0) };
      for (let at = 3; at < black.data.length; at += 4) black.data[at] = 255;
      const bytes = new ReceiptPrinterEncoder({ language: 'esc-pos', printerModel: 'epson-tm-t88vi', imageMode })
        .initialize()
        .image(black as unknown as Parameters<ReceiptPrinterEncoder['image']>[0], 64, 48, 'threshold')
        .encode();
      const paper = printed(Buffer.from(bytes));
      expect(paper.unknown, imageMode).toEqual([]);
      const [line] = paper.bench.printer.paper.pieces[0]?.wholeLines ?? [];
      expect(line?.items[0], imageMode).toMatchObject({ kind: 'image', widthDots: 64 });
    }
  });
});
