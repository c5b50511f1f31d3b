import { formatYuan } from '../../base/money.js';
import type { SaleFacts } from '../../terminal/facts.js';

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
    final: payment !== 'unknown',
    ...(wallet === undefined ? {} : { wallet }),
    ...(tradeNo === undefined ? {} : { tradeNo }),
    ...(buyer === undefined ? {} : { buyer }),
  };
}
