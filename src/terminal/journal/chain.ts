/**
 * The journal's lines and the chain through them.
 *
 * A line is `{"seq":…,"at":…,"kind":…,…,"prev":"…","hash":"…"}` and a newline. `hash` is the SHA-256 of the line's own
 * bytes up to, not including, `,"hash"`; since these contain `prev`, each line vouches for all lines before it. A
 * checker needs no canonical JSON: it cuts the text and hashes it.
 *
 * Fault model: a power cut tears the last line; in any line one bit may rot, of which the hash says which it was
 * (`mend.ts`). Whatever is changed more than that is damage: the records before it are proved, those behind it are not.
 */
import { PaperjamError } from '../../base/errors.js';
import { type Mend, type Mended, mend } from './mend.js';
import type { JournalEntry, JournalRecord } from './record.js';
import { holdsHash, isSealed, sealedEnd, sha256 } from './seal.js';

/** `prev` of the first record. */
export const GENESIS = '0'.repeat(64);

/** The last one that was made: records are written several in one millisecond. */
let latest = { atMs: Number.NaN, text: '' };

function isoTime(atMs: number): string {
  if (atMs !== latest.atMs) latest = { atMs, text: new Date(atMs).toISOString() };
  return latest.text;
}

/** Makes the record that follows `prev`, and its line with the newline. */
export function seal(
  entry: JournalEntry,
  seq: number,
  atMs: number,
  prev: string,
): { record: JournalRecord; line: string } {
  const at = isoTime(atMs);
  const text = `{"seq":${seq},"at":"${at}",${JSON.stringify(entry).slice(1, -1)},"prev":"${prev}"`;
  const hash = sha256(text);
  return { record: { seq, at, ...entry, prev, hash }, line: `${text},"hash":"${hash}"}\n` };
}

export interface ReadJournal {
  readonly records: JournalRecord[];
  /** How many bytes of the content are whole records. What follows was torn by a power cut. */
  readonly goodBytes: number;
  /** The torn bytes as text, if any. */
  readonly torn: string | undefined;
  /** The last record is whole, and only its line end is missing. */
  readonly unended: boolean;
  /** Bits that had rotted, and which the hash of their record has put right. */
  readonly mended: readonly Mend[];
}

/** As far as the chain proves it. `damage`: why not to its end, `PJ_JOURNAL_CHANGED`, naming the record. */
export type ProvedJournal = ReadJournal & { readonly damage: PaperjamError | undefined };

/** Reads and checks a whole journal. Throws `PJ_JOURNAL_CHANGED` where it is damaged. */
export function readJournal(content: Uint8Array, address: string): ReadJournal {
  const proved = proveJournal(content, address);
  if (proved.damage !== undefined) throw proved.damage;
  return proved;
}

/**
 * Reads and checks a journal as far as it can be proved. A last line that is cut short was torn by a power cut and never
 * acknowledged: it is set apart. One that lacks nothing but its line end may have been acknowledged, so it counts. A
 * rotten bit is mended. Anything else that does not check is damage.
 */
export function proveJournal(content: Uint8Array, address: string): ProvedJournal {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const records: JournalRecord[] = [];
  const mended: Mend[] = [];
  let start = 0;
  let unended = false;
  const proved = (torn?: string, damage?: PaperjamError) => {
    return { records, goodBytes: Math.min(start, bytes.length), torn, unended, mended, damage };
  };
  while (start < bytes.length) {
    const seq = records.length + 1;
    const { line, next, byte, bit } = lineAt(bytes, start);
    if (line === undefined) return proved(bytes.toString('latin1', start));
    if (byte !== undefined && bit !== undefined) mended.push({ seq, byte, bit });
    const record = readLine(line, seq, records.at(-1)?.hash ?? GENESIS, address);
    if (record instanceof PaperjamError) return proved(undefined, record);
    records.push(record);
    unended = next > bytes.length;
    start = next;
  }
  return proved();
}

/** The line that begins here: as it stands, mended, or, at the end, none. One that nothing mends is given as it stands. */
function lineAt(bytes: Buffer, start: number): Partial<Mended> & { readonly next: number } {
  const newline = bytes.indexOf(0x0a, start);
  const next = (newline === -1 ? bytes.length : newline) + 1;
  const line = bytes.subarray(start, next - 1);
  if (isSealed(line)) return { line, next };
  const mended = mend(bytes, start);
  if (mended !== undefined) return mended;
  return newline === -1 && !holdsHash(line) ? { next } : { line, next };
}

/** A whole record and something behind it where its end should be: it was changed there, and torn is what follows, if any. */
function beginsWhole(tail: Buffer): boolean {
  const end = sealedEnd(tail);
  return end !== undefined && end < tail.length;
}

/** Reads and checks one line, without its line end, that follows `prev` as number `seq`; what is wrong comes as an error. */
export function readLine(bytes: Buffer, seq: number, prev: string, address: string): JournalRecord | PaperjamError {
  const changed = (problem: string, cause?: unknown) =>
    new PaperjamError('PJ_JOURNAL_CHANGED', { address, sequence: seq, problem }, { cause });
  if (!isSealed(bytes))
    return changed(beginsWhole(bytes) ? 'its line end was changed' : 'its hash does not match its text');
  let record: JournalRecord;
  try {
    record = JSON.parse(bytes.toString('utf8')) as JournalRecord; // The hash says that `seal` wrote it.
  } catch (cause) {
    return changed('it is not JSON', cause);
  }
  if (record.seq !== seq) return changed(`it carries the sequence number ${record.seq}`);
  if (record.prev !== prev) return changed('it does not follow from the record before it');
  return record;
}
