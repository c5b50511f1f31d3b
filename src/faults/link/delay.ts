import { z } from 'zod';
import { DIRECTION, impair } from '../direction.js';
import { fault, site } from '../fault.js';

/** All bytes take their time on the line, by a radio link, a server of serial ports, or a busy adapter. Their order stays. */
export const delay = fault({
  name: 'link.delay',
  title: { zh: '串口传输延迟', en: 'slow way to the printer' },
  about:
    'Bytes arrive later, all of them and in order. Seen as late answers; one later than a second and a half is silence.',
  usually: 'now',
  attributes: z.strictObject({
    direction: DIRECTION.default('both').describe('which way the bytes go that are late'),
    delayMs: z.int().min(0).max(600_000).default(300).describe('milliseconds that each takes'),
    jitterMs: z.int().min(0).max(600_000).default(0).describe('milliseconds that it may take longer, by chance'),
  }),
  needs: 'printerLink',
  begin({ sites, random }, { direction, delayMs, jitterMs }) {
    return impair(site(sites, 'printerLink'), direction, () => ({
      pass: (bytes) => [{ bytes, afterMs: delayMs + (jitterMs > 0 ? random.int(0, jitterMs) : 0) }],
    }));
  },
});
