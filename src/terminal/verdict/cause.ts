import type { PrinterFault } from '../../ports/printer.js';
import type { SaleFacts } from '../facts.js';
import type { JournalRecord } from '../journal/record.js';
import type { Words } from '../screens.js';

/** Why it went other than it should have: an id of the catalogue of causes, and its name in words. */
export interface Cause extends Words {
  readonly id: CauseId;
  /** Sequence numbers of the records that it rests on. */
  readonly seqs: readonly number[];
}

const CAUSES = {
  'platform.delay': { zh: '支付平台响应滞后', en: 'the payment platform answered late' },
  'platform.unreported': { zh: '支付结果未能及时反馈', en: 'the payment was made, its answer did not arrive' },
  'platform.refused': { zh: '支付平台拒绝', en: 'the payment platform refused' },
  'network.unstable': { zh: '网络连接不稳定', en: 'the network to the payment platform failed' },
  'printer.paper-jam': { zh: '卡纸', en: 'paper jam' },
  'printer.paper-out': { zh: '缺纸', en: 'out of paper' },
  'printer.cover-open': { zh: '打印机盖未关', en: 'printer cover open' },
  'printer.cutter': { zh: '切刀故障', en: 'cutter error' },
  'printer.overheat': { zh: '打印头过热', en: 'print head too hot' },
  'printer.offline': { zh: '打印机脱机', en: 'printer offline' },
  'printer.broken': { zh: '打印机故障', en: 'printer broken' },
  'printer.no-answer': { zh: '打印机无应答', en: 'the printer does not answer' },
  'printer.unconfirmed': { zh: '打印机不能确认打印', en: 'the printer cannot confirm what it prints' },
  'link.printer-lost': { zh: '打印机连接断开', en: 'the connection to the printer was lost' },
  'terminal.power-cut': { zh: '终端断电重启', en: 'the terminal lost power' },
  'terminal.misread': { zh: '付款码识别错误', en: 'the payment code was not read rightly' },
  'terminal.misconfigured': { zh: '配置错误', en: 'the terminal is configured wrongly' },
  'operation.timeout': { zh: '顾客未在规定时间内确认', en: 'the customer did not confirm in time' },
  'operation.cashier': { zh: '收银员取消', en: 'the cashier cancelled' },
  'operation.print-cancelled': { zh: '打印被取消', en: 'the printing was called off' },
  'customer.skipped-scan': { zh: '顾客未扫码', en: 'the customer showed no code' },
  'customer.refused': { zh: '顾客未能付款', en: 'the customer could not or would not pay' },
} as const satisfies Record<string, Words>;

export type CauseId = keyof typeof CAUSES;

const BY_PRINTER_FAULT: Record<PrinterFault, CauseId> = {
  'paper-out': 'printer.paper-out',
  'cover-open': 'printer.cover-open',
  'mechanical-error': 'printer.paper-jam',
  'cutter-error': 'printer.cutter',
  overheat: 'printer.overheat',
  'unrecoverable-error': 'printer.broken',
  offline: 'printer.offline',
  'link-lost': 'link.printer-lost',
  'no-answer': 'printer.no-answer',
  stalled: 'printer.no-answer',
  'power-cut': 'terminal.power-cut',
  cancelled: 'operation.print-cancelled',
  unprintable: 'terminal.misconfigured',
};

/** Refusals that speak of the code, of the merchant's set-up, and of the customer. Sources: Alipay's list of sub_codes. */
const CODE_REFUSED = /AUTH_CODE|PAYMENT_CODE/;
const SET_UP_REFUSED = /^(isv\.|isp\.)|APPID|APP_ID|SIGN|PARTNER|ACCESS_FORBIDDEN|^4000[1236]$|^PJ_/;
const CUSTOMER_REFUSED = /BALANCE|BUYER|PAY_FAIL|PASSWORD|PAYER/;

/** The cause, as far as the records show one. A sale that went straight through has none. */
export function findCause(facts: SaleFacts, records: readonly JournalRecord[]): Cause | undefined {
  const found = (facts.payment === 'paid' ? ticketCause(records) : undefined) ?? paymentCause(facts, records);
  if (found === undefined) return undefined;
  const [id, ...seqs] = found;
  return { id, ...CAUSES[id], seqs };
}

type Found = [id: CauseId, ...seqs: number[]];

/** The first thing that went wrong with the ticket. */
function ticketCause(records: readonly JournalRecord[]): Found | undefined {
  for (const record of records) {
    if (record.kind !== 'print-result' || record.result.outcome === 'printed') continue;
    const { result } = record;
    return [result.outcome === 'unconfirmed' ? 'printer.unconfirmed' : BY_PRINTER_FAULT[result.reason], record.seq];
  }
  return undefined;
}

function paymentCause(facts: SaleFacts, records: readonly JournalRecord[]): Found | undefined {
  const payment = records.find((record) => record.kind === 'payment');
  const cancel = records.find((record) => record.kind === 'cancel-intent');
  const answers = records.filter((record) => record.kind === 'platform-answer');
  const silent = answers.find(({ outcome }) => outcome === 'no-answer' || outcome === 'unknown');
  if (cancel?.why === 'cashier') return ['operation.cashier', cancel.seq];
  if (cancel?.why === 'buyer-did-not-confirm') return ['operation.timeout', cancel.seq];
  if (payment?.by === 'nothing-sent') return nothingSent(payment.why, payment.seq, records);
  const refusal = answers.find(({ outcome }) => outcome === 'refused');
  if (refusal !== undefined) return [refusedBecause(refusal.code ?? ''), refusal.seq];
  const closed = answers.find(({ outcome }) => outcome === 'closed');
  if (closed !== undefined && cancel === undefined) return ['customer.refused', closed.seq];
  if (silent === undefined) return undefined;
  if (facts.payment !== 'paid' || payment === undefined) return [unansweredBecause(silent.code), silent.seq];
  return [payment.by === 'authorize' ? 'platform.delay' : 'platform.unreported', silent.seq, payment.seq];
}

function nothingSent(why: string | undefined, seq: number, records: readonly JournalRecord[]): Found {
  if (why === 'power-cut') return ['terminal.power-cut', seq];
  if (why === 'cashier') return ['operation.cashier', seq];
  const misread = records.find((record) => record.kind === 'code-rejected');
  return misread === undefined ? ['customer.skipped-scan', seq] : ['terminal.misread', misread.seq, seq];
}

/** Signatures that do not match come from wrong keys, and no network is to blame. */
function unansweredBecause(code: string | undefined): CauseId {
  return code === 'PJ_PLATFORM_SIGNATURE' ? 'terminal.misconfigured' : 'network.unstable';
}

function refusedBecause(code: string): CauseId {
  if (CODE_REFUSED.test(code)) return 'terminal.misread';
  if (SET_UP_REFUSED.test(code)) return 'terminal.misconfigured';
  return CUSTOMER_REFUSED.test(code) ? 'customer.refused' : 'platform.refused';
}

export const CAUSE_IDS: readonly string[] = Object.keys(CAUSES);
