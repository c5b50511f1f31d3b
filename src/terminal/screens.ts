import type { PaperjamError } from '../base/errors.js';
import { formatYuan } from '../base/money.js';
import type { Screen } from '../ports/display.js';
import type { PrinterFault } from '../ports/printer.js';
import type { TerminalContext, Trouble } from './context.js';
import type { SaleFacts, TicketState } from './facts.js';
import { holdOf } from './policy.js';
import { damagedRecord } from './verdict/damage.js';

/** What a person reads, in both languages. On the display at most 40 columns each, a Chinese character counting two. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Each fault of the printer, in the cashier's words and with what to do about it. */
export const FAULT_WORDS: Record<PrinterFault, Words> = {
  'paper-out': { zh: '缺纸,请装纸', en: 'out of paper, load paper' },
  'cover-open': { zh: '盖子未关,请合盖', en: 'cover open, close it' },
  'mechanical-error': { zh: '卡纸,请清除卡纸', en: 'paper jam, clear it' },
  'cutter-error': { zh: '切刀故障,请检查切刀', en: 'cutter blocked, free it' },
  overheat: { zh: '打印头过热,请稍候', en: 'head too hot, wait' },
  'unrecoverable-error': { zh: '打印机故障,请报修', en: 'printer broken, call service' },
  offline: { zh: '打印机脱机,请按联机键', en: 'printer offline, press ONLINE' },
  'link-lost': { zh: '请检查打印机连接', en: 'check the printer cable' },
  'no-answer': { zh: '打印机无应答,请检查', en: 'printer does not answer' },
  stalled: { zh: '打印机停住,请检查', en: 'printer is stuck' },
  'power-cut': { zh: '打印时断电', en: 'power cut while printing' },
  cancelled: { zh: '打印已取消', en: 'printing was called off' },
  unprintable: { zh: '此打印机无法打印该小票', en: 'cannot print this ticket' },
};

/** ESC/POS has one bit for all that is wrong with the mechanism, and a ribbon that a sensor watches is part of it. */
export const JAM_OR_RIBBON: Words = { zh: '卡纸或色带断裂,请检查', en: 'jam or broken ribbon, check it' };

function faultWords({ device }: TerminalContext, fault: PrinterFault): Words {
  return fault === 'mechanical-error' && device?.ribbonSensor === true ? JAM_OR_RIBBON : FAULT_WORDS[fault];
}

/** What is to be done about a paid sale's ticket, by what became of its job. */
export const TICKET_FAULT_WORDS: Record<PrinterFault, Words> = {
  'paper-out': { zh: '已支付,缺纸,装纸后补打', en: 'Paid; load paper, then reprint' },
  'cover-open': { zh: '已支付,盖子未关,合上后补打', en: 'Paid; close the cover, then reprint' },
  'mechanical-error': { zh: '已支付,卡纸,清除卡纸后补打', en: 'Paid; clear the paper jam, then reprint' },
  'cutter-error': { zh: '已支付,切刀故障,清理切刀后补打', en: 'Paid; free the cutter, then reprint' },
  overheat: { zh: '已支付,打印头过热,冷却后补打', en: 'Paid; head too hot: wait, then reprint' },
  'unrecoverable-error': { zh: '已支付,打印机故障,报修后补打', en: 'Paid; printer broken: call service' },
  offline: { zh: '已支付,按打印机联机键后补打', en: 'Paid; press ONLINE, then reprint' },
  'link-lost': { zh: '已支付,检查打印机连接后补打', en: 'Paid; check printer cable, then reprint' },
  'no-answer': { zh: '已支付,打印机无应答,检查后补打', en: 'Paid; check the printer, then reprint' },
  stalled: { zh: '已支付,打印机停住,检查后补打', en: 'Paid; printer stuck: check and reprint' },
  'power-cut': { zh: '已支付,打印时断电,请补打', en: 'Paid; power failed while printing' },
  cancelled: { zh: '已支付,打印已取消,需要时补打', en: 'Paid; not printed: reprint if need be' },
  unprintable: { zh: '已支付,无法打印,请联系管理员', en: 'Paid; cannot be printed: call manager' },
};

export const TICKET_JAM_OR_RIBBON: Words = {
  zh: '已支付,卡纸或色带断裂,检查后补打',
  en: 'Paid; jam or broken ribbon: check it',
};

function ticketFaultWords({ device }: TerminalContext, fault: PrinterFault): Words {
  const both = fault === 'mechanical-error' && device?.ribbonSensor === true;
  return both ? TICKET_JAM_OR_RIBBON : TICKET_FAULT_WORDS[fault];
}

/** A ticket that a person saw to be no good. */
const SEEN_WORDS: Partial<Record<TicketState, Words>> = {
  blank: { zh: '已支付,小票空白,请检查后补打', en: 'Paid, the ticket is blank: reprint' },
  unreadable: { zh: '已支付,小票不清,请检查后补打', en: 'Paid, ticket unreadable: reprint' },
};

const CHECKING: Words = { zh: '正在核对,勿重复收款', en: 'Checking, do not charge again' };
const SCAN_ANEW: Words = { zh: '未支付,请重新扫码', en: 'Not paid, scan a new code' };
const OTHER_WAY: Words = { zh: '未支付,请换付款方式', en: 'Not paid, try another way to pay' };

/** Why it is not known yet whether the customer has paid. */
const PAUSING: Partial<Record<Trouble, Words>> = {
  silence: { zh: '平台无应答,请等待,勿重复收款', en: 'No answer: wait, do not charge again' },
  network: { zh: '网络中断,正在核对,勿重复收款', en: 'Network down: wait, do not charge again' },
  maintenance: { zh: '支付平台繁忙,稍后自动核对', en: 'Platform busy, it is checked by itself' },
  'set-up': { zh: '配置错误:请联系管理员,勿重复收款', en: 'Wrong setting: call the manager and wait' },
  outdated: { zh: '需要更新:请联系管理员,勿重复收款', en: 'Update needed: call the manager and wait' },
};

/** What helps when the platform has refused. Anything else: another code. */
const DECLINED: Partial<Record<Trouble, Words>> = {
  customer: OTHER_WAY,
  platform: OTHER_WAY,
  'set-up': { zh: '未支付,配置错误:请联系管理员', en: 'Wrong setting, not paid: call manager' },
  outdated: { zh: '未支付,需要更新:请联系管理员', en: 'Update needed, not paid: call manager' },
};

type Say = (context: TerminalContext, sale: SaleFacts | undefined) => Words;

const yuan = (sale: SaleFacts | undefined) => `¥${formatYuan(sale?.amountFen ?? 0)}`;
const fixed =
  (zh: string, en: string): Say =>
  () => ({ zh, en });

const SCREENS = {
  boot: ({ found, torn, mended }) => {
    if (found.length > 0)
      return {
        zh: `已恢复,见结果:核对 ${found.length} 笔交易`,
        en: `Recovered, see the result: ${found.length} sale(s)`,
      };
    if (torn !== undefined) return { zh: '已恢复,没有未完成的交易', en: 'Recovered, no sale was left open' };
    return mended.length > 0
      ? { zh: `交易记录有 ${mended.length} 处损坏,已修正`, en: `Records mended in ${mended.length} place(s)` }
      : { zh: '自检完成', en: 'Self-test passed' };
  },
  idle: (context) => {
    if (context.text !== undefined) return context.text;
    const fault = context.printer.faults[0];
    if (fault === undefined) return { zh: '请收款', en: 'Ready for a sale' };
    const { zh, en } = faultWords(context, fault);
    return {
      zh: zh.includes('打印机') ? zh : `打印机:${zh}`,
      en: en.includes('printer') ? upperFirst(en) : `Printer: ${en}`,
    };
  },
  scanning: (_, sale) => ({ zh: `${yuan(sale)} 请出示付款码`, en: `${yuan(sale)} Show your payment code` }),
  codeRejected: ({ trouble }) =>
    trouble === 'other-wallet'
      ? { zh: '不收这种付款码,请换一种再扫码', en: 'Wallet not accepted here, try another' }
      : { zh: '付款码无效,请重新扫码', en: 'Code not valid, scan again' },
  authorizing: (_, sale) => ({
    zh: `${yuan(sale)} 已扫码,等待,勿重复收款`,
    en: `${yuan(sale)} Scanned, wait for the result`,
  }),
  awaitingBuyer: fixed('等待顾客输入密码', 'Waiting for the customer to confirm'),
  querying: () => CHECKING,
  pausing: ({ trouble }) => (trouble === undefined ? undefined : PAUSING[trouble]) ?? CHECKING,
  reversing: fixed('正在撤销,请稍候', 'Cancelling, please wait'),
  printing: (_, sale) => ({ zh: `${yuan(sale)} 已支付,正在打印`, en: `${yuan(sale)} Paid, printing` }),
  printFault: (context, sale) => {
    const seen = sale === undefined ? undefined : SEEN_WORDS[sale.ticket];
    if (seen !== undefined) return seen;
    const result = sale?.prints.at(-1)?.result;
    const reason = result !== undefined && 'reason' in result ? result.reason : undefined;
    if (context.printer.ready || reason === undefined)
      return { zh: '已支付,打印机已恢复,请补打', en: 'Paid. Printer is back: reprint' };
    return ticketFaultWords(context, reason);
  },
  unconfirmed: fixed('已支付,打印机不能确认,请看小票', 'Paid. Not confirmed: look at the ticket'),
  askPrint: (_, sale) => ({ zh: `${yuan(sale)} 已支付,是否打印小票?`, en: `${yuan(sale)} Paid. Print a ticket?` }),
  digital: (_, sale) => ({
    zh: `${yuan(sale)} 已支付,请扫码取电子凭证`,
    en: `${yuan(sale)} Paid, scan for your ticket`,
  }),
  noTicket: (_, sale) => ({ zh: `${yuan(sale)} 已支付,无需打印`, en: `${yuan(sale)} Paid, no ticket wanted` }),
  held: ({ policy }, sale) => {
    const paper = sale !== undefined && holdOf(sale, policy) === 'paper';
    if (paper) return { zh: '必须提供纸质小票,请先补打', en: 'Paper ticket required: print it first' };
    return { zh: '请先补打小票,否则将自动退款', en: 'Reprint first, or it will be refunded' };
  },
  paperRequired: (context) => {
    const fault = context.printer.faults[0];
    if (fault === undefined) return { zh: '必须提供纸质小票,请检查打印机', en: 'Paper required: check the printer' };
    const { zh, en } = faultWords(context, fault);
    return { zh: `必须提供纸质小票,${zh}`, en: `No sale: ${en}` };
  },
  busy: (_, sale) =>
    sale?.payment === 'paid'
      ? { zh: '该单已支付,勿重复收款', en: 'This sale is paid, do not charge again' }
      : { zh: '交易进行中,勿重复收款', en: 'Sale under way, do not charge again' },
  busyScanning: fixed('交易进行中,请出示付款码', 'Sale under way, show your code'),
  busyTesting: fixed('正在打印自检页,请稍候', 'Printing a test page, please wait'),
  page: fixed('正在打印', 'Printing a page'),
  busyPage: fixed('正在打印,请稍候', 'Printing a page, please wait'),
  scanIgnored: fixed('已扫码,勿重复', 'Code already read, do not repeat'),
  enterAmount: fixed('请先输入金额,再扫码', 'Enter the amount first, then scan'),
  selfTest: fixed('正在打印自检页', 'Printing a test page'),
  done: (_, sale) => ({ zh: `${yuan(sale)} 支付成功,请取小票`, en: `${yuan(sale)} Paid, take the ticket` }),
  declined: ({ trouble }) => (trouble === undefined ? undefined : DECLINED[trouble]) ?? SCAN_ANEW,
  notScanned: fixed('未扫码,未支付', 'No code scanned, not paid'),
  givenUp: fixed('已取消,未支付', 'Cancelled, not paid'),
  expired: () => SCAN_ANEW,
  reversed: fixed('已撤销,款项退回顾客', 'Cancelled, money returned'),
  notReversed: fixed('平台拒绝撤销,该单仍为已支付', 'Not cancelled: refused, still paid'),
  unresolved: fixed('结果未知,自动核对中,勿重复收款', 'Unknown, checking; do not charge again'),
  outOfService: fixed('存储故障,暂停服务,请重启', 'Storage failed, out of service: restart'),
} satisfies Record<string, Say>;

export type ScreenName = keyof typeof SCREENS;

export const SCREEN_NAMES = Object.keys(SCREENS) as ScreenName[]; // The keys of a literal are its names.

/** What the display shows in a state. */
export function screen(name: ScreenName, context: TerminalContext): Screen {
  const say: Say = SCREENS[name];
  const { facts } = context;
  const qr = name === 'digital' ? facts?.digital?.url : undefined;
  return {
    state: name,
    ...say(context, facts),
    ...(facts === undefined ? {} : { saleId: facts.saleId }),
    ...(qr === undefined ? {} : { qr }),
    ...(name === 'idle' && context.text !== undefined ? { text: true } : {}),
  };
}

/** What a display shows without power. */
export const OFF: Screen = { state: 'off', zh: '', en: '' };

/** The journal is damaged, and the terminal has not even begun. */
export function damagedScreen(damage: PaperjamError): Screen {
  const record = damagedRecord(damage);
  const words =
    record === undefined
      ? { zh: '交易记录无法读取,暂停服务,请报修', en: 'Records unreadable, out of service' }
      : { zh: `记录第 ${record} 条损坏,暂停服务,请报修`, en: `Record ${record} damaged, out of service` };
  return { state: 'outOfService', ...words };
}

function upperFirst(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
