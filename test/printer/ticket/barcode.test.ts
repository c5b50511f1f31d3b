import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BarcodeSystem } from '../../../src/ports/ticket.js';
import { barcodeCommands } from '../../../src/printer/escpos/symbols.js';
import { checkBarcode } from '../../../src/printer/ticket/barcode.js';
import { code128Steps } from '../../../src/printer/ticket/code128.js';
import type { BarcodeElement } from '../../../src/printer/ticket/language.js';
import { printed } from '../../emulator/printer/inputs/on-paper.js';
import { toHex } from '../bytes.js';

const barcode = (system: BarcodeSystem, data: string, rest: Partial<BarcodeElement> = {}): BarcodeElement => ({
  kind: 'barcode',
  system,
  data,
  ...rest,
});
const gsK = (element: BarcodeElement, dots = 576) => {
  const { bytes } = barcodeCommands(element, dots);
  const text = toHex(bytes);
  return text.slice(text.indexOf('1d 6b'));
};

describe('a bar code in ESC/POS', () => {
  test('is GS h, GS w, GS H, GS f, and GS k in the form that counts', () => {
    expect(toHex(barcodeCommands(barcode('ean13', '690123456789'), 576).bytes)).toBe(
      '1d 68 50 1d 77 02 1d 48 02 1d 66 00 1d 6b 43 0d 36 39 30 31 32 33 34 35 36 37 38 39 32',
    );
    const plain = barcode('code39', 'A', { hri: false, heightDots: 300, moduleDots: 9 });
    expect(toHex(barcodeCommands(plain, 576).bytes)).toBe('1d 68 ff 1d 77 06 1d 48 00 1d 66 00 1d 6b 45 01 41');
  });

  test('has Code 128 in set B, with long runs of digits in set C, and a brace doubled', () => {
    expect(gsK(barcode('code128', 'Ab{1'))).toBe('1d 6b 49 07 7b 42 41 62 7b 7b 31');
    expect(gsK(barcode('code128', '20260101'))).toBe('1d 6b 49 06 7b 43 14 1a 01 01');
    expect(gsK(barcode('code128', 'PJ12345'))).toBe('1d 6b 49 09 7b 42 50 4a 31 7b 43 17 2d');
  });

  test('never holds DLE EOT, ENQ or DC4: such digits stay in set B', () => {
    expect(gsK(barcode('code128', '1604'))).toBe('1d 6b 49 06 7b 42 31 36 30 34');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0124560'), minLength: 1, maxLength: 19 }), (data) => {
        expect(gsK(barcode('code128', data))).not.toMatch(/10 (04|05|14)/);
      }),
    );
  });

  test('becomes narrower where it would be wider than the paper', () => {
    const width = (data: string, dots: number) =>
      barcodeCommands(barcode('code128', data, { moduleDots: 4 }), dots).bytes[5];
    expect(width('A', 576)).toBe(4);
    expect(width('ABCDEFGHIJ', 576)).toBe(3); // 145 modules: 580 dots at four.
    expect(width('ABCDEFGHIJ', 384)).toBe(2);
  });

  test('too wide even so is refused, since a printer leaves it out without a word', () => {
    expect(() => barcodeCommands(barcode('code128', 'ABCDEFGHIJKLMNOPQRST'), 384)).toThrow(
      'the code128 bar code ABCDEFGHIJKLMNOPQRST is 510 dots wide. Allowed: up to 384 dots',
    );
    expect(() => barcodeCommands(barcode('code128', '2026010122001423451234567890'), 384)).not.toThrow(); // Set C.
  });
});

describe('the content of a bar code', () => {
  test.each([
    ['ean13', '69012345678', '12 digits, or 13 with the check digit'],
    ['ean8', '1234567a', '7 digits, or 8 with the check digit'],
    ['upca', '', '11 digits, or 12 with the check digit'],
    ['itf', '123', '2 to 80 digits, an even number'],
    ['code39', 'abc', '1 to 40 of 0-9, A-Z, space and $%+-./'],
    ['code39', 'A*B', '1 to 40 of 0-9, A-Z, space and $%+-./'],
    ['codabar', '1234', 'A to D, 1 to 40 of 0-9 and $+-./:, A to D'],
    ['code128', '中', '1 to 80 characters of printable ASCII'],
    ['code128', 'a\x1bb', '1 to 80 characters of printable ASCII'],
  ] as const)('%s of %j is refused with what is allowed', (system, data, allowed) => {
    expect(() => checkBarcode(barcode(system, data))).toThrow(
      `the ${system} bar code holds ${JSON.stringify(data)}. Allowed: ${allowed}`,
    );
  });

  test('has a check digit that is right, or none', () => {
    expect(checkBarcode(barcode('ean13', '4006381333931'))).toMatchObject({ data: '400638133393', checkDigit: '1' });
    expect(checkBarcode(barcode('ean8', '7351353'))).toMatchObject({ data: '7351353', checkDigit: '7' });
    expect(checkBarcode(barcode('upca', '036000291452'))).toMatchObject({ data: '03600029145', checkDigit: '2' });
    expect(() => checkBarcode(barcode('ean13', '4006381333932'))).toThrow(
      'the ean13 bar code 4006381333932 has the check digit 2. Allowed: 1, or none',
    );
  });
});

describe('read back from the paper', () => {
  test.each([
    ['ean13', '690123456789', 'EAN13', '6901234567892'],
    ['ean8', '7351353', 'EAN8', '73513537'],
    ['upca', '03600029145', 'EAN13', '0036000291452'],
    ['itf', '20260101', 'ITF', '20260101'],
    ['code39', 'PJ-2026/01', 'Code39', 'PJ-2026/01'],
    ['codabar', 'A2026-01B', 'Codabar', 'A2026-01B'],
    ['code128', 'Order {7}: 20260101080000000001!', 'Code128', 'Order {7}: 20260101080000000001!'],
  ] as const)('%s of %s', async (system, data, format, text) => {
    for (const moduleDots of [2, 3]) {
      const { bytes } = barcodeCommands(barcode(system, data, { moduleDots }), 832);
      const paper = printed(bytes, { paper: { widthMm: 112, printableDots: 832, dpi: 203 } });
      expect(paper.bench.printer.warnings).toEqual([]);
      expect(await paper.codes()).toEqual([{ format, text }]);
    }
  });

  test('Code 128 with any printable ASCII, in whatever code sets', async () => {
    const data = fc.string({ unit: fc.constantFrom(...'{}A z%0123456789~'), minLength: 1, maxLength: 24 });
    await fc.assert(
      fc.asyncProperty(data, async (text) => {
        const { bytes } = barcodeCommands(barcode('code128', text, { hri: false }), 832);
        const paper = printed(bytes, { paper: { widthMm: 112, printableDots: 832, dpi: 203 } });
        expect(await paper.codes()).toEqual([{ format: 'Code128', text }]);
      }),
      { numRuns: 60 },
    );
  });
});

test('the steps of a Code 128 spell its data', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'A0123456789'), maxLength: 40 }), (data) => {
      const spelled = code128Steps(data).map((step) => {
        if ('set' in step) return '';
        return 'pair' in step ? String(step.pair).padStart(2, '0') : step.char;
      });
      expect(spelled.join('')).toBe(data);
      expect(code128Steps(data, false).some((step) => 'pair' in step)).toBe(false);
    }),
  );
});
