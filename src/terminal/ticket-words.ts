import type { Wallet } from '../ports/acquirer.js';
import type { TicketElement } from '../ports/ticket.js';
import type { TicketLang } from './context.js';
import type { Words } from './screens.js';

const TITLE: Words = { zh: '消费凭证', en: 'SALES SLIP' };
const CUSTOMER_COPY: Words = { zh: '顾客联', en: 'CUSTOMER COPY' };
const MERCHANT_COPY: Words = { zh: '商户联', en: 'MERCHANT COPY' };
const STATUS: Words = { zh: '状态', en: 'Status' };
const PAID: Words = { zh: '支付成功', en: 'PAID' };
const SIGNATURE: Words = { zh: '顾客签名', en: 'SIGNATURE' };
const SCAN_ORDER: Words = { zh: '凭此码查询退款', en: 'SCAN TO LOOK UP' };
const SCAN_DIGITAL: Words = { zh: '扫码看电子小票', en: 'SCAN FOR E-TICKET' };
const END: Words = { zh: '谢谢惠顾', en: 'THANK YOU' };

const LABELS = {
  order: { zh: '订单号', en: 'Order' },
  merchantNo: { zh: '商户号', en: 'Merchant' },
  terminal: { zh: '终端', en: 'Terminal' },
  time: { zh: '时间', en: 'Time' },
  item: { zh: '商品', en: 'Item' },
  paidBy: { zh: '支付方式', en: 'Paid by' },
  payer: { zh: '付款人', en: 'Payer' },
  trade: { zh: '交易号', en: 'Trade' },
} as const satisfies Record<string, Words>;

const WALLETS: Record<Wallet, Words> = {
  alipay: { zh: '支付宝', en: 'Alipay' },
  wechat: { zh: '微信支付', en: 'WeChat' },
  unionpay: { zh: '银联', en: 'UnionPay' },
};

/** A line of dashes, and a blank line: the same in every language. */
export const RULE: TicketElement = Object.freeze({ kind: 'rule' });
export const BLANK: TicketElement = Object.freeze({ kind: 'feed', lines: 1 });
export const CUT: TicketElement = Object.freeze({ kind: 'cut' });
/** Room for a hand that signs: about 11 mm. */
export const ROOM_TO_SIGN: TicketElement = Object.freeze({ kind: 'feed', lines: 3 });

/** All that stands on tickets of one language whatever the sale; elements frozen, so that an encoder may keep what it made of them. */
export interface TicketForm {
  readonly labels: Readonly<Record<keyof typeof LABELS, string>>;
  readonly wallets: Readonly<Record<Wallet, string>>;
  readonly amount: string;
  /** What it is, and which copy. */
  readonly customerCopy: TicketElement;
  readonly merchantCopy: TicketElement;
  readonly paid: TicketElement;
  readonly scanOrder: TicketElement;
  readonly scanDigital: TicketElement;
  readonly signature: TicketElement;
  readonly end: TicketElement;
  /** The mark of the n-th copy. */
  mark(copy: number): string;
}

const MARKS: Record<TicketLang, (copy: number) => string> = {
  both: (copy) => `*** 补打 COPY ${copy} ***`,
  zh: (copy) => `*** 补打 第${copy}次 ***`,
  en: (copy) => `*** REPRINT COPY ${copy} ***`, // CUSTOMER COPY is no mark, so this one says more.
};

export const FORMS: Readonly<Record<TicketLang, TicketForm>> = {
  both: formIn('both'),
  zh: formIn('zh'),
  en: formIn('en'),
};

/** The last printed line: a ticket on which it stands is complete. */
export const TICKET_END = say(END, 'both');

/** The same in a ticket's language. */
export function ticketEnd(lang: TicketLang): string {
  return say(END, lang);
}

function formIn(lang: TicketLang): TicketForm {
  const centred = (words: Words): TicketElement =>
    Object.freeze({ kind: 'text', text: say(words, lang), align: 'center' });
  const boldPair = (label: Words, value: Words): TicketElement =>
    Object.freeze({ kind: 'pair', label: say(label, lang), value: say(value, lang), bold: true });
  return {
    labels: inOneLanguage(LABELS, lang),
    wallets: inOneLanguage(WALLETS, lang),
    amount: lang === 'en' ? 'Total' : '金额', // In double width there is no room for both on narrow paper.
    customerCopy: boldPair(TITLE, CUSTOMER_COPY),
    merchantCopy: boldPair(TITLE, MERCHANT_COPY),
    paid: boldPair(STATUS, PAID),
    scanOrder: centred(SCAN_ORDER),
    scanDigital: centred(SCAN_DIGITAL),
    signature: centred(SIGNATURE),
    end: centred(END),
    mark: MARKS[lang],
  };
}

function inOneLanguage<Key extends string>(words: Record<Key, Words>, lang: TicketLang): Record<Key, string> {
  const said = Object.entries<Words>(words).map(([key, value]) => [key, say(value, lang)]);
  return Object.fromEntries(said) as Record<Key, string>; // Object.fromEntries forgets its keys.
}

function say({ zh, en }: Words, lang: TicketLang): string {
  return lang === 'both' ? `${zh} ${en}` : lang === 'zh' ? zh : en;
}
