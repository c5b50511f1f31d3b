import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { dirname } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import { packEvidence } from '../evidence/pack.js';
import { LARGEST_BYTES, type VerifiedEvidence, verifyEvidence } from '../evidence/verify.js';
import { openGlyphs } from '../glyphs/glyphs.js';
import { fileProblem } from '../ground/file-problem.js';
import { makeFolder } from '../ground/make-folder.js';
import { publicHalf, readPublicKey, terminalKey } from '../ground/terminal-key.js';
import { materialIn, placesIn } from '../world/data-folder.js';
import { openJournal } from './journal.js';
import { findSale, saleIds } from './verdict.js';

export interface EvidenceFlags {
  readonly data: string;
  readonly out?: string;
  readonly verify?: string;
  readonly key?: string;
  readonly journal?: string;
  readonly withCodes?: boolean;
  readonly json?: boolean;
}

/** `paperjam evidence`: packs what is known of a sale into one file, or proves such a file unchanged. */
export function evidence(id: string | undefined, flags: EvidenceFlags): void {
  checkFlags(id, flags);
  if (flags.verify === undefined) pack(id ?? 'last', flags);
  else verify(flags.verify, flags);
}

/** What makes no sense together is refused, so that nobody believes that it was done. */
function checkFlags(id: string | undefined, { out, verify, key, journal, withCodes }: EvidenceFlags): void {
  const refuse = (problem: string) => {
    throw new PaperjamError('PJ_USAGE', { problem, advice: 'See paperjam evidence --help.' });
  };
  if (verify === undefined && id === undefined)
    refuse('the sale is missing (its order number, its last digits, or last)');
  if (verify === undefined && out === undefined) refuse('--out FILE.zip is missing');
  if (verify === undefined && (key ?? journal) !== undefined) refuse('--key and --journal are for --verify');
  if (verify !== undefined && (id !== undefined || out !== undefined || withCodes === true))
    refuse('--verify checks a file, and neither takes a sale nor writes anything');
}

function pack(id: string, { data, out = '', withCodes = false, json }: EvidenceFlags): void {
  const saleId = findSale(saleIds(openJournal(data).records), id);
  const { key: keyFile } = placesIn(data);
  const key = terminalKey(keyFile);
  const glyphs = openGlyphs();
  const packed = packEvidence({ saleId, material: materialIn(data, saleId), key, glyphs, withCodes });
  save(out, packed.zip);
  const { digest, fingerprint, files } = packed;
  if (json === true) {
    say(JSON.stringify({ file: out, saleId, bytes: packed.zip.length, digest, fingerprint, files }, null, 2));
    return;
  }
  say(`${out}: evidence of ${saleId}, ${files.length} files, ${packed.zip.length} bytes`);
  for (const { name, bytes } of files) say(`  ${String(bytes).padStart(8)}  ${name}`);
  say(`  manifest  sha256 ${digest}\n  signed by ${fingerprint}\n  its key   ${publicHalf(keyFile)}`);
}

function verify(file: string, { key, journal, json }: EvidenceFlags): void {
  const found = verifyEvidence({
    file,
    zip: read(file),
    key: key === undefined ? undefined : { key: readPublicKey(key), name: key },
    journal: journal === undefined ? undefined : { content: read(journal), address: journal },
  });
  say(json === true ? JSON.stringify({ file, ...found }, null, 2) : verifiedText(file, found));
}

function verifiedText(file: string, found: VerifiedEvidence): string {
  const { wholeRecords, maskedRecords, head, foundInJournal } = found.journal;
  const masked = maskedRecords === 0 ? '' : `, ${maskedRecords} more with the payment code masked`;
  return [
    `${file}: unchanged, evidence of ${found.saleId}, ${found.files} files, ${found.bytes} bytes`,
    `  manifest  sha256 ${found.digest}`,
    `  signed by ${found.fingerprint}${found.signedByKnownKey ? ', the key that was expected' : ''}`,
    ...(found.signedByKnownKey
      ? []
      : ['            compare this with what the terminal says, or name its key by --key']),
    `  journal   the chain holds: ${wholeRecords} records whole${masked}, up to #${head.seq}, hash ${head.hash.slice(0, 16)}…`,
    ...(foundInJournal ? ['            and each of its hashes is in the journal that was named'] : []),
    `  verdict   ${found.verdictMadeAnew ? 'made anew from the records: the same' : 'of another version, and not made anew'}`,
  ].join('\n');
}

/** A file that may be anything: neither a folder nor a pipe, nor too large. */
function read(file: string): Uint8Array {
  const fail = (problem: string, cause?: unknown) => new PaperjamError('PJ_EVIDENCE', { file, problem }, { cause });
  try {
    const found = fs.statSync(file); // Before it is opened: opening a pipe would wait for its writer.
    if (!found.isFile()) throw fail(found.isDirectory() ? 'it is a folder' : 'it is not a file');
    if (found.size > LARGEST_BYTES)
      throw new PaperjamError('PJ_EVIDENCE_SIZE', { file, bytes: found.size, allowed: `up to ${LARGEST_BYTES}` });
    return fs.readFileSync(file);
  } catch (cause) {
    throw cause instanceof PaperjamError ? cause : fail(fileProblem(cause), cause);
  }
}

/** Whole or not at all. */
function save(path: string, content: Uint8Array): void {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    makeFolder(dirname(path));
    fs.writeFileSync(draft, content, { flush: true });
    fs.renameSync(draft, path);
  } catch (cause) {
    fs.rmSync(draft, { force: true });
    throw new PaperjamError('PJ_EVIDENCE_OUTPUT', { path, problem: fileProblem(cause) }, { cause });
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
