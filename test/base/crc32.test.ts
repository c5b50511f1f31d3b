import { crc32 as zipCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from '../../src/base/crc32.js';

test('the check value of the standard', () => {
  expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
  expect(crc32(Buffer.of())).toBe(0);
});

test('it goes on where it stopped, and agrees with zlib', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
      expect(crc32(b, crc32(a))).toBe(crc32(Buffer.concat([a, b])));
      expect(crc32(a)).toBe(zipCrc32(a));
    }),
  );
});
