import type { RotPlace } from '../ports/faults.js';
import type { RottingStorage } from '../ports/storage.js';

/** One bit of what is stored. */
export interface StoredBit {
  readonly offset: number;
  /** 0 is the lowest. */
  readonly bit: number;
}

/** `,"hash":"`, 64 digits, `"}`. */
const HASH_BYTES = 64;
const AFTER_HASH = '"}'.length;
const BEFORE_HASH = ',"hash":"'.length;

/**
 * The bits that rot in a journal, in the record so many before the last: spread evenly over its text or its hash, or all
 * in its line end. None in an empty journal; in a shorter one than that, the first record's.
 */
export function rottenBits(
  journal: Uint8Array,
  { back, place, bits }: { readonly back: number; readonly place: RotPlace; readonly bits: number },
): StoredBit[] {
  const ends: number[] = [];
  for (let at = journal.indexOf(0x0a); at !== -1; at = journal.indexOf(0x0a, at + 1)) ends.push(at);
  const record = Math.max(ends.length - 1 - back, 0);
  const end = ends[record];
  if (end === undefined) return [];
  if (place === 'line-end') return Array.from({ length: bits }, (_, bit) => ({ offset: end, bit }));
  const hash = end - AFTER_HASH - HASH_BYTES;
  const [from, to] = place === 'hash' ? [hash, end - AFTER_HASH] : [(ends[record - 1] ?? -1) + 1, hash - BEFORE_HASH];
  const step = (to - from) / (bits + 1);
  return Array.from({ length: bits }, (_, i) => ({ offset: Math.floor(from + step * (i + 1)), bit: 0 }));
}

/** Longer than what every record ends with: the hash of the one before it, and its own. */
const AROUND_BYTES = 400;
/** Several rots may have struck one record. Of two records more differs than that: their hashes. */
const MOST_ROTTEN_BYTES = 32;

/** Whether the record that stood at this offset then still stands there: one that was never synced may have made way for another. */
export function standsThere(then: Uint8Array, now: Uint8Array, offset: number): boolean {
  let differing = 0;
  const end = Math.min(offset + AROUND_BYTES, then.length);
  for (let at = Math.max(offset - AROUND_BYTES, 0); at < end; at++) if (then[at] !== now[at]) differing++;
  return differing <= MOST_ROTTEN_BYTES;
}

/** Flips this bit of what is stored, counted from its beginning, and over again behind its end. */
export function rotAt(storage: RottingStorage, bit: number | undefined): void {
  if (bit === undefined) return;
  const bits = 8 * storage.read().length;
  if (bits > 0) storage.rot(Math.floor((bit % bits) / 8), bit % 8);
}
