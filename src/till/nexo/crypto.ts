import { createCipheriv, createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';

/**
 * How the local Terminal API keeps its messages secret and whole: AES-256-CBC, and an HMAC-SHA256 over what was encrypted,
 * both under keys that come from one passphrase which till and terminal share.
 *
 * Fault model: whoever stands between them may change, repeat or invent messages. What was changed is found by the HMAC;
 * a repeated message is whole, and is found by its nonce (`Secured`), not here.
 *
 * The numbers are those of Adyen's client libraries (NexoDerivedKeyGenerator, NexoCrypto).
 */
const SALT = Buffer.from('AdyenNexoV1Salt', 'latin1');
const ROUNDS = 4000;
const HMAC_KEY_BYTES = 32;
const CIPHER_KEY_BYTES = 32;
const IV_BYTES = 16;
const CIPHER = 'aes-256-cbc';

export const NONCE_BYTES = IV_BYTES;

/** What is derived from a passphrase. Deriving takes some milliseconds on purpose, so it is kept. */
export interface DerivedKeys {
  readonly hmac: Buffer;
  readonly cipher: Buffer;
  readonly iv: Buffer;
}

/** A message in its sealed form, as bytes. */
export interface Sealed {
  readonly blob: Buffer;
  readonly hmac: Buffer;
  readonly nonce: Buffer;
}

export function deriveKeys(passphrase: string): DerivedKeys {
  const bytes = pbkdf2Sync(
    Buffer.from(passphrase, 'latin1'), // The client libraries take one byte of each character.
    SALT,
    ROUNDS,
    HMAC_KEY_BYTES + CIPHER_KEY_BYTES + IV_BYTES,
    'sha1',
  );
  const ivAt = HMAC_KEY_BYTES + CIPHER_KEY_BYTES;
  return {
    hmac: bytes.subarray(0, HMAC_KEY_BYTES),
    cipher: bytes.subarray(HMAC_KEY_BYTES, ivAt),
    iv: bytes.subarray(ivAt),
  };
}

/** `nonce`: 16 bytes that were never used before with these keys. */
export function seal(text: string, keys: DerivedKeys, nonce: Buffer): Sealed {
  const bytes = Buffer.from(text, 'utf8');
  const cipher = createCipheriv(CIPHER, keys.cipher, mixedIv(keys, nonce));
  return { blob: Buffer.concat([cipher.update(bytes), cipher.final()]), hmac: hmacOf(bytes, keys), nonce };
}

/** The text, or `undefined` when it was not sealed with these keys, or was changed since. */
export function unseal({ blob, hmac, nonce }: Sealed, keys: DerivedKeys): string | undefined {
  if (nonce.length !== NONCE_BYTES) return undefined;
  const decipher = createDecipheriv(CIPHER, keys.cipher, mixedIv(keys, nonce));
  let bytes: Buffer;
  try {
    bytes = Buffer.concat([decipher.update(blob), decipher.final()]);
  } catch {
    return undefined; // The padding is wrong; no more is said of it than of a wrong HMAC.
  }
  const expected = hmacOf(bytes, keys);
  return hmac.length === expected.length && timingSafeEqual(hmac, expected) ? bytes.toString('utf8') : undefined;
}

function hmacOf(bytes: Buffer, keys: DerivedKeys): Buffer {
  return createHmac('sha256', keys.hmac).update(bytes).digest();
}

function mixedIv({ iv }: DerivedKeys, nonce: Buffer): Buffer {
  return Buffer.from(iv.map((byte, index) => byte ^ (nonce[index] ?? 0)));
}
