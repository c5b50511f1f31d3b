import { z } from 'zod';
import { fault, later, site } from '../fault.js';

/** The customer wants no paper, and says so when the display asks (policy print: prompt), or when the printer fails. */
export const noTicket = fault({
  name: 'customer.no-ticket',
  title: { zh: '顾客不要小票', en: 'no ticket wanted' },
  about: 'The customer declines the ticket. Seen as what the cashier tells the terminal.',
  usually: { state: 'prompting' },
  attributes: z.strictObject({
    reactionMs: z.int().min(0).max(600_000).default(500).describe('milliseconds until the cashier says so'),
  }),
  needs: 'customer',
  begin: (ground, { reactionMs }) => later(ground, reactionMs, () => site(ground.sites, 'customer').declinesTicket()),
});
