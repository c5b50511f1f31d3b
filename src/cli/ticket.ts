import { PaperjamError } from '../base/errors.js';
import { formatYuan } from '../base/money.js';
import { oneLine } from '../base/one-line.js';
import { readTicket } from '../digital/tickets.js';
import { localTime, zoneOf } from '../evidence/local-time.js';
import { fingerprintOf, readPublicKey } from '../ground/terminal-key.js';
import { placesIn } from '../world/data-folder.js';

export interface TicketFlags {
  readonly data: string;
  readonly verify: string;
  readonly key?: string;
  readonly json?: boolean;
}

/** `paperjam ticket --verify URL`: whether a digital ticket is genuine, without asking anybody. */
export function ticket({ data, verify, key: keyFile, json }: TicketFlags): void {
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
