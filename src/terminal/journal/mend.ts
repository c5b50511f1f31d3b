/**
 * Memory rots: a bit flips by itself. A record's hash says which bit it was, since of all lines that differ from the
 * rotten one in a single bit only the true one has the hash that it carries; nothing is guessed. The storage keeps what
 * it holds, as evidence: who reads it mends it anew each time.
 *
 * Two changed bits in a record are more than rot, and are not mended: then the journal was changed.
 */
import { HASH_TAIL_BYTES, hashTail, isSealed } from './seal.js';

/** A bit that had rotted: its byte in the whole journal, and which of its bits (0: the lowest). */
export interface Mend {
  readonly seq: number;
  readonly byte: number;
  readonly bit: number;
}

/** A record's line as it was written, and where the next one begins. */
export interface Mended {
  readonly line: Buffer;
  readonly next: number;
  readonly byte: number;
  readonly bit: number;
}

const NEWLINE = 0x0a;
/** A longer line is not searched: each of its bits costs a hash over all of it. */
const SEARCHED_BYTES = 4_096;

/** Mends the line that begins at `start`, if one bit makes it whole. */
export function mend(bytes: Buffer, start: number): Mended | undefined {
  return withItsEnd(bytes, start) ?? withoutAnEndInIt(bytes, start) ?? insideTheLine(bytes, start);
}

/** The newline became another byte, and the line runs on into the next. */
function withItsEnd(bytes: Buffer, start: number): Mended | undefined {
  const end = endOf(bytes, start);
  const stop = Math.min(end, start + 2 * SEARCHED_BYTES);
  for (let at = start + HASH_TAIL_BYTES; at < stop; at++) {
    const bit = flippedBit((bytes[at] ?? 0) ^ NEWLINE);
    if (bit === undefined || bytes[at - 1] !== 0x7d) continue; // A line ends with `}`.
    const line = bytes.subarray(start, at);
    if (isSealed(line)) return { line, next: at + 1, byte: at, bit };
  }
  return undefined;
}

/** A byte of the line became a newline, and cuts it in two. */
function withoutAnEndInIt(bytes: Buffer, start: number): Mended | undefined {
  const at = bytes.indexOf(NEWLINE, start);
  if (at === -1 || at === bytes.length - 1) return undefined;
  const end = endOf(bytes, at + 1);
  if (end - start > SEARCHED_BYTES) return undefined;
  const line = Buffer.from(bytes.subarray(start, end));
  for (let bit = 0; bit < 8; bit++) {
    line[at - start] = NEWLINE ^ (1 << bit);
    if (isSealed(line)) return { line, next: end + 1, byte: at, bit };
  }
  return undefined;
}

function insideTheLine(bytes: Buffer, start: number): Mended | undefined {
  const end = endOf(bytes, start);
  if (end - start > SEARCHED_BYTES || end - start <= HASH_TAIL_BYTES) return undefined;
  const line = Buffer.from(bytes.subarray(start, end));
  const text = line.subarray(0, -HASH_TAIL_BYTES);
  const tail = line.subarray(-HASH_TAIL_BYTES);
  const next = end + 1;
  const inTail = onlyDifference(tail, Buffer.from(hashTail(text)));
  if (inTail !== undefined) {
    const at = text.length + inTail.at;
    line[at] = (line[at] ?? 0) ^ (1 << inTail.bit);
    return { line, next, byte: start + at, bit: inTail.bit };
  }
  for (let at = 0; at < text.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      text[at] = (text[at] ?? 0) ^ (1 << bit);
      if (isSealed(line)) return { line, next, byte: start + at, bit };
      text[at] = (text[at] ?? 0) ^ (1 << bit);
    }
  }
  return undefined;
}

function endOf(bytes: Buffer, from: number): number {
  const at = bytes.indexOf(NEWLINE, from);
  return at === -1 ? bytes.length : at;
}

/** The one bit in which two texts of the same length differ. */
function onlyDifference(a: Buffer, b: Buffer): { at: number; bit: number } | undefined {
  let found: { at: number; bit: number } | undefined;
  for (let at = 0; at < a.length; at++) {
    const difference = (a[at] ?? 0) ^ (b[at] ?? 0);
    if (difference === 0) continue;
    const bit = flippedBit(difference);
    if (bit === undefined || found !== undefined) return undefined;
    found = { at, bit };
  }
  return found;
}

/** The bit that is set, if it is only one. */
function flippedBit(difference: number): number | undefined {
  const bit = Math.log2(difference);
  return difference > 0 && Number.isInteger(bit) ? bit : undefined;
}
