import { z } from 'zod';
import { exchanges, strikes } from '../exchanges.js';
import { fault, site } from '../fault.js';

/**
 * The answer drips in. The SDK's own time-out is for silence and never strikes as long as there is a drop now and then; the
 * terminal's does. An answer has about 900 bytes.
 */
export const drip = fault({
  name: 'network.drip',
  title: { zh: '应答缓慢', en: 'answer drips in' },
  about:
    'The answer arrives a few bytes at a time. Seen as a slow answer, or as a time-out and then an answer; longer pauses than the time-out of the SDK are PJ_PLATFORM_TIMEOUT.',
  attributes: z.strictObject({
    bytes: z.int().min(1).max(1_000_000).default(32).describe('how many bytes at a time'),
    everyMs: z.number().min(0).max(3_600_000).default(1_000).describe('milliseconds from one piece to the next'),
    ...exchanges(),
  }),
  needs: 'network',
  begin({ sites }, { bytes, everyMs, ...struck }) {
    const isStruck = strikes(struck);
    const fate = { drip: { bytes, everyMs } };
    return site(sites, 'network').onRequest((request) => (isStruck(request) ? fate : undefined));
  },
});
