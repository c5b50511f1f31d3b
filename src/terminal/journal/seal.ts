import { createHash } from 'node:crypto';

const HASH_FIELD = ',"hash":"';

/** The end of a line that holds its hash: `,"hash":"…"}`. */
export const HASH_TAIL_BYTES = HASH_FIELD.length + 64 + 2;

export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The end of the line with this text in front of it. */
export function hashTail(text: string | Uint8Array): string {
  return `${HASH_FIELD}${sha256(text)}"}`;
}

/** Whether a line, without its newline, carries its own hash. */
export function isSealed(line: Buffer): boolean {
  if (line.length <= HASH_TAIL_BYTES) return false;
  const text = line.subarray(0, -HASH_TAIL_BYTES);
  return line.toString('latin1', text.length) === hashTail(text);
}

/** Whether somewhere in these bytes a hash stands whole, of whichever text: a record that was torn has none, it comes last. */
export function holdsHash(bytes: Buffer): boolean {
  return WHOLE_HASH.test(bytes.toString('latin1'));
}

/** Quotes within a text of the record have a backslash before them. */
const WHOLE_HASH = /,"hash":"[^"]{64}"}/;

/** Nothing longer is searched for a record: each place where one may end costs a hash. */
const SEARCHED_BYTES = 8_192;

/** Where the first record ends that stands whole at the beginning of these bytes, without its newline. */
export function sealedEnd(bytes: Buffer): number | undefined {
  const searched = bytes.subarray(0, SEARCHED_BYTES);
  for (let at = searched.indexOf(HASH_FIELD); at !== -1; at = searched.indexOf(HASH_FIELD, at + 1)) {
    const end = at + HASH_TAIL_BYTES;
    if (isSealed(bytes.subarray(0, end))) return end;
  }
  return undefined;
}
