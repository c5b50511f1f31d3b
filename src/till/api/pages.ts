import { PaperjamError } from '../../base/errors.js';
import type { SaleFacts } from '../../terminal/facts.js';
import type { JournalRecord } from '../../terminal/journal/record.js';
import type { JournalReader } from './journal-reader.js';
import type { SalesQuery } from './schemas.js';

/** A piece of a list, and the cursors to what lies before and behind it, if anything does. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where it ends. */
  readonly cursor?: string | undefined;
  readonly prev?: string | undefined;
  readonly next?: string | undefined;
}

type List = 'sale' | 'record';

function cursorOf(list: List, at: string | number): string {
  return Buffer.from(`${list} ${at}`).toString('base64url');
}

function readCursor(list: List, field: string, cursor: string): string {
  const [of, at] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  if (of === list && at !== undefined && cursorOf(list, at) === cursor) return at;
  throw wrongCursor(list, field, cursor);
}

function wrongCursor(list: List, field: string, cursor: string): PaperjamError {
  const given = JSON.stringify(cursor.slice(0, 80));
  const problem = `it is no cursor of a page of ${list}s of this terminal (given: ${given})`;
  return new PaperjamError('PJ_REQUEST', { what: `query, ${field},`, problem });
}

/** Sales in the order in which they were opened: those behind or before a cursor, or the newest. */
export function pageOfSales(reader: JournalReader, query: SalesQuery): Page<SaleFacts> {
  const { after, before, limit } = query;
  const ids = reader.saleIds;
  const place = (field: 'after' | 'before', cursor: string) => {
    const found = reader.placeOf(readCursor('sale', field, cursor));
    if (found === undefined) throw wrongCursor('sale', field, cursor);
    return found;
  };
  const from = after === undefined || after === '' ? 0 : place('after', after) + 1;
  const to = before === undefined ? ids.length : place('before', before);
  const forward = after !== undefined;
  const wanted = wantedBy(query);
  // Without a filter only the page itself has to be read, and one more that says whether anything lies behind it.
  const [first, end] = forward
    ? [from, wanted === undefined ? from + limit + 1 : to]
    : [wanted === undefined ? Math.max(0, to - limit - 1) : 0, to];
  const all = reader.facts(ids.slice(first, end)).filter((facts) => facts !== undefined);
  const fitting = wanted === undefined ? all : all.filter(wanted);
  const items = forward ? fitting.slice(0, limit) : fitting.slice(-limit);
  const more = fitting.length > items.length;
  const [oldest, newest] = [items.at(0), items.at(-1)];
  const cursor = newest === undefined ? after || undefined : cursorOf('sale', newest.saleId);
  return {
    items,
    cursor,
    ...((forward ? from > 0 : more) && oldest !== undefined ? { prev: cursorOf('sale', oldest.saleId) } : {}),
    ...((forward ? more : to < ids.length) ? { next: cursor } : {}),
  };
}

function wantedBy({ payment, ticket, since }: SalesQuery): ((facts: SaleFacts) => boolean) | undefined {
  if (payment === undefined && ticket === undefined && since === undefined) return undefined;
  const sinceMs = since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(since);
  return (facts) =>
    (payment === undefined || facts.payment === payment) &&
    (ticket === undefined || facts.ticket === ticket) &&
    facts.openedAtMs >= sinceMs;
}

export interface RecordsWanted {
  readonly after?: string | undefined;
  readonly limit: number;
  readonly sale?: string | undefined;
}

/** Records of the journal: those behind a cursor, or the newest. */
export function pageOfRecords(reader: JournalReader, { after, limit, sale }: RecordsWanted): Page<JournalRecord> {
  const wanted = (record: JournalRecord) => sale === undefined || ('saleId' in record && record.saleId === sale);
  const more = (seq: number) => reader.after(seq, 1, wanted).length > 0;
  const items =
    after === undefined
      ? newest(reader, limit, sale === undefined ? undefined : wanted)
      : reader.after(after === '' ? 0 : seqOf(after), limit, wanted);
  const last = items.at(-1);
  if (last === undefined) return { items, cursor: after || undefined };
  const cursor = cursorOf('record', last.seq);
  return { items, cursor, ...(more(last.seq) ? { next: cursor } : {}) };
}

function newest(reader: JournalReader, limit: number, wanted?: (record: JournalRecord) => boolean): JournalRecord[] {
  if (wanted === undefined) return reader.after(Math.max(0, reader.lastSeq - limit), limit);
  return reader.after(0, Number.POSITIVE_INFINITY, wanted).slice(-limit);
}

function seqOf(cursor: string): number {
  const seq = Number(readCursor('record', 'after', cursor));
  if (!Number.isSafeInteger(seq) || seq < 0) throw wrongCursor('record', 'after', cursor);
  return seq;
}
