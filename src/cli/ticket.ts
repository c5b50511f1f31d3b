import { PaperjamError } from '../base/errors.js';
import { localTime, zoneOf } from '../base/local-time.js';
import { formatYuan } from '../base/money.js';
import { oneLine } from '../base/one-line.js';
import { readTicket, SignedTickets } from '../digital/tickets.js';
import { fingerprintOf, readPublicKey, terminalKey } from '../ground/terminal-key.js';
import { pageFrom } from '../terminal/book.js';
import { digitalTicketOf } from '../terminal/digital.js';
import { placesIn } from '../world/data-folder.js';
import { readSettings } from '../world/settings.js';
import { openJournal } from './journal.js';
import { findSale, saleIds } from './verdict.js';

export interface TicketFlags {
  readonly data: string;
  readonly verify?: string;
  readonly key?: string;
  readonly json?: boolean;
}

/** `paperjam ticket`: the signed URL of a paid sale's digital ticket, or whether such a URL is genuine. */
export function ticket(id: string | undefined, flags: TicketFlags): void {
  const { verify } = flags;
  if ((id === undefined) === (verify === undefined)) {
    const problem = 'give a sale or --verify URL, one of them';
    throw new PaperjamError('PJ_USAGE', { problem, advice: 'See paperjam ticket --help.' });
  }
  if (verify !== undefined) check(verify, flags);
  else make(id ?? 'last', flags);
}

function make(id: string, { data, json }: TicketFlags): void {
  const { records } = openJournal(data);
  const saleId = findSale(saleIds(records), id);
  const facts = pageFrom(records, saleId)?.facts;
  if (facts?.payment !== 'paid')
    throw new PaperjamError('PJ_NO_TICKET', { saleId, problem: `its payment is ${facts?.payment}` });
  const places = placesIn(data);
  const { merchant, ticketUrl } = readSettings(places.settings);
  const { utcOffsetMinutes } = merchant;
  const tickets = new SignedTickets({ key: () => terminalKey(places.key), url: ticketUrl, utcOffsetMinutes });
  const url = tickets.urlOf(digitalTicketOf(facts, merchant));
  process.stdout.write(`${json === true ? JSON.stringify({ saleId, url }, null, 2) : url}\n`);
}

function check(verify: string, { data, key: keyFile, json }: TicketFlags): void {
  const key = readPublicKey(keyFile ?? placesIn(data).key);
  const reading = readTicket(tokenIn(verify), key);
  if (!reading.genuine) {
    const problem =
      reading.wrong === 'shape'
        ? 'the URL holds no signed ticket'
        : `the key ${fingerprintOf(key).slice(0, 16)}… did not sign what it says`;
    throw new PaperjamError('PJ_TICKET_NOT_GENUINE', { problem });
  }
  const { orderNo, amountFen, tradeNo, paidAtMs, merchant, subject, terminalId, utcOffsetMinutes } = reading.ticket;
  if (json === true) {
    process.stdout.write(`${JSON.stringify({ genuine: true, ...reading.ticket }, null, 2)}\n`);
    return;
  }
  const paidAt =
    paidAtMs === undefined ? '-' : `${localTime(paidAtMs, utcOffsetMinutes)} (${zoneOf(utcOffsetMinutes)})`;
  const lines = [
    `genuine, signed by ${fingerprintOf(key)}`,
    `  merchant  ${oneLine(merchant)}, terminal ${oneLine(terminalId)}`,
    `  order     ${orderNo}`,
    `  trade     ${oneLine(tradeNo ?? '-')}`,
    `  amount    ¥${formatYuan(amountFen)} for ${oneLine(subject)}`,
    `  paid at   ${paidAt}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The signed ticket in a URL, wherever it stands; or the text itself. */
function tokenIn(url: string): string {
  return /[\w-]+\.[\w-]+\.[\w-]{86}(?![\w-])/.exec(url.slice(0, 2_000))?.[0] ?? url;
}
