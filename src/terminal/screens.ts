import type { PaperjamError } from '../base/errors.js';
import { formatYuan } from '../base/money.js';
import type { Screen } from '../ports/display.js';
import type { PrinterFault } from '../ports/printer.js';
import type { TerminalContext } from './context.js';
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
  offline: { zh: '打印机脱机,请按联机键', en: 'printer offline, press FEED' },
  'link-lost': { zh: '请检查打印机连接', en: 'check the printer cable' },
  'no-answer': { zh: '打印机无应答,请检查', en: 'printer does not answer' },
  stalled: { zh: '打印机停住,请检查', en: 'printer is stuck' },
  'power-cut': { zh: '打印时断电', en: 'power cut while printing' },
  cancelled: { zh: '打印已取消', en: 'printing was called off' },
  unprintable: { zh: '此打印机无法打印该小票', en: 'cannot print this ticket' },
};

/** ESC/POS has one bit for all that is wrong with the mechanism, and a ribbon that a sensor watches is part of it. */
const JAM_OR_RIBBON: Words = { zh: '卡纸或色带断裂,请检查', en: 'jam or broken ribbon, check it' };

function faultWords({ device }: TerminalContext, fault: PrinterFault): Words {
  return fault === 'mechanical-error' && device?.ribbonSensor === true ? JAM_OR_RIBBON : FAULT_WORDS[fault];
}

/** A ticket that a person saw to be no good. */
const SEEN_WORDS: Partial<Record<TicketState, Words>> = {
  blank: { zh: '已支付,小票空白,请检查后补打', en: 'Paid, the ticket is blank: reprint' },
  unreadable: { zh: '已支付,小票不清,请检查后补打', en: 'Paid, ticket unreadable: reprint' },
};

type Say = (context: TerminalContext, sale: SaleFacts | undefined) => Words;

const yuan = (sale: SaleFacts | undefined) => `¥${formatYuan(sale?.amountFen ?? 0)}`;
const fixed =
  (zh: string, en: string): Say =>
  () => ({ zh, en });

const SCREENS = {
  boot: ({ found, torn, mended }) => {
    if (found.length > 0 || torn !== undefined)
      return { zh: `已恢复,核对 ${found.length} 笔交易`, en: `Recovered, settling ${found.length} sale(s)` };
    return mended.length > 0
      ? { zh: `日志有 ${mended.length} 处损坏,已修正`, en: `Journal mended in ${mended.length} place(s)` }
      : { zh: '自检完成', en: 'Self-test passed' };
  },
  idle: (context) => {
    const fault = context.printer.faults[0];
    if (fault === undefined) return { zh: '请收款', en: 'Ready for a sale' };
    const { zh, en } = faultWords(context, fault);
    return { zh: `打印机:${zh}`, en: `Printer: ${en}` };
  },
  scanning: (_, sale) => ({ zh: `${yuan(sale)} 请出示付款码`, en: `${yuan(sale)} Show your payment code` }),
  codeRejected: fixed('付款码无效,请重新扫码', 'Code not valid, scan again'),
  authorizing: (_, sale) => ({ zh: `${yuan(sale)} 已扫码,正在收款`, en: `${yuan(sale)} Scanned, authorising` }),
  awaitingBuyer: fixed('等待顾客输入密码', 'Waiting for the customer to confirm'),
  querying: fixed('正在核对,勿重复收款', 'Checking, do not charge again'),
  pausing: fixed('网络慢,正在核对,勿重复收款', 'Still checking, do not charge again'),
  reversing: fixed('正在撤销,请稍候', 'Cancelling, please wait'),
  printing: (_, sale) => ({ zh: `${yuan(sale)} 已支付,正在打印`, en: `${yuan(sale)} Paid, printing` }),
  printFault: (context, sale) => {
    const seen = sale === undefined ? undefined : SEEN_WORDS[sale.ticket];
    if (seen !== undefined) return seen;
    const result = sale?.prints.at(-1)?.result;
    const reason = result !== undefined && 'reason' in result ? result.reason : undefined;
    if (context.printer.ready || reason === undefined)
      return { zh: '已支付,打印机已恢复,请补打', en: 'Paid. Printer is back: reprint' };
    const { zh, en } = faultWords(context, reason);
    return { zh: `已支付 ${zh}`, en: `Paid; ${en}` };
  },
  unconfirmed: fixed('已支付,打印机不能确认,请看小票', 'Paid. Not confirmed: look at the ticket'),
  askPrint: (_, sale) => ({ zh: `${yuan(sale)} 已支付,是否打印小票?`, en: `${yuan(sale)} Paid. Print a ticket?` }),
  digital: (_, sale) => ({
    zh: `${yuan(sale)} 已支付,请扫码取电子小票`,
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
  busy: fixed('交易进行中,勿重复收款', 'Sale under way, do not charge again'),
  busyScanning: fixed('交易进行中,请出示付款码', 'Sale under way, show your code'),
  busyPaid: fixed('该单已支付,勿重复收款', 'Paid already, do not charge again'),
  busyTesting: fixed('正在打印自检页,请稍候', 'Printing a test page, please wait'),
  scanIgnored: fixed('已扫码,勿重复', 'Code already read, do not repeat'),
  enterAmount: fixed('请先输入金额,再扫码', 'Enter the amount first, then scan'),
  selfTest: fixed('正在打印自检页', 'Printing a test page'),
  done: (_, sale) => ({ zh: `${yuan(sale)} 支付成功,请取小票`, en: `${yuan(sale)} Paid, take the ticket` }),
  declined: fixed('支付未成功,请重新扫码', 'Not paid, scan a new code'),
  notScanned: fixed('未扫码,未支付', 'No code scanned, not paid'),
  givenUp: fixed('已取消,未支付', 'Cancelled, not paid'),
  expired: fixed('未支付,请重新扫码', 'Not paid, scan a new code'),
  reversed: fixed('已撤销,款项退回顾客', 'Cancelled, money returned'),
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
  };
}

/** What a display shows without power. */
export const OFF: Screen = { state: 'off', zh: '', en: '' };

/** The journal is damaged, and the terminal has not even begun. */
export function damagedScreen(damage: PaperjamError): Screen {
  const record = damagedRecord(damage);
  const words =
    record === undefined
      ? { zh: '日志无法读取,暂停服务,请报修', en: 'Journal unreadable, out of service' }
      : { zh: `日志第 ${record} 条损坏,暂停服务,请报修`, en: `Record ${record} damaged, out of service` };
  return { state: 'outOfService', ...words };
}
