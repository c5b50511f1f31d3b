import type { AuthorizeAnswer, CancelAnswer, QueryAnswer } from '../ports/acquirer.js';

/** Whether a final answer says that money had moved and went back. */
export function isRefund(answer: AuthorizeAnswer | QueryAnswer | CancelAnswer): boolean {
  if (answer.outcome === 'cancelled') return answer.action === 'refund';
  return answer.outcome === 'closed' && answer.refunded === true;
}
