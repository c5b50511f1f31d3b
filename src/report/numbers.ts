const FORMATS = new Map<number, Intl.NumberFormat>();

/** A number with the given decimals at most, thousands apart: `115,200`. */
function decimal(value: number, digits: number, least = 0): string {
  const key = digits * 100 + least;
  let format = FORMATS.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat('en-US', { maximumFractionDigits: digits, minimumFractionDigits: least });
    FORMATS.set(key, format);
  }
  return format
    .format(value)
    .replace(/^-/, '−')
    .replace(/^−(0|0\.0+)$/, '$1');
}

/** Beyond these, figures in a row are not read any more. */
const HUGE = 1e15;
const TINY = 1e-6;

/** A measured number as people read it: whole numbers whole, others with five figures that count. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size >= HUGE || size < TINY)) return exponential(value, 4);
  if (Number.isInteger(value)) return decimal(value, 0);
  return decimal(value, Math.min(Math.max(4 - Math.floor(Math.log10(size)), 0), 10));
}

const PREFIXES: ReadonlyArray<readonly [factor: number, prefix: string]> = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
];

/** The numbers at an axis, all in the same manner, with as many decimals as tell one from the next. */
export function tickTexts(ticks: readonly number[]): string[] {
  const largest = Math.max(0, ...ticks.map(Math.abs));
  const step = ticks.length < 2 ? largest : Math.abs((ticks[1] ?? 0) - (ticks[0] ?? 0));
  if (largest >= HUGE || (largest > 0 && step < TINY)) return ticks.map((tick) => exponential(tick, 3));
  const [factor, prefix] = PREFIXES.find(([size]) => largest >= size) ?? [1, ''];
  const digits = decimalsOf(step / factor);
  const least = ticks.length < 2 ? 0 : digits;
  return ticks.map((tick) => (tick === 0 ? '0' : `${decimal(tick / factor, digits, least)}${prefix}`));
}

/** How many decimals it takes to write a step without rounding it. */
function decimalsOf(step: number): number {
  let digits = 0;
  while (digits < 10 && Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) > 1e-6) digits++;
  return digits;
}

function exponential(value: number, digits: number): string {
  return value === 0
    ? '0'
    : String(Number(value.toPrecision(digits)))
        .replace(/e\+?/, 'e')
        .replace(/-/g, '−');
}

/** `820 ms`, `12.4 s`, `3 min 07 s`, `2 h 05 min`. */
export function durationText(ms: number): string {
  if (ms < 999.5) return `${decimal(ms, ms < 9.95 ? 1 : 0)} ms`;
  if (ms < 59_950) return `${decimal(ms / 1000, 1, 1)} s`;
  const s = Math.round(ms / 1000);
  if (s < 3600) return `${Math.floor(s / 60)} min ${two(s % 60)} s`;
  const min = Math.round(ms / 60_000);
  return `${Math.floor(min / 60)} h ${two(min % 60)} min`;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
