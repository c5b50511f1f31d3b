import type { AuthorizeAnswer, PaymentNotice, QueryAnswer } from '../ports/acquirer.js';

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
