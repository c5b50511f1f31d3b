import type { Acquirer, QueryAnswer, Wallet } from '../../ports/acquirer.js';
import type { Clock } from '../../ports/clock.js';
import { believed } from '../believed.js';
import type { SaleFacts } from '../facts.js';
import type { Payment } from '../journal/record.js';
import type { Words } from '../screens.js';
import { PAYMENT_WORDS } from './fact-words.js';

/** What the platform says of a sale, asked for a person. */
export interface PlatformReply {
  /** ISO 8601, when it was asked. */
  readonly askedAt: string;
  /** From the question to the answer, or to the end of patience. */
  readonly afterMs: number;
  /** What became of the payment, as the platform says; `unknown` when it does not say. */
  readonly payment: Payment;
  /** The answer in the acquirer's words, `no-answer`, or `not-asked` for a sale of which the platform cannot know. */
  readonly outcome: QueryAnswer['outcome'] | 'no-answer' | 'not-asked';
  readonly code?: string;
  readonly said?: string;
  readonly tradeNo?: string;
}

/** Whether the platform's word is that of the journal; `open`: one of them does not know yet. */
export type Agreement = 'agrees' | 'differs' | 'open';

export interface PlatformView extends PlatformReply {
  readonly agreement: Agreement;
  readonly words: Words;
}

export interface AskParts {
  readonly clock: Clock;
  readonly acquirers: Partial<Record<Wallet, Acquirer>>;
  readonly timeoutMs: number;
}

/** Asks once. `done` is called once, never from inside this call. Nothing is written: asking is not settling. */
export function askPlatform(
  { clock, acquirers, timeoutMs }: AskParts,
  facts: SaleFacts,
  done: (reply: PlatformReply) => void,
): void {
  const { saleId, amountFen, wallet } = facts;
  const beganMs = clock.now();
  let open = true;
  const end = (reply: Omit<PlatformReply, 'askedAt' | 'afterMs'>) => {
    if (!open) return;
    open = false;
    clock.clearTimeout(timer);
    done({ askedAt: new Date(beganMs).toISOString(), afterMs: clock.now() - beganMs, ...reply });
  };
  const acquirer = wallet === undefined ? undefined : acquirers[wallet];
  const patienceMs = acquirer === undefined ? 0 : timeoutMs;
  const silence = acquirer === undefined ? ('not-asked' as const) : ('no-answer' as const);
  const timer = clock.setTimeout(() => end({ outcome: silence, payment: 'unknown' }), patienceMs);
  acquirer?.query(saleId, (answer) => end(replyOf(believed(answer, amountFen))));
}

function replyOf(answer: QueryAnswer): Omit<PlatformReply, 'askedAt' | 'afterMs'> {
  const { outcome } = answer;
  const said = 'code' in answer ? { code: answer.code, said: answer.words } : {};
  const tradeNo = answer.outcome === 'paid' ? { tradeNo: answer.tradeNo } : {};
  return { outcome, payment: paymentOf(answer), ...said, ...tradeNo };
}

function paymentOf(answer: QueryAnswer): Payment {
  switch (answer.outcome) {
    case 'paid':
      return 'paid';
    case 'closed':
      return answer.refunded === true ? 'reversed' : 'not-paid';
    case 'not-found':
      return 'not-paid';
    case 'waiting':
    case 'unknown':
      return 'unknown';
  }
}

/** The platform's word beside the journal's. */
export function compareWithPlatform(journal: Payment, reply: PlatformReply): PlatformView {
  const agreement = agreementOf(journal, reply);
  return { ...reply, agreement, words: wordsOf(journal, reply, agreement) };
}

function agreementOf(journal: Payment, { payment, outcome }: PlatformReply): Agreement {
  if (outcome === 'waiting') return journal === 'unknown' ? 'open' : 'differs';
  if (journal === 'unknown' || payment === 'unknown') return 'open';
  // A sale that went back is closed, and not every platform says that it had been paid.
  if (journal === 'reversed' && outcome === 'closed') return 'agrees';
  return journal === payment ? 'agrees' : 'differs';
}

function wordsOf(journal: Payment, { payment, outcome }: PlatformReply, agreement: Agreement): Words {
  if (outcome === 'not-asked') {
    return {
      zh: '没有发送过支付请求,平台没有这笔交易,无需查询。',
      en: 'No payment was ever asked for, so there is nothing to ask the platform about.',
    };
  }
  if (outcome === 'no-answer' || outcome === 'unknown') {
    return {
      zh: '平台现在没有给出结果。以本机记录为准,稍后再查。',
      en: 'The platform gives no result now. Go by this terminal’s record, and ask again later.',
    };
  }
  const said = outcome === 'waiting' ? { zh: '等待顾客支付', en: 'waiting for the customer' } : PAYMENT_WORDS[payment];
  const own = PAYMENT_WORDS[journal];
  if (agreement === 'agrees') {
    return {
      zh: `平台说:${said.zh}。与本机记录一致。`,
      en: `The platform says: ${said.en}. This terminal’s record agrees.`,
    };
  }
  if (agreement === 'open') {
    return {
      zh: `平台说:${said.zh}。本机还在核对,请等待核对完成,勿重复收款。`,
      en: `The platform says: ${said.en}. This terminal is still checking: wait for it, and do not charge again.`,
    };
  }
  return {
    zh: `平台说:${said.zh},本机记录:${own.zh}。两者不一致,请保留小票和记录,联系管理员,勿重复收款。`,
    en: `The platform says: ${said.en}; this terminal’s record says: ${own.en}. They differ: keep all papers, call the manager, and do not charge again.`,
  };
}
