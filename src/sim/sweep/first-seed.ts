import { createHash } from 'node:crypto';
import { SEEDS } from './source.js';

/** A seed from what somebody writes: a number below 2^31 is itself; any other text, such as a commit's hash, is hashed to one. */
export function seedOf(text: string): number {
  const number = Number(text);
  if (/^\d{1,10}$/.test(text) && number < SEEDS) return number;
  return createHash('sha256').update(text).digest().readUInt32BE() % SEEDS;
}
