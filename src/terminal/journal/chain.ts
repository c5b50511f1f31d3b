/**
 * The journal's lines and the chain through them.
 *
 * A line is `{"seq":…,"at":…,"kind":…,…,"prev":"…","hash":"…"}` and a newline. `hash` is the SHA-256 of the line's own
 * bytes up to, not including, `,"hash"`; since these contain `prev`, each line vouches for all lines before it. A
 * checker needs no canonical JSON: it cuts the text and hashes it.
 */
import { createHash } from 'node:crypto';
import { PaperjamError } from '../../base/errors.js';
import type { JournalEntry, JournalRecord } from './record.js';

/** `prev` of the first record. */
export const GENESIS = '0'.repeat(64);

const HASH_FIELD = ',"hash":"';
const TAIL_LENGTH = HASH_FIELD.length + 64 + 2;

/** Makes the record that follows `prev`, and its line with the newline. */
export function seal(
  entry: JournalEntry,
  seq: number,
  atMs: number,
  prev: string,
): { record: JournalRecord; line: string } {
  const body = { seq, at: new Date(atMs).toISOString(), ...entry, prev };
  const text = JSON.stringify(body).slice(0, -1);
  const hash = sha256(text);
  return { record: Object.assign(body, { hash }), line: `${text}${HASH_FIELD}${hash}"}\n` };
}

export interface ReadJournal {
  readonly records: JournalRecord[];
  /** How many bytes of the content are whole records. What follows was torn by a power cut. */
  readonly goodBytes: number;
  /** The torn bytes as text, if any. */
  readonly torn: string | undefined;
  /** The last record is whole, and only its line end is missing. */
  readonly unended: boolean;
}

/**
 * Reads and checks a whole journal. A last line that is cut short was torn by a power cut and never acknowledged: it is
 * set apart. One that lacks nothing but its line end may have been acknowledged, so it counts. Anything else that does
 * not check is a changed journal: `PJ_JOURNAL_CHANGED`, naming the record.
 */
export function readJournal(content: Uint8Array, address: string): ReadJournal {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const records: JournalRecord[] = [];
  let prev = GENESIS;
  let start = 0;
  while (start < bytes.length) {
    const newline = bytes.indexOf(0x0a, start);
    const seq = records.length + 1;
    if (newline === -1) {
      const unended = isUnended(bytes.subarray(start), seq, address);
      if (!unended) return { records, goodBytes: start, torn: bytes.toString('latin1', start), unended };
      records.push(readLine(bytes.toString('utf8', start), seq, prev, address));
      return { records, goodBytes: bytes.length, torn: undefined, unended };
    }
    const record = readLine(bytes.toString('utf8', start, newline), seq, prev, address);
    records.push(record);
    prev = record.hash;
    start = newline + 1;
  }
  return { records, goodBytes: start, torn: undefined, unended: false };
}

/** Whether a tail without a line end is a whole record all the same. One whose line end became another byte was changed. */
function isUnended(tail: Buffer, seq: number, address: string): boolean {
  if (isSealed(tail.toString('utf8'))) return true;
  if (!isSealed(tail.toString('utf8', 0, tail.length - 1))) return false;
  throw new PaperjamError('PJ_JOURNAL_CHANGED', { address, sequence: seq, problem: 'its line end was changed' });
}

function isSealed(line: string): boolean {
  const text = line.slice(0, -TAIL_LENGTH);
  return line === `${text}${HASH_FIELD}${sha256(text)}"}`;
}

/** Reads and checks one line, without its line end, that follows `prev` as number `seq`. Throws `PJ_JOURNAL_CHANGED`. */
export function readLine(line: string, seq: number, prev: string, address: string): JournalRecord {
  const changed = (problem: string, cause?: unknown) =>
    new PaperjamError('PJ_JOURNAL_CHANGED', { address, sequence: seq, problem }, { cause });
  if (!isSealed(line)) throw changed('its hash does not match its text');
  let record: JournalRecord;
  try {
    record = JSON.parse(line) as JournalRecord; // The hash says that `seal` wrote it.
  } catch (cause) {
    throw changed('it is not JSON', cause);
  }
  if (record.seq !== seq) throw changed(`it carries the sequence number ${record.seq}`);
  if (record.prev !== prev) throw changed('it does not follow from the record before it');
  return record;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
