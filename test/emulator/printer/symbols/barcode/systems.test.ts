import { describe, expect, test } from 'vitest';
import { hex, instantBench } from '../../bench.js';
import { barcode, nulBarcode, scan } from '../support.js';

/**
 * m of the second form, what is sent, the format that a reader names, what it reads, and what people read.
 * Readers spell UPC out as EAN-13, and control characters in brackets.
 */
const READABLE: readonly [m: number, sent: string, format: string, read: string, text: string][] = [
  [65, '01234567890', 'EAN13', '0012345678905', '012345678905'],
  [65, '012345678905', 'EAN13', '0012345678905', '012345678905'],
  [66, '123456', 'UPCE', '0012345000065', '01234565'],
  [66, '0123456', 'UPCE', '0012345000065', '01234565'],
  [66, '01234565', 'UPCE', '0012345000065', '01234565'],
  [66, '04210000526', 'UPCE', '0042100005264', '04252614'],
  [66, '042100005264', 'UPCE', '0042100005264', '04252614'],
  [67, '400638133393', 'EAN13', '4006381333931', '4006381333931'],
  [67, '4006381333931', 'EAN13', '4006381333931', '4006381333931'],
  [68, '9638507', 'EAN8', '96385074', '96385074'],
  [69, 'ABC-123 $', 'Code39', 'ABC-123 $', '*ABC-123 $*'],
  [69, '*TEXT*', 'Code39', 'TEXT', '*TEXT*'],
  [70, '0123456789', 'ITF', '0123456789', '0123456789'],
  [71, 'A0123$+-./:B', 'Codabar', 'A0123$+-./:B', 'A0123$+-./:B'],
  [72, '012abcd', 'Code93', '012abcd', '□012abcd□'],
  [72, 'Code\r93', 'Code93', 'Code\r93', '□Code■M93□'],
  [73, '{A012ABCD', 'Code128', '012ABCD', '012ABCD'],
  [73, '{B012ABCDabcd', 'Code128', '012ABCDabcd', '012ABCDabcd'],
  [73, '{C\x15\x20\x2b', 'Code128', '213243', '213243'],
  [73, '{BNo.{C\x0c\x22\x38', 'Code128', 'No.123456', 'No.123456'],
  [73, '{Aab'.replace('ab', '{Sa{Sb'), 'Code128', 'ab', 'ab'],
  [73, '{B{{x{{', 'Code128', '{x{', '{x{'],
  [73, '{AX\x01Y', 'Code128', 'X<SOH>Y', 'X Y'],
  [74, '(01)9501234567890*', 'Code128', '(01)95012345678903', '(01)95012345678903'],
  [75, '2001234567890', 'DataBarOmni', '(01)20012345678909', '(01)20012345678909'],
  [76, '2001234567890', 'DataBarOmni', '(01)20012345678909', '(01)20012345678909'],
  [77, '1501234567890', 'DataBarLtd', '(01)15012345678907', '(01)15012345678907'],
  [
    78,
    '(01)98898765432106(3202)012345(15)991231',
    'DataBarExp',
    '(01)98898765432106(3202)012345(15)991231',
    '(01)98898765432106(3202)012345(15)991231',
  ],
  [79, 'Nr. 123456 ok', 'Code128', 'Nr. 123456 ok', 'Nr. 123456 ok'],
];

describe('a reader finds on the paper what was sent', () => {
  test.each(READABLE)('GS k %i %j', async (m, sent, format, read, text) => {
    const bench = instantBench().send(hex('1d 48 02 1d 77 02'), barcode(m, sent));
    expect(bench.printer.warnings).toEqual([]);
    expect(bench.lines).toEqual([text]);
    expect(await scan(bench)).toMatchObject([{ format, text: read }]);
  });

  test.each(READABLE.filter(([m]) => m <= 71))('GS k %i - 65, ended by NUL: %j', async (m, sent, format, read) => {
    const bench = instantBench().send(hex('1d 77 02'), nulBarcode(m - 65, sent), 'after\n');
    expect(bench.printer.unknown).toEqual([]);
    expect(bench.lines).toEqual(['after']);
    expect(await scan(bench)).toMatchObject([{ format, text: read }]);
  });
});
