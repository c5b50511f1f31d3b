import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import type { NamedFiles } from './archive.js';

export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.sig';
const VERSION = 1;
/** What is signed begins with this, so that no signature for another purpose is ever taken for one of evidence. */
const PURPOSE = 'paperjam evidence 1\n';

const SHA256 = z.string().regex(/^[0-9a-f]{64}$/);
/** The files' names are ours: nothing that could lead out of a folder. */
const NAME = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)?$/);

const SCHEMA = z.strictObject({
  evidence: z.literal(VERSION),
  saleId: z.string(),
  paperjam: z.string(),
  /** Fingerprint of the key that signs. */
  key: SHA256,
  /** Up to where the journal went. */
  journal: z.strictObject({ seq: z.int(), hash: SHA256 }),
  files: z.array(z.strictObject({ name: NAME, size: z.int().min(0), sha256: SHA256 })).max(10_000),
});

export type Manifest = z.infer<typeof SCHEMA>;

const SIGNATURE_SCHEMA = z.strictObject({
  algorithm: z.literal('Ed25519'),
  publicKey: z.string(),
  signature: z.string(),
});

export function manifestOf(about: Omit<Manifest, 'evidence' | 'files'>, files: NamedFiles): Uint8Array {
  const listed = [...files].map(([name, content]) => ({ name, size: content.length, sha256: sha256(content) }));
  return json({ evidence: VERSION, ...about, files: listed });
}

/** `undefined` for what `manifestOf` cannot have written. */
export function parseManifest(bytes: Uint8Array): Manifest | undefined {
  return parse(bytes, SCHEMA);
}

export function signManifest(manifest: Uint8Array, key: KeyObject): Uint8Array {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const signature = sign(null, signedBytes(manifest), key);
  return json({
    algorithm: 'Ed25519',
    publicKey: publicKey.toString('base64'),
    signature: signature.toString('base64'),
  });
}

/** The public key by which the signature holds, or why it does not. */
export function checkSignature(manifest: Uint8Array, signature: Uint8Array): KeyObject | string {
  const said = parse(signature, SIGNATURE_SCHEMA);
  if (said === undefined) return 'is not a signature as it was written';
  const signed = Buffer.from(said.signature, 'base64');
  if (signed.toString('base64') !== said.signature) return 'is not a signature as it was written';
  try {
    const der = Buffer.from(said.publicKey, 'base64');
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    if (key.export({ type: 'spki', format: 'der' }).toString('base64') !== said.publicKey)
      return 'has a key that is not as it was written';
    return verify(null, signedBytes(manifest), key, signed) ? key : `does not hold for ${MANIFEST}`;
  } catch {
    return 'has no key that can be used';
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function json(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

function signedBytes(manifest: Uint8Array): Uint8Array {
  return Buffer.from(`${PURPOSE}${sha256(manifest)}\n`);
}

/** Only what is byte by byte as `json` writes it. */
function parse<Schema extends z.ZodType>(bytes: Uint8Array, schema: Schema): z.infer<Schema> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString());
    if (!Buffer.from(json(value)).equals(bytes)) return undefined;
    return schema.safeParse(value).data;
  } catch {
    return undefined;
  }
}
