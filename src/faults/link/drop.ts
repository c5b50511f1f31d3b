import { z } from 'zod';
import { DIRECTION, impair } from '../direction.js';
import { fault, site } from '../fault.js';
import { STRIKES, strikes } from '../strikes.js';

/**
 * Bytes get lost on the serial line: an overrun of the port, a loose contact, a line without flow control. `every: 1` with
 * `times: 1` loses the one byte at the moment of the fault; `bytes` that one and those after it.
 */
export const drop = fault({
  name: 'link.drop',
  title: { zh: '串口丢字节', en: 'bytes lost on the line' },
  about:
    'Single bytes, or holes of some, never arrive. Seen as a checkpoint that is not answered, as half an answer, or as nothing when it strikes text.',
  usually: 'now',
  attributes: z.strictObject({
    direction: DIRECTION.default('to-printer').describe('which way the bytes go that are lost'),
    ...STRIKES,
    bytes: z.int().min(1).max(1_000_000).default(1).describe('how many bytes are lost each time'),
  }),
  needs: 'printerLink',
  begin({ sites, random }, { direction, bytes: hole, ...which }) {
    return impair(site(sites, 'printerLink'), direction, () => {
      const struck = strikes(which, random);
      let left = 0;
      const lost = () => {
        if (left === 0 && struck()) left = hole;
        return left > 0 && left-- > 0;
      };
      return { pass: (bytes) => [{ bytes: bytes.filter(() => !lost()), afterMs: 0 }] };
    });
  },
});
