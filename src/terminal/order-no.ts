import type { Random } from '../ports/random.js';
import type { Merchant } from './context.js';

const TIME_DIGITS = 14;
const CHANCE_DIGITS = 6;

/**
 * A new order number: terminal, local date and time, six digits of chance. Only letters and digits, at most 32 with a terminal of 12: Alipay
 * takes 64 letters, digits and underscores, WeChat Pay 32.
 */
export function newOrderNo({ terminalId, utcOffsetMinutes }: Merchant, nowMs: number, random: Random): string {
  const local = new Date(nowMs + utcOffsetMinutes * 60_000).toISOString();
  return `${terminalId}${local.slice(0, 19).replace(/\D/g, '')}${random.digits(CHANCE_DIGITS)}`;
}

/** The number of the terminal that an order number begins with: T1 and T10 are not taken for each other. */
export function terminalOf(orderNo: string): string {
  return orderNo.slice(0, -(TIME_DIGITS + CHANCE_DIGITS));
}
