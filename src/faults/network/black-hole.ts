import { z } from 'zod';
import { fault, site } from '../fault.js';

/** A route that leads nowhere, or a firewall that drops in silence: requests and answers are gone, and nobody says so. */
export const blackHole = fault({
  name: 'network.black-hole',
  title: { zh: '网络黑洞', en: 'black hole' },
  about:
    'Whatever is on its way, or sets out, is gone without a trace, both ways. Seen as time-outs of everything: whether the customer paid is not to be learned while it lasts.',
  attributes: z.strictObject({}),
  needs: 'network',
  begin: ({ sites }) => site(sites, 'network').swallow(),
});
