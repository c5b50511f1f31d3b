import bwipjs from 'bwip-js';
import { expect, test } from 'vitest';
import { qrModules } from '../../../src/printer/ticket/qr.js';

test('a QR code has no more modules than a code made elsewhere', () => {
  for (const level of ['L', 'M', 'Q', 'H'] as const) {
    for (const bytes of [1, 7, 8, 17, 18, 62, 63, 106, 107, 230, 300, 461, 500, 700, 898, 1_000]) {
      // Small letters: neither digits nor the alphanumeric set, so byte mode.
      const [made] = bwipjs.raw('qrcode', 'x'.repeat(bytes), `eclevel=${level}`);
      const width = made !== undefined && 'pixx' in made ? made.pixx : 0;
      expect({ level, bytes, modules: qrModules(bytes, level) }).toEqual({ level, bytes, modules: width });
    }
  }
});
