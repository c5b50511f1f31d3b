import { zoneOf } from '../base/local-time.js';
import { exchangeWords, type Lang, platformView, tradeWords } from '../evidence/platform-words.js';
import { offsetOf } from '../evidence/terminal-offset.js';
import { pageFrom } from '../terminal/book.js';
import type { JournalRecord } from '../terminal/journal/record.js';
import { verdictOf } from '../terminal/verdict/verdict.js';
import { materialIn } from '../world/data-folder.js';
import { masked } from '../world/masking.js';
import { openJournal } from './journal.js';
import { findSale, saleIds } from './verdict.js';
import { errorText } from './words.js';

export interface PlatformLogFlags {
  readonly data: string;
  readonly json?: boolean;
  readonly lang?: Lang;
}

/** `paperjam platform-log`: what the payment platform was asked about a sale, what it answered, and what stands in its books. */
export function platformLog(id: string, { data, json, lang = 'zh' }: PlatformLogFlags): void {
  const { records } = openJournal(data);
  const saleId = findSale(saleIds(records), id);
  const { platform, settings } = materialIn(data, saleId);
  if (platform?.damaged !== undefined) process.stderr.write(`paperjam: ${errorText(platform.damaged)}\n`);
  if (platform === undefined) elsewhere(saleId, records, json === true, lang);
  else if (json === true) print(JSON.stringify({ saleId, ...object(masked(platformView(platform))) }, null, 2));
  else {
    const offset = offsetOf(settings);
    print(`${saleId}  (${zoneOf(offset)})`);
    for (const { time, asked, answered } of exchangeWords(platform.exchanges, lang, offset))
      print(`  ${time}  ${asked} → ${answered}`);
    if (platform.exchanges.length === 0)
      print(lang === 'zh' ? '  平台没有收到过这笔订单的请求' : '  the platform was never asked about it');
    print(`  ${tradeWords(platform.trade, lang, offset)}`);
  }
}

/** A platform elsewhere keeps its own log: here is what the terminal noted of its answers. */
function elsewhere(saleId: string, records: readonly JournalRecord[], json: boolean, lang: Lang): void {
  const page = pageFrom(records, saleId);
  const answers = page === undefined ? [] : verdictOf(page).evidence;
  const heard = answers.filter(({ kind }) => kind === 'platform-answer' || kind === 'payment');
  if (json) {
    print(JSON.stringify({ saleId, platform: 'elsewhere', heard }, null, 2));
    return;
  }
  print(
    lang === 'zh'
      ? `${saleId}: 支付平台不在本机,它自己的日志请向平台查询。终端收到的答复:`
      : `${saleId}: the platform is elsewhere, and its own log is to be had there. What the terminal heard of it:`,
  );
  for (const { seq, at, says } of heard) print(`  #${seq} ${at}  ${says}`);
}

function object(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
