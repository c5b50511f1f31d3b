import { z } from 'zod';
import { breakOff, exchanges } from '../exchanges.js';
import { fault } from '../fault.js';

/** The platform has booked and has answered; the answer is lost on its way, and the connection stays open and silent. */
export const networkAnswerLost = fault({
  name: 'network.answer-lost',
  title: { zh: '应答丢失', en: 'answer lost on its way' },
  about:
    'The platform has booked, and its answer is lost on the way. Seen as a time-out, the same as when the request is lost: the customer may have paid.',
  attributes: z.strictObject(exchanges()),
  needs: 'network',
  begin: (ground, struck) => breakOff(ground, struck, { delivered: true, how: 'silence' }),
});
