/**
 * What a digital ticket says, in as few bytes as it takes: it has to fit into a QR code beside a signature.
 *
 *     payload = version 01 · amount · offset · flags · [paid at] · [trade] · terminal · merchant · subject
 *
 * - `amount` in fen, and `paid at` in milliseconds since 1970, are numbers of seven bits a byte, the lowest first; bit 7
 *   says that another byte follows.
 * - `offset`: local time of the merchant, in quarters of an hour east of UTC, plus 64.
 * - `flags`: 01 there is `paid at` · 02 the trade number is digits (how many · length · the number, highest byte first)
 *   · 04 it is text.
 * - A text is its length in bytes and UTF-8.
 */
import type { DigitalTicket } from '../ports/digital.js';

/** A ticket as it is read again; texts may have been cut, and then end in `…`. */
export interface TicketWords extends Omit<DigitalTicket, 'orderNo'> {
  readonly utcOffsetMinutes: number;
}

const VERSION = 1;
const PAID_AT = 1;
const TRADE_DIGITS = 2;
const TRADE_TEXT = 4;
const QUARTER_MINUTES = 15;
const OFFSET_ZERO = 64;
const CUT = '…';

/** At most `roomBytes`, for which names are cut, and as the last thing a trade number is left out; else `undefined`. */
export function encodePayload(words: TicketWords, roomBytes: number): Uint8Array | undefined {
  const { merchant, subject, tradeNo, ...rest } = words;
  const whole = encode(words);
  if (whole.length <= roomBytes) return whole;
  const bare = encode({ ...rest, merchant: '', subject: '', ...(tradeNo === undefined ? {} : { tradeNo }) });
  const forNames = roomBytes - bare.length;
  if (forNames < 0) return tradeNo === undefined ? undefined : encodePayload({ ...rest, merchant, subject }, roomBytes);
  const half = Math.floor(forNames / 2);
  const forSubject = Math.max(half, forNames - bytesOf(merchant));
  const cutSubject = cut(subject, forSubject);
  const cutMerchant = cut(merchant, forNames - bytesOf(cutSubject));
  return encode({ ...words, merchant: cutMerchant, subject: cutSubject });
}

/** `undefined` for anything that `encodePayload` does not give, byte by byte. */
export function decodePayload(bytes: Uint8Array): TicketWords | undefined {
  const reader = new Reader(bytes);
  if (reader.byte() !== VERSION) return undefined;
  const amountFen = reader.number();
  const utcOffsetMinutes = (reader.byte() - OFFSET_ZERO) * QUARTER_MINUTES;
  const flags = reader.byte();
  const paidAtMs = (flags & PAID_AT) === 0 ? undefined : reader.number();
  const tradeNo = reader.trade(flags);
  const [terminalId, merchant, subject] = [reader.text(), reader.text(), reader.text()];
  const words: TicketWords = {
    amountFen,
    utcOffsetMinutes,
    ...(paidAtMs === undefined ? {} : { paidAtMs }),
    ...(tradeNo === undefined ? {} : { tradeNo }),
    terminalId,
    merchant,
    subject,
  };
  return !reader.short && Buffer.from(encode(words)).equals(bytes) ? words : undefined;
}

function encode({ amountFen, utcOffsetMinutes, paidAtMs, tradeNo, ...texts }: TicketWords): Uint8Array {
  const digits = tradeNo !== undefined && /^\d{1,64}$/.test(tradeNo);
  const flags =
    (paidAtMs === undefined ? 0 : PAID_AT) | (tradeNo === undefined ? 0 : digits ? TRADE_DIGITS : TRADE_TEXT);
  return Buffer.concat([
    Uint8Array.of(VERSION),
    number(amountFen),
    Uint8Array.of(OFFSET_ZERO + Math.round(utcOffsetMinutes / QUARTER_MINUTES), flags),
    paidAtMs === undefined ? NONE : number(Math.round(paidAtMs)),
    tradeNo === undefined ? NONE : digits ? tradeDigits(tradeNo) : text(tradeNo),
    text(texts.terminalId),
    text(texts.merchant),
    text(texts.subject),
  ]);
}

const NONE = new Uint8Array(0);

function number(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

function text(words: string): Uint8Array {
  const bytes = Buffer.from(cut(words, 255));
  return Buffer.concat([Uint8Array.of(bytes.length), bytes]);
}

function tradeDigits(digits: string): Uint8Array {
  const hex = BigInt(digits).toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Uint8Array.of(digits.length, bytes.length), bytes]);
}

function bytesOf(words: string): number {
  return Buffer.byteLength(words);
}

/** The beginning that fits, ended by `…` where something is missing. Characters are never cut in two. */
function cut(words: string, roomBytes: number): string {
  if (bytesOf(words) <= roomBytes) return words;
  let kept = '';
  for (const character of words) {
    if (bytesOf(kept + character + CUT) > roomBytes) break;
    kept += character;
  }
  return kept === '' ? '' : kept + CUT;
}

/** Reads on to the end, and beyond it zeros: `short` says so. */
class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get short(): boolean {
    return this.#at > this.#bytes.length;
  }

  byte(): number {
    return this.#bytes[this.#at++] ?? 0;
  }

  number(): number {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
    }
    return value;
  }

  text(): string {
    return Buffer.from(this.#take(this.byte())).toString();
  }

  trade(flags: number): string | undefined {
    if ((flags & TRADE_TEXT) !== 0) return this.text();
    if ((flags & TRADE_DIGITS) === 0) return undefined;
    const digits = this.byte();
    const hex = Buffer.from(this.#take(this.byte())).toString('hex');
    return BigInt(`0x0${hex}`).toString().padStart(digits, '0');
  }

  #take(length: number): Uint8Array {
    const from = this.#at;
    this.#at += length;
    return this.#bytes.subarray(from, this.#at);
  }
}
