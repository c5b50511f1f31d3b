import { PaperjamError } from '../base/errors.js';
import type { TillRef } from './journal/record.js';

/** The longest key, and the longest fingerprint, of a till, in characters: what is written down is bounded. */
export const TILL_KEY_MAX = 200;

/** Throws `PJ_REQUEST` for what no till's reference can be. */
export function checkTillRef({ face, key, of }: TillRef): void {
  checkTillText('till.face', face);
  checkTillText('till.key', key);
  if (of !== undefined) checkTillText('till.of', of);
}

/** Throws `PJ_REQUEST` for a name that a till gives, which is empty or too long. */
export function checkTillText(what: string, value: string): void {
  const { length } = value;
  if (length >= 1 && length <= TILL_KEY_MAX) return;
  const problem = `it has ${length} characters, and 1 to ${TILL_KEY_MAX} are allowed`;
  throw new PaperjamError('PJ_REQUEST', { what, problem });
}
