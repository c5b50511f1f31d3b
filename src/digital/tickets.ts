import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { DigitalTicket, DigitalTickets } from '../ports/digital.js';
import { decodePayload, encodePayload, type TicketWords } from './payload.js';

/** The longest URL that a QR code on a small display still shows well. */
const URL_CHARACTERS = 300;
/** Of Ed25519 (RFC 8032), in base64url. */
const SIGNATURE_CHARACTERS = 86;
/** What is signed begins with this, so that no signature for another purpose is ever taken for a ticket's. */
const PURPOSE = 'paperjam digital ticket 1\n';
const PLACE = '{orderNo}';

/** A digital ticket as it was signed. */
export interface ReadTicket extends TicketWords {
  readonly orderNo: string;
}

export type TicketReading =
  | { readonly genuine: true; readonly ticket: ReadTicket }
  /** `shape`: it is no ticket at all; `signature`: it looks like one, and this key did not sign it. */
  | { readonly genuine: false; readonly wrong: 'shape' | 'signature' };

export interface SignedTicketsOptions {
  /** The terminal's Ed25519 key, asked for when the first ticket is signed or read. */
  readonly key: () => KeyObject;
  /** `https://example.com/t/{orderNo}`: the signed ticket takes the place of the order number. */
  readonly url: string;
  /** Local time on tickets. */
  readonly utcOffsetMinutes: number;
}

/**
 * Digital tickets that nobody can forge, and that need no book to be looked up in: the URL itself holds what the ticket
 * says, `T01…976204.<payload>.<signature>`, signed by Ed25519 with the terminal's key. The order number stands in front
 * in clear, so that a merchant's own page behind the same address can go by it.
 */
export class SignedTickets implements DigitalTickets {
  readonly #options: SignedTicketsOptions;
  #url: string;

  constructor(options: SignedTicketsOptions) {
    this.#options = options;
    this.#url = options.url;
  }

  /** Where the pages of tickets are from now on; tickets signed before stay genuine. */
  servedAt(url: string): void {
    this.#url = url;
  }

  /**
   * The same ticket always gives the same URL. Names that do not fit are cut. Throws `RangeError` where not even amount
   * and signature fit; a configuration with such an address is not accepted.
   */
  urlOf({ orderNo, ...words }: DigitalTicket): string {
    const fixed = this.#withToken('', orderNo).length + orderNo.length + 2 + SIGNATURE_CHARACTERS;
    const { utcOffsetMinutes } = this.#options;
    const payload = encodePayload({ ...words, utcOffsetMinutes }, Math.floor(((URL_CHARACTERS - fixed) * 3) / 4));
    if (payload === undefined) throw new RangeError(`no ticket of ${orderNo} fits into ${URL_CHARACTERS} characters`);
    const says = `${orderNo}.${base64url(payload)}`;
    const signature = sign(null, Buffer.from(PURPOSE + says), this.#options.key());
    return this.#withToken(`${says}.${base64url(signature)}`, orderNo);
  }

  /** Reads what stands in the URL in the place of the order number. */
  read(token: string): TicketReading {
    return readTicket(token, this.#options.key());
  }

  /** Reads a whole URL, which must be one of this shop: nothing before or behind the ticket may be another. */
  readUrl(url: string): TicketReading {
    const [front = ''] = this.#url.split(PLACE, 1);
    const token = TOKEN_AT_START.exec(url.startsWith(front) ? url.slice(front.length) : '')?.[0] ?? '';
    const orderNo = token.split('.', 1)[0] ?? '';
    if (this.#withToken(token, orderNo) !== url) return { genuine: false, wrong: 'shape' };
    return this.read(token);
  }

  /** The first place is the ticket's; where the address names the order number again, it stays the bare number. */
  #withToken(token: string, orderNo: string): string {
    return this.#url.replace(PLACE, () => token).replaceAll(PLACE, () => orderNo);
  }
}

const TOKEN_AT_START = /^[\w-]{1,64}\.[\w-]+\.[\w-]+/;
const TOKEN = new RegExp(`^([\\w-]{1,64})\\.([\\w-]{1,${URL_CHARACTERS}})\\.([\\w-]{${SIGNATURE_CHARACTERS}})$`);

/** Reads a signed ticket by a private or a public key. Any change of any character is found. */
export function readTicket(token: string, key: KeyObject): TicketReading {
  const [, orderNo = '', payload = '', signed = ''] = TOKEN.exec(token) ?? [];
  const words = decodePayload(Buffer.from(payload, 'base64url'));
  const signature = Buffer.from(signed, 'base64url');
  // Base64 has spare bits at its end, in which two texts can differ and mean the same.
  const canonical =
    base64url(signature) === signed && base64url(Buffer.from(payload, 'base64url')) === payload && words !== undefined;
  if (orderNo === '' || !canonical) return { genuine: false, wrong: 'shape' };
  const publicKey = key.type === 'public' ? key : createPublicKey(key);
  const holds = verify(null, Buffer.from(`${PURPOSE}${orderNo}.${payload}`), publicKey, signature);
  return holds ? { genuine: true, ticket: { orderNo, ...words } } : { genuine: false, wrong: 'signature' };
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}
