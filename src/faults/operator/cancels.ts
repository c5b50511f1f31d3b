import { fault, later, site } from '../fault.js';
import { REACTION } from '../reaction.js';

/** The cashier loses patience. */
export const cancels = fault({
  name: 'operator.cancels',
  title: { zh: '收银员取消', en: 'cashier cancels' },
  about: 'The cashier gives the sale up while it is under way. Seen as the cancel key.',
  usually: { state: 'settling.authorizing' },
  attributes: REACTION,
  needs: 'operator',
  begin: (ground, { reactionMs }) => later(ground, reactionMs, () => site(ground.sites, 'operator').cancels()),
});
