import { fault, later, site } from '../fault.js';
import { REACTION } from '../reaction.js';

/** There is a queue, and the printer does not print: the cashier goes on without the ticket. */
export const skipsTicket = fault({
  name: 'operator.skips-ticket',
  title: { zh: '收银员跳过小票', en: 'ticket skipped' },
  about: 'The cashier goes on without the ticket. Seen as what the cashier tells the terminal.',
  usually: { state: 'printFault' },
  attributes: REACTION,
  needs: 'operator',
  begin: (ground, { reactionMs }) => later(ground, reactionMs, () => site(ground.sites, 'operator').skipsTicket()),
});
