import { formatYuan } from '../base/money.js';
import type { Wallet } from '../ports/acquirer.js';
import type { TicketDocument, TicketElement } from '../ports/ticket.js';
import type { Merchant } from './context.js';
import type { SaleFacts } from './facts.js';

const WALLETS: Record<Wallet, string> = {
  alipay: '支付宝 Alipay',
  wechat: '微信支付 WeChat',
  unionpay: '银联 UnionPay',
};

/** The last printed line: a ticket on which it stands is complete. */
export const TICKET_END = '谢谢惠顾 THANK YOU';

/** Lines that are the same on every ticket; frozen, so that an encoder may keep what it made of them. */
const FIXED = {
  title: { kind: 'text', text: '消费凭证 SALES SLIP', align: 'center' },
  rule: { kind: 'rule' },
  paid: { kind: 'pair', label: '状态 Status', value: '支付成功 PAID' },
  scan: { kind: 'text', text: '凭此码查询或退款 Scan to look up this sale', align: 'center' },
  end: { kind: 'text', text: TICKET_END, align: 'center' },
  feed: { kind: 'feed', lines: 1 },
  cut: { kind: 'cut' },
} as const satisfies Record<string, TicketElement>;
for (const element of Object.values(FIXED)) Object.freeze(element);

/**
 * The ticket of a paid sale. `copy` 0 is the original; everything after is marked 补打 / COPY with its number, at the top,
 * so that even a copy that is cut short carries the mark, and again at the end.
 */
export function makeTicket(sale: SaleFacts, copy: number, merchant: Merchant): TicketDocument {
  const mark: TicketElement[] =
    copy === 0 ? [] : [{ kind: 'text', text: `*** 补打 COPY ${copy} ***`, align: 'center', bold: true }];
  const pair = (label: string, value: string): TicketElement => ({ kind: 'pair', label, value });
  const paidAtMs = sale.paidAtMs ?? sale.openedAtMs;
  return {
    elements: [
      ...mark,
      { kind: 'text', text: merchant.name, align: 'center', bold: true, height: 2, width: 2 },
      FIXED.title,
      FIXED.rule,
      // First of all, so that even a ticket that was cut short says whose it is.
      pair('订单号 Order', sale.saleId),
      pair('终端 Terminal', merchant.terminalId),
      pair('时间 Time', localTime(paidAtMs, merchant.utcOffsetMinutes)),
      pair('商品 Item', sale.subject),
      pair('支付方式 Paid by', sale.wallet === undefined ? '—' : WALLETS[sale.wallet]),
      ...(sale.buyer === undefined ? [] : [pair('付款人 Payer', sale.buyer)]),
      pair('交易号 Trade', sale.tradeNo ?? '—'),
      FIXED.rule,
      { kind: 'pair', label: '金额', value: `¥${formatYuan(sale.amountFen)}`, bold: true, height: 2, width: 2 },
      FIXED.paid,
      FIXED.rule,
      { kind: 'qr', data: sale.saleId },
      FIXED.scan,
      ...mark,
      FIXED.end,
      FIXED.feed,
      FIXED.cut,
    ],
  };
}

/** `2026-11-23 22:20:05` at the merchant's place. */
function localTime(atMs: number, utcOffsetMinutes: number): string {
  return new Date(atMs + utcOffsetMinutes * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}
