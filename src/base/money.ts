import { PaperjamError } from './errors.js';

/** The least and the most that a sale may be, in fen. The upper bound is a safeguard against typing errors, not a platform's rule. */
export const AMOUNT_MIN_FEN = 1;
export const AMOUNT_MAX_FEN = 5_000_000;

const ALLOWED = `a decimal number of yuan with at most two digits after the point, from ${formatYuan(AMOUNT_MIN_FEN)} to ${formatYuan(AMOUNT_MAX_FEN)}`;

/** Reads `12.80`, `12.8` or `12` as fen. Throws `PJ_AMOUNT` for anything else: no sign, no exponent, no third digit. */
export function parseYuan(text: string): number {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.trim());
  const fen = match === null ? Number.NaN : Number(match[1]) * 100 + Number((match[2] ?? '0').padEnd(2, '0'));
  if (!isAmount(fen)) throw new PaperjamError('PJ_AMOUNT', { value: JSON.stringify(text), allowed: ALLOWED });
  return fen;
}

/** `1280` as `12.80`. */
export function formatYuan(fen: number): string {
  return `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}

/** Throws `PJ_AMOUNT` unless `fen` is a whole number within the limits. */
export function checkAmountFen(fen: number): void {
  if (!isAmount(fen)) throw new PaperjamError('PJ_AMOUNT', { value: `${fen} fen`, allowed: ALLOWED });
}

function isAmount(fen: number): boolean {
  return Number.isInteger(fen) && fen >= AMOUNT_MIN_FEN && fen <= AMOUNT_MAX_FEN;
}
