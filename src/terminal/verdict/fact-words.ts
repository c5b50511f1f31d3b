import type { TicketState } from '../facts.js';
import type { Payment } from '../journal/record.js';
import type { Words } from '../screens.js';

/** The facts of a sale in a word, for people. */
export const PAYMENT_WORDS: Record<Payment, Words> = {
  paid: { zh: '已支付', en: 'paid' },
  'not-paid': { zh: '未支付', en: 'not paid' },
  reversed: { zh: '已撤销退款', en: 'money returned' },
  unknown: { zh: '结果未知', en: 'not known yet' },
};

export const TICKET_WORDS: Record<TicketState, Words> = {
  none: { zh: '没有', en: 'none' },
  pending: { zh: '待打印', en: 'still to be printed' },
  printed: { zh: '已打印', en: 'printed' },
  partial: { zh: '只打印了一部分', en: 'partly printed' },
  'not-printed': { zh: '未打印', en: 'not printed' },
  unknown: { zh: '不确定是否打完', en: 'not certain' },
  blank: { zh: '空白', en: 'blank' },
  unreadable: { zh: '看不清', en: 'unreadable' },
  refused: { zh: '顾客不要', en: 'not wanted by the customer' },
  digital: { zh: '电子凭证', en: 'digital' },
  unconfirmed: { zh: '已送打印机,未经确认', en: 'sent to the printer, not confirmed' },
};
