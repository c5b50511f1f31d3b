import { PaperjamError } from '../base/errors.js';
import type { AuthorizeAnswer, CancelAnswer, PaymentNotice, QueryAnswer } from '../ports/acquirer.js';

type UnknownAnswer = Extract<AuthorizeAnswer & QueryAnswer, { outcome: 'unknown' }>;

/** A notice without an amount is not believed either: it may be about anything. */
export function believedNotice(notice: PaymentNotice, amountFen: number): PaymentNotice {
  if (notice.outcome !== 'paid' || notice.amountFen === amountFen) return notice;
  return { id: notice.id, orderNo: notice.orderNo, ...otherAmount(notice.amountFen, amountFen) };
}

/** A platform that says that another amount was paid is not believed: what happened is then unknown. */
export function believed<Answer extends AuthorizeAnswer | QueryAnswer>(
  answer: Answer,
  amountFen: number | undefined,
): Answer | UnknownAnswer {
  if (answer.outcome !== 'paid' || answer.amountFen === undefined || answer.amountFen === amountFen) return answer;
  return otherAmount(answer.amountFen, amountFen);
}

function otherAmount(saidFen: number | undefined, amountFen: number | undefined): UnknownAnswer {
  const words = `the platform speaks of ${saidFen} fen, the sale is over ${amountFen} fen`;
  return { outcome: 'unknown', code: 'PJ_PLATFORM_ANSWER', words };
}

/**
 * A cancel that found nothing is not final while the request to pay may still be on its way and its code can be paid with:
 * whether the platform would refuse it then is nowhere promised. `leftMs` is for how long that is, counted from the moment
 * at which the cancel was sent.
 */
export function believedCancel(answer: CancelAnswer, leftMs: number): CancelAnswer {
  if (answer.outcome !== 'cancelled' || answer.action !== 'none' || leftMs <= 0) return answer;
  const { code, message } = new PaperjamError('PJ_PLATFORM_EARLY', { seconds: Math.ceil(leftMs / 1_000) });
  return { outcome: 'retry', code, words: message };
}
