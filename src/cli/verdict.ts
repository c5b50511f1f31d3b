import { PaperjamError } from '../base/errors.js';
import { pageFrom } from '../terminal/book.js';
import type { JournalRecord } from '../terminal/journal/record.js';
import { verdictOf } from '../terminal/verdict/verdict.js';
import { openJournal } from './journal.js';
import { type Lang, platformText, verdictText } from './words.js';

export interface VerdictFlags {
  readonly data: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly lang?: Lang;
  /** Ask the platform too. */
  readonly ask?: boolean;
}

export async function verdict(id: string, flags: VerdictFlags): Promise<void> {
  const { data, json, lang = 'zh', ask } = flags;
  const { records } = openJournal(data);
  const saleId = findSale(saleIds(records), id);
  const page = pageFrom(records, saleId);
  if (page === undefined) throw new Error(`${saleId} has just been found`);
  const found = verdictOf(page);
  const platform = ask === true ? await (await import('./ask.js')).askNow(flags, page.facts) : undefined;
  if (json === true) {
    process.stdout.write(`${JSON.stringify(platform === undefined ? found : { ...found, platform }, null, 2)}\n`);
    return;
  }
  process.stdout.write(`${verdictText(found, lang)}\n`);
  if (platform !== undefined) process.stdout.write(`${platformText(platform, lang)}\n`);
}

export function saleIds(records: readonly JournalRecord[]): string[] {
  return records.flatMap((record) => (record.kind === 'sale-opened' ? [record.saleId] : []));
}

/** The one sale that is meant by `last`, a whole order number, or its last characters. Throws `PJ_UNKNOWN_SALE`. */
export function findSale(saleIds: readonly string[], id: string): string {
  const last = saleIds.at(-1);
  if (id === 'last' && last !== undefined) return last;
  const matches = saleIds.filter((saleId) => saleId.endsWith(id));
  const [match] = matches;
  if (match !== undefined && matches.length === 1) return match;
  const known = (matches.length > 1 ? matches : saleIds).slice(-3).join(', ') || 'none yet';
  throw new PaperjamError('PJ_UNKNOWN_SALE', { saleId: id, known });
}
