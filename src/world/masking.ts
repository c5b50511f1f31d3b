import { maskCode } from '../terminal/payment-code.js';

/** Fields that a person could be recognised by, or that could be paid with. What the platform masks itself stays. */
const PRIVATE = new Set(['auth_code', 'buyer_user_id', 'buyer_open_id', 'open_id', 'sign']);
/** A payment code inside other text: 16 to 24 digits with a wallet's prefix, and no digit around them. */
const CODE_IN_TEXT = /(?<![0-9A-Za-z])(?:1[0-5]|2[5-9]|30|62)\d{14,22}(?![0-9A-Za-z])/g;

/** The same value with payment codes and account numbers masked, however deep they stand. What is masked already stays. */
export function masked(value: unknown): unknown {
  if (typeof value === 'string') return maskedText(value);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) =>
      PRIVATE.has(name) && typeof inner === 'string' ? [name, maskCode(inner)] : [name, masked(inner)],
    ),
  );
}

/** Text in which nothing can be paid with. */
export function maskedText(text: string): string {
  return text.replace(CODE_IN_TEXT, (code) => maskCode(code));
}
