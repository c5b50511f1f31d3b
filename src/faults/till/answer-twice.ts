import { z } from 'zod';
import { fault } from '../fault.js';
import { befall, TILL_REQUESTS } from '../till-requests.js';

/** A proxy that stutters: the body of the answer stands there twice. */
export const tillAnswerTwice = fault({
  name: 'till.answer-twice',
  title: { zh: '收银应答重复', en: 'answer to the till twice' },
  about:
    'The body of the answer comes twice in one. Seen as an answer that was delivered, and that most tills cannot read.',
  attributes: z.strictObject(TILL_REQUESTS),
  needs: 'tills',
  begin: (ground, struck) => befall(ground, struck, { answerTwice: true }),
});
