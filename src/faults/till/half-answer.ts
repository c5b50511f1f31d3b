import { fault } from '../fault.js';
import { insteadOfAnswer } from '../till-requests.js';

/** The connection ends in the middle of the answer's body. */
export const tillHalfAnswer = fault({
  name: 'till.half-answer',
  title: { zh: '收银应答残缺', en: 'half an answer to the till' },
  about:
    'The terminal has done what the till asked, and the connection ends in the middle of its answer. Seen as an answer that was not delivered.',
  ...insteadOfAnswer('half'),
});
