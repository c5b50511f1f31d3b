import type { Random } from '../../ports/random.js';

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Letters and digits, as Square's ids are made of. */
export function newId(random: Random, length: number): string {
  let id = '';
  while (id.length < length) id += LETTERS[random.int(0, LETTERS.length - 1)] ?? '';
  return id;
}

/** A UUID of version 7 (RFC 9562): its first digits are the time, so a later run does not repeat it. */
export function newEventId(random: Random, nowMs: number): string {
  const time = Math.trunc(nowMs).toString(16).padStart(12, '0');
  const hex = (digits: number) => Array.from({ length: digits }, () => random.int(0, 15).toString(16)).join('');
  const variant = random.int(8, 11).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${hex(3)}-${variant}${hex(3)}-${hex(12)}`;
}
