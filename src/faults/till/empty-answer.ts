import { z } from 'zod';
import { fault } from '../fault.js';
import { befall, DELIVERED, TILL_REQUESTS } from '../till-requests.js';

/** Something on the way answers with status 200 and nothing in it. */
export const tillEmptyAnswer = fault({
  name: 'till.empty-answer',
  title: { zh: '收银应答为空', en: 'empty answer to the till' },
  about:
    'Instead of the answer, status 200 comes with nothing in it. Seen as an answer that was not delivered: some tills take it for a success.',
  attributes: z.strictObject({ delivered: DELIVERED, ...TILL_REQUESTS }),
  needs: 'tills',
  begin: (ground, { delivered, ...struck }) => befall(ground, struck, { breaks: { delivered, how: 'empty' } }),
});
