import { describe, expect, test } from 'vitest';
import { qrCommands, rasterStripes } from '../../../src/printer/escpos/symbols.js';
import type { ImageElement } from '../../../src/printer/ticket/language.js';
import { hex, toHex } from '../bytes.js';

describe('a QR code', () => {
  test('is model 2, size, level, its UTF-8 bytes counted as bytes, and the order to print', () => {
    expect(toHex(qrCommands({ kind: 'qr', data: '中a' }, 576).bytes)).toBe(
      toHex(
        hex(`1d 28 6b 04 00 31 41 32 00
             1d 28 6b 03 00 31 43 06
             1d 28 6b 03 00 31 45 31
             1d 28 6b 07 00 31 50 30 e4 b8 ad 61
             1d 28 6b 03 00 31 51 30`),
      ),
    );
  });

  test.each([
    ['L', 0x30],
    ['M', 0x31],
    ['Q', 0x32],
    ['H', 0x33],
  ] as const)('of level %s says so', (level, byte) => {
    expect(qrCommands({ kind: 'qr', data: 'a', level }, 576).bytes[24]).toBe(byte);
  });

  test('longer than 255 bytes has its length in two', () => {
    const { bytes } = qrCommands({ kind: 'qr', data: 'x'.repeat(300) }, 576);
    expect(toHex(bytes.subarray(25, 33))).toBe('1d 28 6b 2f 01 31 50 30');
  });

  test('shrinks its modules until it fits the paper', () => {
    const moduleDots = (length: number, printableDots: number) =>
      qrCommands({ kind: 'qr', data: 'x'.repeat(length), moduleDots: 16, level: 'H' }, printableDots).bytes[16];
    expect(moduleDots(7, 576)).toBe(16);
    expect(moduleDots(300, 576)).toBe(6); // Version 18: 89 modules.
    expect(moduleDots(300, 384)).toBe(4);
    expect(moduleDots(1_000, 384)).toBe(2); // Version 36: 161 modules.
  });

  test('of nothing, of too much, or with a DLE in it is refused in words', () => {
    const refused = (data: string) => () => qrCommands({ kind: 'qr', data }, 576);
    expect(refused('')).toThrow('The ticket cannot be printed on this printer: the QR code holds 0 bytes');
    expect(refused('中'.repeat(334))).toThrow('the QR code holds 1002 bytes. Allowed: 1 to 1000 bytes of UTF-8');
    expect(refused('a\x10\x04\x01')).toThrow('U+0010');
  });
});

describe('a picture', () => {
  const picture = (widthDots: number, heightDots: number, fill = 0xaa): ImageElement => ({
    kind: 'image',
    widthDots,
    heightDots,
    rows: new Uint8Array(Math.ceil(widthDots / 8) * heightDots).fill(fill),
  });

  test('is GS v 0 with its width in bytes and its height in dots', () => {
    const [stripe] = rasterStripes(picture(12, 3), 576);
    expect(toHex(stripe?.bytes ?? hex(''))).toBe('1d 76 30 00 02 00 03 00 aa aa aa aa aa aa');
  });

  test('is cut into stripes of at most 1,000 bytes, which join without a gap', () => {
    const stripes = rasterStripes(picture(576, 30), 576);
    expect(stripes.map(({ name, bytes, dots }) => [name, bytes[6], bytes.length - 8, dots])).toEqual([
      ['image from row 1', 13, 936, 13],
      ['image from row 14', 13, 936, 13],
      ['image from row 27', 4, 288, 4],
    ]);
  });

  test('hides no real-time command: a DLE in front of EOT, ENQ or DC4 gets one dot more, any other stays', () => {
    const rows = hex('10 04 10 05 10 14 10 06');
    const [stripe] = rasterStripes({ kind: 'image', widthDots: 64, heightDots: 1, rows }, 576);
    expect(toHex(stripe?.bytes.subarray(8) ?? hex(''))).toBe('30 04 30 05 30 14 10 06');
    expect(toHex(rows)).toBe('10 04 10 05 10 14 10 06');
  });

  test('wider than the paper, empty, or with bytes missing is refused in words', () => {
    expect(() => rasterStripes(picture(577, 1), 576)).toThrow(
      'the picture is 577 × 1 dots. Allowed: 1 to 576 dots wide',
    );
    expect(() => rasterStripes(picture(8, 0), 576)).toThrow('8 × 0 dots');
    expect(() => rasterStripes({ ...picture(8, 4), heightDots: 5 }, 576)).toThrow('the picture has 4 bytes');
  });
});
