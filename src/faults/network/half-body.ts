import { z } from 'zod';
import { breakOff, exchanges } from '../exchanges.js';
import { fault } from '../fault.js';

/**
 * Half of the answer arrives. When the connection breaks off behind it, the vendor's SDK sends the request a second time by
 * itself, as after a reset.
 */
export const halfBody = fault({
  name: 'network.half-body',
  title: { zh: '应答不完整', en: 'half an answer' },
  about:
    'The platform has booked, and the first half of its answer arrives. Seen as PJ_PLATFORM_LOST when the connection breaks off (at the second, since the SDK repeats the request), as PJ_PLATFORM_GARBAGE when it pretends to be whole.',
  attributes: z.strictObject({
    ending: z
      .enum(['broken-off', 'as-whole'])
      .default('broken-off')
      .describe('whether the connection ends behind it, or all is as if it were the whole'),
    ...exchanges({ times: 2 }),
  }),
  needs: 'network',
  begin: (ground, { ending, ...struck }) => breakOff(ground, struck, { delivered: true, how: { half: ending } }),
});
