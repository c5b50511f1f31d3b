import { z } from 'zod';
import { fault } from '../fault.js';
import { befall, TILL_REQUESTS } from '../till-requests.js';

/** The answer is slow on its way: perhaps slower than the till waits. */
export const tillAnswerLate = fault({
  name: 'till.answer-late',
  title: { zh: '收银应答迟到', en: 'answer to the till late' },
  about:
    'The answer comes to the till later than the terminal has sent it. Seen as a slow answer, or, when the till has given up before, as one that was not delivered.',
  attributes: z.strictObject({
    delayMs: z.int().min(0).max(3_600_000).default(60_000).describe('milliseconds more on its way'),
    ...TILL_REQUESTS,
  }),
  needs: 'tills',
  begin: (ground, { delayMs, ...struck }) => befall(ground, struck, { answerDelayMs: delayMs }),
});
