import { capitalYuan } from '../base/capital-yuan.js';
import { localSeconds } from '../base/local-time.js';
import { formatYuan } from '../base/money.js';
import type { TicketDocument, TicketElement } from '../ports/ticket.js';
import type { Merchant, TicketLang, TicketPolicy } from './context.js';
import type { SaleFacts } from './facts.js';
import { BLANK, CUT, FORMS, ROOM_TO_SIGN, RULE, type TicketForm } from './ticket-words.js';

export { TICKET_END, ticketEnd } from './ticket-words.js';

/**
 * The ticket of a paid sale. `copy` 0 is the original; everything after is marked 补打 / COPY with its number, at the top,
 * so that even a copy that is cut short carries the mark, and again at the end.
 *
 * With a copy for the merchant both are one job, each cut off by itself and ending with `TICKET_END`. The customer's comes
 * first: it is what somebody is waiting for. The driver speaks of the job as a whole and holds back its last block, the
 * merchant's `TICKET_END`, until all before it is confirmed; so `printed` means both. When the customer's came out and the
 * merchant's did not, the journal says `partial` and the next job is a marked copy of both: the customer may get a marked
 * copy beside the original, and never a second original. Each says in its head which of the two it is, so that this can be
 * checked on the paper: at most one unmarked original of the customer's, and one of the merchant's.
 */
export function makeTicket(
  sale: SaleFacts,
  copy: number,
  merchant: Merchant,
  { merchantCopy = false, signature = 'never', lang = 'both' }: TicketPolicy = {},
): TicketDocument {
  const form = FORMS[lang];
  const mark: TicketElement[] =
    copy === 0 ? [] : [{ kind: 'text', text: form.mark(copy), align: 'center', bold: true, reverse: true }];
  const { name, numbers } = headOf(merchant, lang);
  const facts = factsOf(sale, merchant, form, numbers, lang !== 'en');
  const end = [...mark, form.end, BLANK, CUT];
  const elements = [...mark, name, RULE, form.customerCopy, ...facts, ...codeOf(sale, merchant, form), ...end];
  if (!merchantCopy) return { elements };
  const signed = signature === 'always' || (signature !== 'never' && sale.amountFen > signature.aboveFen);
  const sign = signed ? [ROOM_TO_SIGN, RULE, form.signature] : [RULE];
  // No code: the merchant has the sale on file, and paper costs money.
  elements.push(...mark, name, RULE, form.merchantCopy, ...facts, ...sign, ...end);
  return { elements };
}

/** What a customer, a cashier and a bookkeeper look for, from the order number to the state. */
function factsOf(
  sale: SaleFacts,
  merchant: Merchant,
  form: TicketForm,
  numbers: readonly TicketElement[],
  capitals: boolean,
): TicketElement[] {
  const { labels } = form;
  const pair = (label: string, value: string): TicketElement => ({ kind: 'pair', label, value });
  const paidAtMs = sale.paidAtMs ?? sale.openedAtMs;
  return [
    // First of all, so that even a ticket that was cut short says whose it is.
    pair(labels.order, sale.saleId),
    pair(labels.trade, oneLine(sale.tradeNo ?? '')),
    ...numbers,
    pair(labels.time, localSeconds(paidAtMs, merchant.utcOffsetMinutes)),
    pair(labels.paidBy, sale.wallet === undefined ? NOTHING : form.wallets[sale.wallet]),
    ...(sale.buyer === undefined ? [] : [pair(labels.payer, oneLine(sale.buyer))]),
    pair(labels.item, oneLine(sale.subject)),
    RULE,
    { kind: 'pair', label: form.amount, value: `¥${formatYuan(sale.amountFen)}`, bold: true, height: 2, width: 2 },
    ...(capitals ? [{ kind: 'text', text: capitalYuan(sale.amountFen), align: 'right' } as const] : []),
    form.paid,
  ];
}

/** The code, with blank paper above and below it: ISO/IEC 18004 wants four modules free on every side. */
function codeOf(sale: SaleFacts, { digitalTicketUrl }: Merchant, form: TicketForm): TicketElement[] {
  if (digitalTicketUrl === undefined) return [BLANK, { kind: 'qr', data: sale.saleId }, BLANK, form.scanOrder];
  const url = digitalTicketUrl.replaceAll('{orderNo}', encodeURIComponent(sale.saleId));
  return [BLANK, { kind: 'qr', data: url }, BLANK, form.scanDigital];
}

interface Head {
  readonly name: TicketElement;
  readonly numbers: readonly TicketElement[];
}

/** A merchant's own lines, made once and frozen as the fixed ones are. */
const HEADS: Readonly<Record<TicketLang, WeakMap<Merchant, Head>>> = {
  both: new WeakMap(),
  zh: new WeakMap(),
  en: new WeakMap(),
};

function headOf(merchant: Merchant, lang: TicketLang): Head {
  let head = HEADS[lang].get(merchant);
  if (head === undefined) {
    head = makeHead(merchant, FORMS[lang]);
    HEADS[lang].set(merchant, head);
  }
  return head;
}

/** In double width a name longer than this takes more than two lines on 58 mm paper, so it is only made tall. */
const WIDE_NAME_COLUMNS = 32;

function makeHead(merchant: Merchant, { labels }: TicketForm): Head {
  const text = oneLine(merchant.name);
  const width = columnsOf(text) > WIDE_NAME_COLUMNS ? 1 : 2;
  const number = (label: string, value: string): TicketElement => Object.freeze({ kind: 'pair', label, value });
  return {
    name: Object.freeze({ kind: 'text', text, align: 'center', bold: true, height: 2, width }),
    numbers: [
      ...(merchant.merchantNo === undefined ? [] : [number(labels.merchantNo, merchant.merchantNo)]),
      number(labels.terminal, merchant.terminalId),
    ],
  };
}

/** Stands for a value that nobody has told. */
const NOTHING = '-';
/** ASCII, Chinese, and full-width marks, with single spaces between: one line as it is. */
const PLAIN = /^[!-~\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e]+(?: [!-~\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e]+)*$/;

/**
 * What somebody has typed or a platform has sent, as one line: with breaks in it an item could put lines on the ticket that
 * look like the ticket's own. Characters that only steer others (right-to-left marks, joiners) go, accents join their
 * letters as far as they can, and control characters are spaces.
 */
function oneLine(text: string): string {
  if (PLAIN.test(text)) return text;
  const line = text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
  return line === '' ? NOTHING : line;
}

/** Columns on paper, a full-width character counting two. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const char of text) columns += char < '\x80' ? 1 : 2;
  return columns;
}
