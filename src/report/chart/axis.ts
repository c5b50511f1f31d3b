import { tickTexts } from '../numbers.js';

/** One direction of a chart: which values it shows, and where numbers stand. */
export interface Axis {
  readonly lo: number;
  readonly hi: number;
  readonly ticks: readonly Tick[];
}

export interface Tick {
  readonly value: number;
  readonly text: string;
}

/** Width of a letter at 11 px in most sans-serif fonts; a little too much, so that labels never touch. */
const CHAR_PX = 7;

export function textPx(text: string): number {
  let px = 0;
  for (const char of text) px += (char.codePointAt(0) ?? 0) > 0x2e7f ? 2 * CHAR_PX : CHAR_PX;
  return px;
}

/** The text, or as much of its beginning as has room in that many pixels. */
export function fitted(text: string, px: number): string {
  if (textPx(text) <= px) return text;
  let kept = '';
  for (const char of text) {
    if (textPx(`${kept}${char}…`) > px) break;
    kept += char;
  }
  return `${kept}…`;
}

/** What no double overflows with when two of them are subtracted. */
export const LARGEST = 1e300;

/**
 * The ends of an axis that shows all these values; values that are no numbers are passed over. Without a spread, or
 * without any value, it still has a length.
 */
export function extent(values: Iterable<number>, zero: boolean): { lo: number; hi: number } {
  let lo = zero ? 0 : Number.POSITIVE_INFINITY;
  let hi = zero ? 0 : Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    const kept = Math.min(Math.max(value, -LARGEST), LARGEST);
    if (kept < lo) lo = kept;
    if (kept > hi) hi = kept;
  }
  if (lo > hi) return { lo: 0, hi: 1 };
  const size = Math.max(Math.abs(lo), Math.abs(hi));
  if (hi - lo > size * 1e-9) return { lo, hi };
  return size === 0 ? { lo: 0, hi: 1 } : { lo: lo - size / 2, hi: hi + size / 2 };
}

/** Round numbers within `lo` and `hi`, `most` of them at most: steps of 1, 2 or 5 and their tens. */
export function niceTicks(lo: number, hi: number, most: number): number[] {
  const step = niceStep(hi - lo, most);
  const first = Math.ceil(lo / step - 1e-9);
  const last = Math.floor(hi / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => rounded((first + i) * step, step));
}

/** An axis whose ends are ticks. */
export function roundAxis({ lo, hi }: { lo: number; hi: number }, most: number): Axis {
  // Rounding outwards adds up to one tick at each end.
  const step = niceStep(hi - lo, Math.max(2, most - 1));
  const from = rounded(Math.floor(lo / step + 1e-9) * step, step);
  const to = rounded(Math.ceil(hi / step - 1e-9) * step, step);
  return withTexts(from, to, niceTicks(from, to, Math.round((to - from) / step) + 1));
}

/** An axis over just these ends, with as many ticks as have room for their numbers in `px` pixels. */
export function exactAxis({ lo, hi }: { lo: number; hi: number }, px: number): Axis {
  for (let most = 9; most > 2; most--) {
    const axis = withTexts(lo, hi, niceTicks(lo, hi, most));
    const widest = Math.max(0, ...axis.ticks.map(({ text }) => textPx(text)));
    const pitch = ((axis.ticks[1]?.value ?? hi) - (axis.ticks[0]?.value ?? lo)) / (hi - lo);
    if (axis.ticks.length > 0 && widest + 12 <= pitch * px) return axis;
  }
  return withTexts(lo, hi, niceTicks(lo, hi, 2));
}

/** Where a value stands between two pixels. */
export function place({ lo, hi }: Pick<Axis, 'lo' | 'hi'>, from: number, to: number): (value: number) => number {
  return (value) => from + ((Math.min(Math.max(value, lo), hi) - lo) / (hi - lo)) * (to - from);
}

function withTexts(lo: number, hi: number, ticks: readonly number[]): Axis {
  const texts = tickTexts(ticks);
  return { lo, hi, ticks: ticks.map((value, i) => ({ value, text: texts[i] ?? '' })) };
}

function niceStep(span: number, most: number): number {
  const raw = span / Math.max(1, most - 1);
  const ten = 10 ** Math.floor(Math.log10(raw));
  return (raw <= ten * 1.000001 ? 1 : raw <= 2 * ten ? 2 : raw <= 5 * ten ? 5 : 10) * ten;
}

/** Without what binary fractions leave behind: 0.3, not 0.30000000000000004. */
function rounded(value: number, step: number): number {
  const digits = -Math.floor(Math.log10(step)) + 1;
  return digits > 0 && digits <= 100 ? Number(value.toFixed(digits)) : value;
}
