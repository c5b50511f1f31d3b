import { z } from 'zod';
import { DIRECTION, impair } from '../direction.js';
import { fault, site } from '../fault.js';
import { STRIKES, strikes } from '../strikes.js';

/** A bit of a byte is turned over on the serial line, which has no parity: noise, a long cable, a bad earth. */
export const corrupt = fault({
  name: 'link.corrupt',
  title: { zh: '串口数据出错', en: 'bits turned on the line' },
  about:
    'A bit of some bytes is turned over. Seen as a checkpoint that is not answered, as an answer that makes no sense, or as nothing when it strikes text.',
  usually: 'now',
  attributes: z.strictObject({
    direction: DIRECTION.default('to-printer').describe('which way the bytes go that are struck'),
    ...STRIKES,
    bit: z.int().min(0).max(7).default(0).describe('which bit is turned over, 0 the lowest'),
  }),
  needs: 'printerLink',
  begin({ sites, random }, { direction, bit, ...which }) {
    return impair(site(sites, 'printerLink'), direction, () => {
      const struck = strikes(which, random);
      return { pass: (bytes) => [{ bytes: bytes.map((byte) => (struck() ? byte ^ (1 << bit) : byte)), afterMs: 0 }] };
    });
  },
});
