import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import { CharacterSet, PrinterTypes, ThermalPrinter } from 'node-thermal-printer';
import { transform } from 'receiptline';
import { describe, expect, test } from 'vitest';
import { printed } from './on-paper.js';

/** Symbols that others ask for, as a phone reads them on the paper. UPC-A is an EAN-13 that begins with 0. */

describe('@point-of-sale/receipt-printer-encoder', () => {
  const encoder = () => new ReceiptPrinterEncoder({ language: 'esc-pos', printerModel: 'epson-tm-t88vi' }).initialize();

  test.each([
    ['upca', '01234567890', 'EAN13', '0012345678905'],
    ['upce', '012345', 'UPCE', '0001234000057'],
    ['ean13', '4901234567894', 'EAN13', '4901234567894'],
    ['ean8', '9031101', 'EAN8', '90311017'],
    ['code39', 'ABC-123', 'Code39', 'ABC-123'],
    ['itf', '1234567890', 'ITF', '1234567890'],
    ['codabar', 'A1234A', 'Codabar', 'A1234A'],
    ['code93', 'CODE93', 'Code93', 'CODE93'],
    ['code128', 'Paper 12', 'Code128', 'Paper 12'],
    ['gs1-128', '(01)95012345678903', 'Code128', '(01)95012345678903'],
    ['gs1-databar-omni', '0950110153001', 'DataBarOmni', '(01)09501101530010'],
    ['gs1-databar-truncated', '0950110153001', 'DataBarOmni', '(01)09501101530010'],
    ['gs1-databar-limited', '0950110153001', 'DataBarLtd', '(01)09501101530010'],
    ['gs1-databar-expanded', '(01)95012345678903', 'DataBarExp', '(01)95012345678903'],
  ] as const)('%s', async (symbology, data, format, text) => {
    const paper = printed(encoder().barcode(data, symbology, { height: 60, width: 2 }).line('after').encode());
    expect(paper.unknown).toEqual([]);
    expect(paper.lines).toEqual(['after']);
    expect(await paper.codes()).toEqual([{ format, text }]);
  });

  test('PDF417', async () => {
    const paper = printed(
      encoder()
        .pdf417('PDF417 data', { width: 3, height: 3, columns: 0, rows: 0, errorlevel: 1 })
        .line('after')
        .encode(),
    );
    expect(paper.unknown).toEqual([]);
    expect(await paper.codes()).toEqual([{ format: 'PDF417', text: 'PDF417 data' }]);
  });
});

describe('receiptline', () => {
  test.each([
    ['upc', '012345678905', 'EAN13', '0012345678905', '012345678905'],
    ['ean', '4901234567894', 'EAN13', '4901234567894', '4901234567894'],
    ['code39', 'ABC123', 'Code39', 'ABC123', '*ABC123*'],
    ['itf', '1234567890', 'ITF', '1234567890', '1234567890'],
    ['codabar', 'A1234A', 'Codabar', 'A1234A', 'A1234A'],
    ['code93', 'CODE93', 'Code93', 'CODE93', '□CODE93□'],
    ['code128', 'Paper12', 'Code128', 'Paper12', 'Paper12'],
  ] as const)('%s, with the words under it', async (symbology, data, format, text, words) => {
    const document = `{code:${data};option:${symbology},2,72,hri}\nafter`;
    const paper = printed(Buffer.from(transform(document, { command: 'escpos', cpl: 48 }), 'binary'));
    expect(paper.unknown).toEqual([]);
    expect(paper.lines).toEqual([words, 'after']);
    expect(await paper.codes()).toEqual([{ format, text }]);
  });

  test('rules and boxes are of the signs of the Katakana page', () => {
    const document = '{border:line; width:10,10}\n---\na | b\n---';
    const { lines, unknown } = printed(Buffer.from(transform(document, { command: 'escpos', cpl: 48 }), 'binary'));
    expect(unknown).toEqual([]);
    expect(lines.join('\n')).toMatch(/─{10}/);
  });
});

describe('node-thermal-printer, EPSON', () => {
  test('Code 128, EAN-13 and PDF417 on one piece of paper', async () => {
    const printer = new ThermalPrinter({
      type: PrinterTypes.EPSON,
      // Any object will do, though the typings ask for a string.
      interface: { isPrinterConnected: async () => true, execute: async () => Buffer.alloc(0) } as unknown as string,
      characterSet: CharacterSet.PC852_LATIN2,
    });
    printer.code128('A12345');
    printer.newLine();
    printer.printBarcode('4901234567894', 67);
    printer.newLine();
    printer.pdf417('PDF data');
    const paper = printed(printer.getBuffer() ?? Buffer.alloc(0));
    expect(paper.unknown).toEqual([]);
    expect(await paper.codes()).toEqual([
      { format: 'Code128', text: 'A12345' },
      { format: 'EAN13', text: '4901234567894' },
      { format: 'PDF417', text: 'PDF data' },
    ]);
  });
});
