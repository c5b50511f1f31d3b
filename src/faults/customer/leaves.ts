import { z } from 'zod';
import { fault, later, site } from '../fault.js';

/** The customer has paid, and is in a hurry. The cashier tells the terminal that nobody waits for the ticket any more. */
export const leaves = fault({
  name: 'customer.leaves',
  title: { zh: '顾客提前离开', en: 'customer leaves early' },
  about: 'The customer goes away without the ticket. Seen as what the cashier tells the terminal.',
  usually: { state: 'printing' },
  attributes: z.strictObject({
    reactionMs: z.int().min(0).max(600_000).default(500).describe('milliseconds until the cashier says so'),
  }),
  needs: 'customer',
  begin: (ground, { reactionMs }) => later(ground, reactionMs, () => site(ground.sites, 'customer').leaves()),
});
