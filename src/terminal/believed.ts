import type { AuthorizeAnswer, QueryAnswer } from '../ports/acquirer.js';

type UnknownAnswer = Extract<AuthorizeAnswer & QueryAnswer, { outcome: 'unknown' }>;

/** A platform that says that another amount was paid is not believed: what happened is then unknown. */
export function believed<Answer extends AuthorizeAnswer | QueryAnswer>(
  answer: Answer,
  amountFen: number | undefined,
): Answer | UnknownAnswer {
  if (answer.outcome !== 'paid' || answer.amountFen === undefined || answer.amountFen === amountFen) return answer;
  const words = `the platform speaks of ${answer.amountFen} fen, the sale is over ${amountFen} fen`;
  return { outcome: 'unknown', code: 'PJ_PLATFORM_ANSWER', words };
}
