import { fault } from '../fault.js';
import { insteadOfAnswer } from '../till-requests.js';

/** The terminal has done what was asked, and its answer is lost on the way; the connection stays open and silent. */
export const tillAnswerLost = fault({
  name: 'till.answer-lost',
  title: { zh: '收银应答丢失', en: 'answer to the till lost' },
  about:
    'The terminal has done what the till asked, and its answer is lost. Seen as an answer that was not delivered: the till times out, and has to ask for the status.',
  ...insteadOfAnswer('silence'),
});
