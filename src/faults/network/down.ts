import { z } from 'zod';
import { fault, site } from '../fault.js';

/**
 * The link is down. What is on its way is not lost: TCP sends it again when the link is up, whether or not anybody still
 * waits for it. A payment that was asked for before, or while it is down, may so be booked long after the terminal has
 * given up.
 */
export const down = fault({
  name: 'network.down',
  title: { zh: '网络中断', en: 'link down' },
  about:
    'Nothing moves either way, and what is on its way arrives when the link is up again. Seen as time-outs, then as answers; a payment may be booked late.',
  attributes: z.strictObject({}),
  needs: 'network',
  begin: ({ sites }) => site(sites, 'network').takeDown(),
});
