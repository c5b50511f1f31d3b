import { ticketEnd } from '../terminal/ticket.js';

/** A ticket as anybody reads it from the paper. */
export interface TicketOnPaper {
  readonly saleId: string | undefined;
  /** Whether its number can be read on it: else it is taken for that of the sale whose ticket was due. */
  readonly saleRead: boolean;
  readonly copy: boolean;
  readonly merchant: boolean;
  /** Whether it came as far as the words that say so: else it may be either's. */
  readonly roleSaid: boolean;
  /** Whether anything can be read on it: of a line that was cut short nobody knows whether it was a mark. */
  readonly readable: boolean;
  readonly complete: boolean;
  /** Something was in the way while it was printed: a mark or a digit may have got lost. */
  readonly garbled: boolean;
  /** What it says was paid, if that can be read. */
  readonly amountFen: number | undefined;
}

// What a ticket says of itself, in any of its languages; see src/terminal/ticket-words.ts.
const TITLE = /消费凭证|SALES SLIP/;
const OF_CUSTOMER = /顾客联|CUSTOMER COPY/;
const OF_MERCHANT = /商户联|MERCHANT COPY/;
const MARK = /[*]{3}.*(?:补打|REPRINT)/;
const AMOUNT = /^\s*(?:金额|Total).*[¥￥]\s*(\d+\.\d\d)\s*$/i;
const ENDS = [ticketEnd('zh'), ticketEnd('en')];
/** A line that was cut short: nobody can read its upper third. */
const CUT_SHORT = /^▔+$/;

/** What the terminal was printing when a line came out. */
interface Due {
  readonly saleId?: string | undefined;
  readonly page?: true;
  readonly garbled?: boolean;
}

type Open = { -readonly [K in keyof TicketOnPaper]: TicketOnPaper[K] } & { titled: boolean; readonly from: number };

/**
 * The tickets on a piece of paper. Two may stand on one that was not cut; one that was cut short may lack all but the
 * upper part of its first line, and is told by what the terminal was printing when that line came out. On a page, which
 * has a record of its own in the journal, there is none, whatever a till has made it look like.
 */
export function ticketsOn(
  lines: readonly string[],
  saleIds: readonly string[],
  printing: (line: number) => Due,
  merchantName: string,
): TicketOnPaper[] {
  const found: Open[] = [];
  let open: Open | undefined;
  /** A mark that stands at the end of a copy, or at the head of the next one. */
  let marked = false;
  const begin = (copy: boolean, from: number): Open => {
    const unread = {
      saleId: undefined,
      saleRead: false,
      merchant: false,
      roleSaid: false,
      readable: false,
      complete: false,
      garbled: false,
      amountFen: undefined,
    };
    open = { ...unread, copy, titled: false, from };
    found.push(open);
    return open;
  };
  for (const [i, line] of lines.entries()) {
    const { page, garbled = false } = printing(i);
    // What is behind garbage does not go on with it, though its end could not be read.
    if (page === true || (!garbled && i > 0 && printing(i - 1).garbled === true)) {
      open = undefined;
      marked = false;
    }
    if (page === true) continue;
    const isMark = MARK.test(line);
    if (isMark && open?.copy !== true) begin(true, i);
    else if (isMark) marked = true;
    else if (TITLE.test(line)) {
      const ticket: Open = open === undefined || open.titled ? begin(marked, i) : open;
      marked = false;
      ticket.titled = true;
    } else if (open === undefined && isHead(line, merchantName)) begin(false, i);
    if (open === undefined) continue;
    // On narrow paper it has a line of its own.
    open.garbled ||= garbled;
    open.readable ||= !CUT_SHORT.test(line.trim());
    open.merchant ||= OF_MERCHANT.test(line);
    open.roleSaid ||= open.merchant || OF_CUSTOMER.test(line);
    const named = numberOn(line, lines[i + 1] ?? '', saleIds);
    // What another sale's number stands in is another ticket, though its head cannot be read.
    if (named !== undefined && open.saleId !== undefined && open.saleId !== named) open = begin(marked, i);
    open.saleId ??= named;
    open.saleRead ||= named !== undefined;
    open.amountFen ??= amountOn(line);
    if (ENDS.some((end) => line.includes(end))) {
      open.complete = open.titled;
      open = undefined;
      marked = false;
    }
  }
  for (const ticket of found) ticket.saleId ??= printing(ticket.from).saleId;
  return found.map(({ titled: _, from: __, ...ticket }) => ticket);
}

/** The number of a sale; on narrow paper the end of a long one is on the next line. */
function numberOn(line: string, next: string, saleIds: readonly string[]): string | undefined {
  const broken = line.trim() + next.trim();
  return saleIds.find((saleId) => line.includes(saleId) || (broken.includes(saleId) && !next.includes(saleId)));
}

function amountOn(line: string): number | undefined {
  const yuan = AMOUNT.exec(line)?.[1];
  return yuan === undefined ? undefined : Math.round(Number(yuan) * 100); // Noise may make any amount of one.
}

function isHead(line: string, merchantName: string): boolean {
  const text = line.trim();
  return CUT_SHORT.test(text) || (text !== '' && (merchantName.startsWith(text) || text.startsWith(merchantName)));
}
