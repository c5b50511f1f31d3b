import { createHash } from 'node:crypto';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** An id in Stripe's form. The same seed gives the same id, so that what is done once more finds what it made before. */
export function idFrom(prefix: string, seed: string, length = 24): string {
  let number = BigInt(`0x${createHash('sha256').update(seed).digest('hex')}`);
  let text = '';
  for (; text.length < length; number /= 62n) text += DIGITS[Number(number % 62n)];
  return `${prefix}_${text}`;
}

export function readerIdOf(terminalId: string): string {
  return idFrom('tmr', `reader ${terminalId}`, 14);
}

/** Objects that a sale is, in this protocol, are named after its order number. */
export const chargeIdOf = (saleId: string) => `ch_${saleId}`;
export const methodIdOf = (saleId: string) => `pm_${saleId}`;

/** A refund that failed is a refund of its own; `nth` counts from 1. */
export const refundIdOf = (saleId: string, nth: number) => (nth === 1 ? `re_${saleId}` : `re_${saleId}_${nth}`);

/** The order number in an id of these. */
export function saleIdIn(id: string, prefix: 'ch' | 'pm' | 're' | 'pi'): string | undefined {
  return new RegExp(`^${prefix}_([A-Za-z0-9]{1,40})(?:_\\d+)?$`).exec(id)?.[1];
}

/** Stripe counts in seconds. */
export const seconds = (ms: number) => Math.floor(ms / 1000);
