import { z } from 'zod';
import type { Random } from '../../ports/random.js';
import { type DerivedKeys, deriveKeys, NONCE_BYTES, seal, unseal } from './crypto.js';
import { HEADER, type Header, problemOf, read } from './message.js';
import type { NexoKey } from './options.js';

const SECURED = z.object({
  MessageHeader: HEADER,
  NexoBlob: z.base64().min(1),
  SecurityTrailer: z.object({
    AdyenCryptoVersion: z.number(),
    KeyIdentifier: z.string().max(100),
    KeyVersion: z.number(),
    Nonce: z.base64(),
    Hmac: z.base64(),
  }),
});

/** The only one there is. */
const CRYPTO_VERSION = 1;

/** Where it is remembered which messages were taken, by their nonces. */
export interface KnownNonces {
  has(nonce: string): boolean;
  add(nonce: string): void;
}

/** What is in a sealed message, or why nothing is said of it. */
export type Unsealed =
  | { readonly message: unknown; readonly header: Header; readonly nonce: string }
  | { readonly refusal: string };

/**
 * Sealed messages of one terminal: opens what a till has sealed with the key that both know, once, and seals the answers.
 *
 * Fault model: between till and terminal anybody may read, keep, change, repeat and invent messages. What is refused is
 * refused before anything is done about it, and the refusal says no more of the key than whether its name is known here.
 */
export class Secured {
  readonly #key: NexoKey;
  readonly #random: Random;
  #keys: DerivedKeys | undefined;
  /** Of messages that were taken. */
  readonly #nonces: KnownNonces;

  constructor(key: NexoKey, random: Random, nonces: KnownNonces) {
    this.#key = key;
    this.#random = random;
    this.#nonces = nonces;
  }

  open(sealed: unknown): Unsealed {
    const parsed = read(SECURED, sealed);
    if (!parsed.success) return { refusal: problemOf(parsed.error, 'SaleToPOIRequest') };
    const { MessageHeader: header, NexoBlob, SecurityTrailer: trailer } = parsed.data;
    const strange = this.#strange(trailer);
    if (strange !== undefined) return { refusal: strange };
    const bytes = Buffer.from(trailer.Nonce, 'base64');
    const nonce = bytes.toString('hex');
    if (this.#nonces.has(nonce)) return { refusal: 'Crypto error: this message was received before' };
    const parts = { blob: Buffer.from(NexoBlob, 'base64'), hmac: Buffer.from(trailer.Hmac, 'base64'), nonce: bytes };
    const text = unseal(parts, this.#derived());
    if (text === undefined) return { refusal: 'Crypto error: the message is not whole' };
    const message = parsedJson(text);
    if (!isSameHeader(header, message))
      return { refusal: 'Crypto error: the header is not that of the sealed message' };
    this.#nonces.add(nonce);
    return { message, header, nonce };
  }

  /** A message as it goes back: `body` under the header that everybody may read. */
  seal(message: object, header: object): object {
    const nonce = Buffer.from(Array.from({ length: NONCE_BYTES }, () => this.#random.int(0, 255)));
    const { blob, hmac } = seal(JSON.stringify(message), this.#derived(), nonce);
    return {
      MessageHeader: header,
      NexoBlob: blob.toString('base64'),
      SecurityTrailer: {
        AdyenCryptoVersion: CRYPTO_VERSION,
        Hmac: hmac.toString('base64'),
        KeyIdentifier: this.#key.keyIdentifier,
        KeyVersion: this.#key.keyVersion,
        Nonce: nonce.toString('base64'),
      },
    };
  }

  #strange({ AdyenCryptoVersion, KeyIdentifier, KeyVersion }: z.infer<typeof SECURED>['SecurityTrailer']) {
    const { keyIdentifier, keyVersion } = this.#key;
    if (AdyenCryptoVersion !== CRYPTO_VERSION) {
      return `Crypto error: AdyenCryptoVersion ${AdyenCryptoVersion} is not known; allowed: ${CRYPTO_VERSION}`;
    }
    if (KeyIdentifier !== keyIdentifier) return 'Crypto error: KeyIdentifier is not that of this terminal';
    return KeyVersion === keyVersion
      ? undefined
      : `Crypto error: KeyVersion ${KeyVersion} is not known; allowed: ${keyVersion}`;
  }

  #derived(): DerivedKeys {
    this.#keys ??= deriveKeys(this.#key.passphrase);
    return this.#keys;
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The header outside is not covered by the HMAC, and it decides who is asked: it has to be the same again inside. */
function isSameHeader(outer: Header, message: unknown): boolean {
  const inner = z.object({ SaleToPOIRequest: z.object({ MessageHeader: HEADER }) }).safeParse(message);
  if (!inner.success) return false;
  const { MessageHeader } = inner.data.SaleToPOIRequest;
  const names = ['MessageCategory', 'MessageClass', 'MessageType', 'POIID', 'SaleID', 'ServiceID', 'DeviceID'] as const;
  return names.every((name) => MessageHeader[name] === outer[name]);
}
