import { z } from 'zod';
import { fault, site } from '../fault.js';

/** One wire of the two is broken: what goes that way is lost, though the sender does not feel it. The other way is alive. */
export const halfOpen = fault({
  name: 'link.half-open',
  title: { zh: '串口单向断线', en: 'one wire broken' },
  about:
    'One way is dead, the other alive. Seen as silence to every question; without the way to the host, tickets are printed all the same.',
  usually: { byte: 400 },
  attributes: z.strictObject({
    direction: z.enum(['to-printer', 'to-host']).default('to-host').describe('which way is dead'),
  }),
  needs: 'printerLink',
  begin({ sites }, { direction }) {
    return site(sites, 'printerLink').impair(direction, { pass: () => [] });
  },
});
