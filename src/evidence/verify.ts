import type { KeyObject } from 'node:crypto';
import { PaperjamError } from '../base/errors.js';
import { fingerprintOf } from '../ground/terminal-key.js';
import { pageFrom } from '../terminal/book.js';
import { readJournal } from '../terminal/journal/chain.js';
import { verdictOf } from '../terminal/verdict/verdict.js';
import { VERSION } from '../world/version.js';
import { ZipReader } from './archive.js';
import { type ReadExtract, readExtract } from './journal-extract.js';
import { checkSignature, json, MANIFEST, type Manifest, parseManifest, SIGNATURE, sha256 } from './manifest.js';

/** More than any sale's evidence; a larger file is refused before it is read. */
export const LARGEST_BYTES = 256 << 20;

export interface VerifyOptions {
  /** Its name, for messages. */
  readonly file: string;
  readonly zip: Uint8Array;
  /** Who is known to sign: then nobody else may have. `name` for messages. */
  readonly key?: { readonly key: KeyObject; readonly name: string } | undefined;
  /** The journal that it was taken from: then every hash has to be there too. */
  readonly journal?: { readonly content: Uint8Array; readonly address: string } | undefined;
}

export interface VerifiedEvidence {
  readonly saleId: string;
  readonly files: number;
  readonly bytes: number;
  /** SHA-256 of the manifest. */
  readonly digest: string;
  /** Of the key that signed it. */
  readonly fingerprint: string;
  readonly signedByKnownKey: boolean;
  readonly journal: Pick<ReadExtract, 'wholeRecords' | 'maskedRecords' | 'head'> & { readonly foundInJournal: boolean };
  /** Whether the verdict was made anew from the records; another version may word it otherwise. */
  readonly verdictMadeAnew: boolean;
}

/**
 * Proves evidence unchanged: each file against the manifest, the manifest against its signature, the zip itself byte by
 * byte, and the journal's extract by its own chain. Throws `PJ_EVIDENCE_CHANGED`, which names what was changed;
 * `PJ_EVIDENCE` for what is none; `PJ_EVIDENCE_KEY` when somebody else signed it.
 */
export function verifyEvidence({ file, zip, key, journal }: VerifyOptions): VerifiedEvidence {
  if (zip.length > LARGEST_BYTES)
    throw new PaperjamError('PJ_EVIDENCE_SIZE', { file, bytes: zip.length, allowed: `up to ${LARGEST_BYTES}` });
  if (zip.length < 4 || (zip[0] !== 0x50 && zip[1] !== 0x4b))
    throw new PaperjamError('PJ_EVIDENCE', { file, problem: 'it is not a zip' });
  const changed = (where: string, problem: string): never => {
    throw new PaperjamError('PJ_EVIDENCE_CHANGED', { file, where, problem });
  };
  const { bytes, manifest, signer, content } = openArchive(zip, changed);
  const fingerprint = fingerprintOf(signer);
  if (key !== undefined && fingerprintOf(key.key) !== fingerprint) {
    const expected = fingerprintOf(key.key);
    throw new PaperjamError('PJ_EVIDENCE_KEY', { file, fingerprint, expected, key: key.name });
  }
  const extract = checkExtract(content('journal.jsonl'), manifest, changed);
  if (journal !== undefined) checkAgainst(journal, extract, changed);
  const verdictMadeAnew = manifest.paperjam === VERSION;
  if (verdictMadeAnew) checkVerdict(content('verdict.json'), extract, manifest, changed);
  const { wholeRecords, maskedRecords, head } = extract;
  return {
    saleId: manifest.saleId,
    files: manifest.files.length + 2,
    bytes: zip.length,
    digest: sha256(bytes),
    fingerprint,
    signedByKnownKey: key !== undefined,
    journal: { wholeRecords, maskedRecords, head, foundInJournal: journal !== undefined },
    verdictMadeAnew,
  };
}

type Changed = (where: string, problem: string) => never;

function openArchive(zip: Uint8Array, changed: Changed) {
  const reader = new ZipReader(zip, changed);
  const bytes = reader.take(MANIFEST);
  const signature = reader.take(SIGNATURE);
  const manifest = parseManifest(bytes) ?? changed(MANIFEST, 'is not a manifest as it was written');
  const signer = checkSignature(bytes, signature);
  if (typeof signer === 'string') return changed(SIGNATURE, signer);
  if (fingerprintOf(signer) !== manifest.key) changed(SIGNATURE, 'is by another key than the manifest names');
  const contents = new Map<string, Uint8Array>();
  for (const { name, size, sha256: digest } of manifest.files) {
    const content = reader.take(name, size);
    if (sha256(content) !== digest) changed(name, 'is not what was packed');
    contents.set(name, content);
  }
  reader.finish();
  const content = (name: string) => contents.get(name) ?? changed(name, 'is missing');
  return { bytes, manifest, signer, content };
}

function checkExtract(content: Uint8Array, manifest: Manifest, changed: Changed): ReadExtract {
  const address = 'journal.jsonl';
  const extract = readExtract(Buffer.from(content).toString(), address, (problem) => changed(address, problem));
  const { seq, hash } = extract.head;
  if (seq !== manifest.journal.seq || hash !== manifest.journal.hash)
    changed(address, 'does not end where the manifest says');
  return extract;
}

function checkAgainst(
  { content, address }: NonNullable<VerifyOptions['journal']>,
  { hashes }: ReadExtract,
  changed: Changed,
): void {
  const { records } = readJournal(content, address);
  for (const [seq, hash] of hashes) {
    if (seq > 0 && records[seq - 1]?.hash !== hash)
      changed('journal.jsonl', `is not of ${address}, whose record ${seq} is another one`);
  }
}

function checkVerdict(content: Uint8Array, { records }: ReadExtract, { saleId }: Manifest, changed: Changed): void {
  const page = pageFrom(records, saleId) ?? changed('journal.jsonl', `has no sale ${saleId}`);
  if (!Buffer.from(json(verdictOf(page))).equals(content))
    changed('verdict.json', 'is not the verdict on these records');
}
