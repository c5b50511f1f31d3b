import bwip from 'bwip-js';
import { expect, test } from 'vitest';
import { qrModules } from '../../../../src/emulator/printer/paper/operations.js';
import { drawQr } from '../../../../src/emulator/printer/symbols/qr-picture.js';
import { type QrLevel, qrVersion } from '../../../../src/emulator/printer/symbols/qr-size.js';

const LEVELS: readonly QrLevel[] = ['L', 'M', 'Q', 'H'];

/** Bytes that are neither digits nor of the alphanumeric set. */
function bytes(length: number): string {
  return Array.from({ length }, (_, index) => String.fromCharCode(0x80 + ((index * 37) % 128))).join('');
}

/** ISO/IEC 18004 table 7: the most characters by version and level, for some versions. */
const MOST: readonly [version: number, level: QrLevel, numeric: number, alphanumeric: number, byte: number][] = [
  [1, 'L', 41, 25, 17],
  [1, 'H', 17, 10, 7],
  [2, 'M', 63, 38, 26],
  [5, 'Q', 144, 87, 60],
  [9, 'L', 552, 335, 230],
  [10, 'L', 652, 395, 271],
  [10, 'M', 513, 311, 213],
  [26, 'H', 1_425, 864, 593],
  [27, 'L', 3_517, 2_132, 1_465],
  [40, 'L', 7_089, 4_296, 2_953],
  [40, 'M', 5_596, 3_391, 2_331],
  [40, 'Q', 3_993, 2_420, 1_663],
  [40, 'H', 3_057, 1_852, 1_273],
];

test.each(MOST)(
  'version %i level %s takes %i digits, %i letters, %i bytes, and not one more',
  (version, level, numeric, letters, byte) => {
    const next = version === 40 ? undefined : version + 1;
    expect(qrVersion('7'.repeat(numeric), level)).toBe(version);
    expect(qrVersion('7'.repeat(numeric + 1), level)).toBe(next);
    expect(qrVersion('A'.repeat(letters), level)).toBe(version);
    expect(qrVersion('A'.repeat(letters + 1), level)).toBe(next);
    expect(qrVersion(bytes(byte), level)).toBe(version);
    expect(qrVersion(bytes(byte + 1), level)).toBe(next);
  },
);

test('every length of bytes up to 120, at every level, needs the version that bwip-js needs', () => {
  for (const level of LEVELS) {
    for (let length = 1; length <= 120; length += 7) {
      const data = bytes(length);
      const options = { bcid: 'qrcode', text: data, eclevel: level, binarytext: true, fixedeclevel: true };
      const [symbol] = bwip.raw(options as Parameters<typeof bwip.raw>[0]);
      expect({ length, level, side: symbol !== undefined && 'pixx' in symbol ? symbol.pixx : 0 }).toEqual({
        length,
        level,
        side: qrModules(qrVersion(data, level) ?? 0),
      });
    }
  }
});

test('the drawn symbol has the size that was reckoned while printing', () => {
  for (const level of LEVELS) {
    for (const data of [
      '1',
      '0123456789'.repeat(6),
      'HTTPS://A.B/C?D=1',
      bytes(1),
      bytes(77),
      bytes(213),
      bytes(500),
    ]) {
      const version = qrVersion(data, level);
      if (version === undefined) throw new Error('no version');
      const symbol = drawQr({ data, level, version });
      expect([symbol.widthDots, symbol.heightDots]).toEqual([qrModules(version), qrModules(version)]);
      expect(symbol.rows.some((row) => row !== 0)).toBe(true);
    }
  }
});

test('nothing fits more than 2,953 bytes', () => {
  expect(qrVersion(bytes(2_954), 'L')).toBeUndefined();
});
