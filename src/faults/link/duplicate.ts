import { z } from 'zod';
import { DIRECTION, impair } from '../direction.js';
import { fault, site } from '../fault.js';
import { STRIKES, strikes } from '../strikes.js';

/** Some bytes arrive twice, the second time right behind the first: an adapter or a driver that sends again what it has sent. */
export const duplicate = fault({
  name: 'link.duplicate',
  title: { zh: '串口数据重复', en: 'bytes doubled on the line' },
  about:
    'Some bytes arrive twice. Seen as a checkpoint that is not answered, as an answer too many, or as nothing when it strikes text.',
  usually: 'now',
  attributes: z.strictObject({
    direction: DIRECTION.default('to-printer').describe('which way the bytes go that are doubled'),
    ...STRIKES,
  }),
  needs: 'printerLink',
  begin({ sites, random }, { direction, ...which }) {
    return impair(site(sites, 'printerLink'), direction, () => {
      const struck = strikes(which, random);
      const doubled = (byte: number) => (struck() ? [byte, byte] : [byte]);
      return { pass: (bytes) => [{ bytes: Uint8Array.from([...bytes].flatMap(doubled)), afterMs: 0 }] };
    });
  },
});
