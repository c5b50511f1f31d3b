import type { Random } from '../../ports/random.js';

/**
 * What a customer does with the payment:
 * `pays` at once; `confirms`: is asked for the password, and gives it after a while; `refuses`: is asked, and declines
 * after a while; `no-money`: the payment fails at once; `never`: is asked, and walks away.
 */
export type Behaviour = 'pays' | 'confirms' | 'refuses' | 'no-money' | 'never';

export const BEHAVIOURS: readonly Behaviour[] = ['pays', 'confirms', 'refuses', 'no-money', 'never'];

export interface Customer {
  readonly behaviour: Behaviour;
  /** How long one who is asked takes to decide. */
  readonly afterMs: number;
}

/** A customer about whom nothing was said. */
export const PASSER_BY: Customer = { behaviour: 'pays', afterMs: 3_000 };

/** A payment code lives this long on the customer's screen. */
export const CODE_LIFE_MS = 60_000;

/** Alipay: 16 to 24 digits that begin with 25 to 30 (alipay.trade.pay, auth_code). */
export function isAlipayCode(code: string): boolean {
  return /^(?:2[5-9]|30)\d{14,22}$/.test(code);
}

/** A fresh code as Alipay's app shows it today: 18 digits that begin with 28. */
export function drawAlipayCode(random: Random): string {
  return `28${random.digits(16)}`;
}

export interface Buyer {
  /** Masked, as the platform shows it to merchants: `159****0042`. */
  readonly logonId: string;
  readonly userId: string;
}

/** Who holds a code. The same code is always the same person. */
export function buyerOf(code: string): Buyer {
  return { logonId: `15${code.slice(2, 3)}****${code.slice(-4)}`, userId: `2088${code.slice(-12)}` };
}
