import { localTime } from '../base/local-time.js';
import { formatYuan } from '../base/money.js';
import { oneLine } from '../base/one-line.js';
import type { ExchangeEntry } from '../emulator/platform/exchange-log.js';
import type { Trade } from '../emulator/platform/ledger-state.js';
import type { Words } from '../terminal/screens.js';
import type { SaleMaterial } from '../world/material.js';

export type Lang = keyof Words;

/** One exchange in words. `lost`: the terminal never got this answer. */
export interface ExchangeWords {
  readonly time: string;
  readonly asked: string;
  readonly answered: string;
  readonly lost: boolean;
}

const METHODS: Readonly<Record<string, Words>> = {
  'alipay.trade.pay': { zh: '请求收款', en: 'asked to pay' },
  'alipay.trade.query': { zh: '查询', en: 'asked what became of it' },
  'alipay.trade.cancel': { zh: '请求撤销', en: 'asked to cancel' },
  'alipay.trade.refund': { zh: '请求退款', en: 'asked to refund' },
};

const STATES: Readonly<Record<string, Words>> = {
  WAIT_BUYER_PAY: { zh: '等待顾客付款', en: 'waits for the customer' },
  TRADE_SUCCESS: { zh: '已支付', en: 'paid' },
  TRADE_CLOSED: { zh: '已关闭', en: 'closed' },
  TRADE_FINISHED: { zh: '已完结', en: 'finished' },
};

/** What the platform was asked about a sale, and what it answered, oldest first. */
export function exchangeWords(entries: readonly ExchangeEntry[], lang: Lang, offsetMinutes: number): ExchangeWords[] {
  return entries.map((entry) => ({
    time: localTime(entry.atMs, offsetMinutes),
    asked: asked(entry, lang),
    answered: answered(entry, lang),
    lost: entry.fate === 'lose' || entry.response === undefined,
  }));
}

function asked({ method, request }: ExchangeEntry, lang: Lang): string {
  const words = METHODS[method]?.[lang] ?? oneLine(method, 80);
  const amount = field(request, 'total_amount') ?? field(request, 'refund_amount');
  return amount === undefined ? words : `${words} ¥${oneLine(amount, 20)}`;
}

function answered({ response, fate }: ExchangeEntry, lang: Lang): string {
  const say = (zh: string, en: string) => (lang === 'zh' ? zh : en);
  if (response === undefined) return say('没有答复', 'no answer');
  const state = field(response, 'trade_status');
  const action = field(response, 'action');
  const parts = [
    field(response, 'sub_code') ?? field(response, 'code') ?? '?',
    field(response, 'sub_msg') ?? field(response, 'msg') ?? '',
    state === undefined ? '' : (STATES[state]?.[lang] ?? state),
    action === undefined ? '' : action === 'refund' ? say('已退款', 'money returned') : say('已关闭', 'closed'),
  ];
  const words = parts
    .map((part) => oneLine(part, 120))
    .filter((part) => part !== '')
    .join(' ');
  return `${words}${fateWords(fate, lang)}`;
}

function fateWords(fate: ExchangeEntry['fate'], lang: Lang): string {
  if (fate === 'lose') return lang === 'zh' ? '(答复丢失,终端没有收到)' : ' (LOST: the terminal never got this answer)';
  if (typeof fate !== 'object') return '';
  return lang === 'zh' ? `(晚到 ${fate.delayMs} 毫秒)` : ` (${fate.delayMs} ms late)`;
}

/** What stands in the platform's books about the order. */
export function tradeWords(trade: Trade | undefined, lang: Lang, offsetMinutes: number): string {
  const say = (zh: string, en: string) => (lang === 'zh' ? zh : en);
  if (trade === undefined) return say('平台账上没有这笔订单', 'the platform has no such order in its books');
  const at = (ms: number | undefined) => (ms === undefined ? '' : ` ${localTime(ms, offsetMinutes)}`);
  const keptFen = trade.paidFen - trade.refundedFen;
  return [
    `${say('平台账上', 'in the books of the platform')}: ${STATES[trade.state]?.[lang] ?? trade.state}`,
    `${say('交易号', 'trade')} ${trade.tradeNo}`,
    `${say('已收', 'kept')} ¥${formatYuan(keptFen)}`,
    ...(trade.paidAtMs === undefined ? [] : [`${say('支付于', 'paid at')}${at(trade.paidAtMs)}`]),
    ...(trade.refundedFen === 0 ? [] : [`${say('已退', 'returned')} ¥${formatYuan(trade.refundedFen)}`]),
    ...(trade.closedAtMs === undefined ? [] : [`${say('关闭于', 'closed at')}${at(trade.closedAtMs)}`]),
  ].join(', ');
}

/** The trade as data, without the code that it was paid with. */
export function tradeView({ code: _, refunds, ...trade }: Trade): object {
  return { ...trade, refunds: Object.fromEntries(refunds) };
}

/** The platform's side of a sale as data. */
export function platformView({ exchanges, trade }: NonNullable<SaleMaterial['platform']>): object {
  return {
    exchanges: exchanges.map(({ atMs, ...rest }) => ({ at: new Date(atMs).toISOString(), ...rest })),
    ledger: trade === undefined ? null : tradeView(trade),
  };
}

function field(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}
