import { formatYuan } from '../../base/money.js';
import type { ActiveFault } from '../../faults/board.js';
import { isFinal, type SaleFacts } from '../../terminal/facts.js';
import type { JournalRecord } from '../../terminal/journal/record.js';
import { maskCode } from '../../terminal/payment-code.js';
import { compareWithPlatform, type PlatformReply, type PlatformView } from '../../terminal/verdict/ask.js';
import type { Verdict } from '../../terminal/verdict/verdict.js';

/** A sale as the API shows it: the three facts, and what names it. The payment code stays inside. */
export interface SaleView {
  readonly id: string;
  readonly amount: string;
  readonly amountFen: number;
  readonly subject: string;
  readonly openedAt: string;
  readonly payment: SaleFacts['payment'];
  readonly ticket: SaleFacts['ticket'];
  readonly delivery: SaleFacts['delivery'];
  readonly final: boolean;
  readonly wallet?: string;
  readonly tradeNo?: string;
  readonly buyer?: string;
}

export function saleView(facts: SaleFacts): SaleView {
  const { saleId, amountFen, subject, openedAtMs, payment, ticket, delivery, wallet, tradeNo, buyer } = facts;
  return {
    id: saleId,
    amount: formatYuan(amountFen),
    amountFen,
    subject,
    openedAt: new Date(openedAtMs).toISOString(),
    payment,
    ticket,
    delivery,
    final: isFinal(facts),
    ...(wallet === undefined ? {} : { wallet }),
    ...(tradeNo === undefined ? {} : { tradeNo }),
    ...(buyer === undefined ? {} : { buyer }),
  };
}

/** A verdict, and, when the platform was asked, what it said beside it. */
export type VerdictView = Verdict & { readonly platform?: PlatformView };

export function verdictView(verdict: Verdict, reply: PlatformReply | undefined): VerdictView {
  return reply === undefined ? verdict : { ...verdict, platform: compareWithPlatform(verdict.payment, reply) };
}

/** A record of the journal, but for the payment code in it: recognisable, and of no use for paying. */
export function recordView(record: JournalRecord): JournalRecord {
  const hasCode = record.kind === 'authorize-intent' || record.kind === 'code-rejected';
  return hasCode ? { ...record, code: maskCode(record.code) } : record;
}

/** A fault in the shape in which it is put in, with its id and whether it has begun. */
export function faultView({ id, begun, fault, when, for: forMs, attributes }: ActiveFault) {
  return { id, begun, fault, when, ...(forMs === undefined ? {} : { for: forMs }), ...attributes };
}
