import { PaperjamError } from '../base/errors.js';
import type { Wallet } from '../ports/acquirer.js';

/** Prefix and length of each wallet's payment code (付款码), as the platforms publish them. */
const RULES: readonly { wallet: Wallet; from: number; to: number; lengths: readonly [min: number, max: number] }[] = [
  { wallet: 'wechat', from: 10, to: 15, lengths: [18, 18] },
  { wallet: 'alipay', from: 25, to: 30, lengths: [16, 24] },
  { wallet: 'unionpay', from: 62, to: 62, lengths: [19, 19] },
];

export const ALLOWED_CODES = RULES.map(
  ({ wallet, from, to, lengths: [min, max] }) =>
    `${wallet} ${from === to ? from : `${from}-${to}`} with ${min === max ? min : `${min}-${max}`} digits`,
).join(', ');

export type CodeReading =
  | { readonly ok: true; readonly code: string; readonly wallet: Wallet }
  /** `problem` in words; `code` as it came, made safe to print. */
  | { readonly ok: false; readonly code: string; readonly problem: string };

/** Decides by prefix and length whose payment code was read. Spaces at the ends are the scanner's and are dropped. */
export function readPaymentCode(scanned: string): CodeReading {
  const code = scanned.trim();
  const bad = (problem: string): CodeReading => ({ ok: false, code: printable(code), problem });
  if (code === '') return bad('it is empty');
  if (!/^\d+$/.test(code)) return bad('it has characters that are not digits');
  if (isTradeNumber(code)) return bad('it is the number of an earlier payment, and no code to pay with');
  const prefix = Number(code.slice(0, 2));
  const rule = RULES.find(({ from, to }) => prefix >= from && prefix <= to);
  if (rule === undefined) return bad(`no wallet has codes that begin with ${code.slice(0, 2)}`);
  const [min, max] = rule.lengths;
  if (code.length < min || code.length > max) return bad(`it has ${code.length} digits`);
  return { ok: true, code, wallet: rule.wallet };
}

/**
 * Whether it is the number of a payment, as it stands on the page of one that went through: Alipay's are 28 digits that
 * begin with the day (alipay.trade.pay, trade_no: 2013112011001004330000121536).
 */
export function isTradeNumber(code: string): boolean {
  return /^20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{20}$/.test(code);
}

/** Throws `PJ_CODE` unless the code has the shape of one of these wallets'. */
export function checkPaymentCode(code: string, wallets: readonly Wallet[]): void {
  const reading = readPaymentCode(code);
  if (reading.ok && wallets.includes(reading.wallet)) return;
  const problem = reading.ok ? `this terminal takes no codes of ${reading.wallet}` : reading.problem;
  const value = JSON.stringify(maskCode(code.trim()));
  throw new PaperjamError('PJ_CODE', { value, problem, allowed: ALLOWED_CODES });
}

/** `281234567890123456` as `2812…3456`: enough to recognise, too little to pay with. */
export function maskCode(code: string): string {
  return code.length <= 8 ? code : `${code.slice(0, 4)}…${code.slice(-4)}`;
}

function printable(text: string): string {
  const safe = text.replace(/[^\x20-\x7e]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return safe.length <= 64 ? safe : `${safe.slice(0, 64)}… (${text.length} characters)`;
}
