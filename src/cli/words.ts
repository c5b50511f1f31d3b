import { PaperjamError } from '../base/errors.js';
import { formatYuan } from '../base/money.js';
import type { PaperPiece } from '../emulator/printer/paper/piece.js';
import { pieceText } from '../emulator/printer/paper/text.js';
import type { ActiveFault } from '../faults/board.js';
import { whenText } from '../faults/when.js';
import type { DriverCounters, PrinterStatus } from '../ports/printer.js';
import type { Recovery } from '../terminal/context.js';
import type { Mend } from '../terminal/journal/mend.js';
import type { Finding } from '../terminal/journal/record.js';
import { FAULT_WORDS, type Words } from '../terminal/screens.js';
import type { Terminal } from '../terminal/terminal.js';
import type { PlatformView } from '../terminal/verdict/ask.js';
import type { Cause } from '../terminal/verdict/cause.js';
import type { Confidence } from '../terminal/verdict/causes/rule.js';
import { PAYMENT_WORDS, TICKET_WORDS } from '../terminal/verdict/fact-words.js';
import type { Verdict } from '../terminal/verdict/verdict.js';

export type Lang = keyof Words;

const CONFIDENCE: Record<Confidence, Words> = {
  certain: { zh: '确定', en: 'certain' },
  likely: { zh: '很可能', en: 'likely' },
  possible: { zh: '可能', en: 'possible' },
};

/** A verdict in a few lines, for people. */
export function verdictText(verdict: Verdict, lang: Lang): string {
  const say = (zh: string, en: string) => (lang === 'zh' ? zh : en);
  const label = (zh: string, en: string) => `  ${lang === 'zh' ? zh : en.padEnd(8)}  `;
  const { payment, ticket, tickets, cause, also, advice, evidence } = verdict;
  const copies =
    tickets.copies === 0
      ? ''
      : say(`(补打 ${tickets.copies} 张)`, ` (${tickets.copies} marked ${tickets.copies === 1 ? 'copy' : 'copies'})`);
  const lines = [
    `${say('交易', 'sale')} ${verdict.saleId}  ¥${formatYuan(verdict.amountFen)}`,
    `${label('支付', 'payment')}${PAYMENT_WORDS[payment][lang]}${verdict.tradeNo === undefined ? '' : `  ${verdict.tradeNo}`}`,
    `${label('小票', 'ticket')}${TICKET_WORDS[ticket][lang]}${copies}`,
    ...(cause === undefined ? [] : [`${label('原因', 'cause')}${causeText(cause, lang)}`]),
    ...also.map((other) => `${label('另有', 'also')}${causeText(other, lang)}`),
    `${label('收银', 'cashier')}${advice.cashier[lang]}`,
    `${label('顾客', 'customer')}${advice.customer[lang]}`,
    `${label('证据', 'evidence')}${say('日志', 'journal')} #${evidence[0]?.seq ?? '—'}–#${evidence.at(-1)?.seq ?? '—'}`,
  ];
  return lines.join('\n');
}

function causeText({ id, confidence, evidence, reason, ...names }: Cause, lang: Lang): string {
  const seqs = evidence.map((seq) => `#${seq}`).join(' ');
  const sure = CONFIDENCE[confidence][lang];
  return `${names[lang]} [${id}, ${confidence === 'certain' ? sure : `${sure}: ${reason[lang]}`}, ${seqs}]`;
}

/** What the platform says now, beside the journal's verdict. */
export function platformText(view: PlatformView, lang: Lang): string {
  const label = lang === 'zh' ? '平台' : 'platform';
  const { askedAt, afterMs, outcome, code, tradeNo, words } = view;
  const said = [outcome, code, tradeNo].filter(Boolean).join(' ');
  return `  ${lang === 'zh' ? label : label.padEnd(8)}  ${words[lang]} [${said}, ${askedAt}, ${Math.round(afterMs)} ms]`;
}

const FOUND: Record<Finding, Words> = {
  'never-sent': { zh: '未发送支付请求:未支付', en: 'nothing had been sent: not paid' },
  ask: { zh: '支付结果未知:向平台查询', en: 'the payment is not known: asking the platform' },
  reverse: { zh: '撤销未完成:继续撤销', en: 'it was being cancelled: going on with that' },
  guard: { zh: '撤销未得到答复:继续核对', en: 'its cancel was never answered: going on with that' },
  left: {
    zh: '已支付,顾客已离开,打印时中断:不再打印',
    en: 'paid and left, it was being printed: nothing more is printed',
  },
  print: { zh: '已支付,小票未出:打印', en: 'paid, the ticket is not out: printing it' },
  reprint: { zh: '已支付,打印时中断:补打', en: 'paid, it was being printed: printing a marked copy' },
  digital: {
    zh: '已支付,电子凭证可能未看到:再次显示',
    en: 'paid, its digital ticket may not have been seen: showing it again',
  },
};

/** What a boot found, in words: a torn journal, and each sale that was open. */
export function foundText({ found, torn, mended }: Pick<Terminal, 'found' | 'torn' | 'mended'>, lang: Lang): string[] {
  const open = ({ finding, facts }: Recovery) =>
    `${facts.saleId} ¥${formatYuan(facts.amountFen)}: ${FOUND[finding][lang]}`;
  return [
    ...mended.map((mend) => mendText(mend)[lang]),
    ...(torn === undefined ? [] : [tornText(torn)[lang]]),
    ...found.map(open),
  ];
}

/** A rotten bit that the chain has put right. */
export function mendText({ seq, byte, bit }: Mend): Words {
  return {
    zh: `日志第 ${seq} 条损坏(第 ${byte} 字节第 ${bit} 位):已按其哈希修正,原件保留`,
    en: `record ${seq} of the journal has rotted (byte ${byte}, bit ${bit}): put right by its hash; the file is left as it is`,
  };
}

function tornText(torn: string): Words {
  return {
    zh: `日志末尾有 ${torn.length} 字节未写完的记录(从未确认):已移除,并记入开机记录`,
    en: `a record torn off at the end of the journal (${torn.length} bytes, never acknowledged): removed, and kept in the boot record`,
  };
}

/** A fault that was put in, and when it begins. */
export function faultText({ id, fault, when, begun }: ActiveFault): string {
  return begun || when === 'now' ? `${id} ${fault}, now` : `${id} ${fault}, begins ${whenText(when)}`;
}

/** What the printer says of itself. */
export function printerText({ model, ready, faults, paperNearEnd, problem }: PrinterStatus, lang: Lang): string {
  const words: Words[] = faults.map((fault) => FAULT_WORDS[fault]);
  if (faults.length === 0) words.push(ready ? { zh: '就绪', en: 'ready' } : { zh: '尚无应答', en: 'not heard of yet' });
  if (paperNearEnd) words.push({ zh: '纸将尽', en: 'paper near its end' });
  const said = [...(model === undefined ? [] : [model]), ...words.map((one) => one[lang])].join(', ');
  return problem === undefined ? said : `${said} (${problem})`;
}

/** What the driver has done since the terminal was booted. */
export function countersText({ jobs, lines, cuts, paperMm, faults, reconnects }: DriverCounters, lang: Lang): string {
  const all = Object.values(jobs).reduce((sum, count) => sum + count, 0);
  const done =
    lang === 'zh'
      ? `任务 ${all}(已打印 ${jobs.printed}),${lines} 行,切纸 ${cuts} 次,走纸 ${paperMm} mm,重连 ${reconnects} 次`
      : `jobs ${all} (printed ${jobs.printed}), lines ${lines}, cuts ${cuts}, paper ${paperMm} mm, reconnects ${reconnects}`;
  return [done, ...Object.entries(faults).map(([fault, count]) => `${fault} ×${count}`)].join(', ');
}

/** What went wrong, with its code. */
export function errorText(error: Error): string {
  return error instanceof PaperjamError ? `${error.message} [${error.code}]` : error.message;
}

/** A piece of paper as text, with its edges. */
export function paperText(piece: PaperPiece): string {
  const end = piece.cut === undefined ? '┊ (still in the printer)' : '✂';
  return [
    ...pieceText(piece)
      .trimEnd()
      .split('\n')
      .map((line) => `│ ${line}`),
    end,
  ].join('\n');
}
