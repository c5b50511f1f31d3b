import { z } from 'zod';
import { fault } from '../fault.js';
import { befall, TILL_REQUESTS } from '../till-requests.js';

/** The terminal is at something else, of which the till knows nothing. */
export const tillBusy = fault({
  name: 'till.busy',
  title: { zh: '终端忙', en: 'terminal busy' },
  about:
    'The terminal says in the words of the protocol that it is busy, and does nothing. Seen as no sale: the till has to ask again.',
  attributes: z.strictObject(TILL_REQUESTS),
  needs: 'tills',
  begin: (ground, struck) => befall(ground, struck, { busy: true }),
});
