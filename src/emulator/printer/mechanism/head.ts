import { itemWidth, type LineItem, type LineOperation } from '../paper/operations.js';
import { cellOf, heightOf, REVERSE } from '../paper/style.js';

/** In the shop, °C. */
const ROOM_C = 25;
/** From here on it prints slower. */
const SLOW_C = 65;
/** Here it stops, and goes on only when it has cooled to `RESUME_C`. */
export const STOP_C = 80;
const RESUME_C = 60;
/** The excess over the room falls to 37 % in this time. */
const COOLING_MS = 30_000;
/** How fast solid black at full speed heats it: 20 seconds of it reach the limit, and half-black never does. */
const HEATING_C_PER_S = 3.83;
/** Speed at the limit. */
const SLOWEST = 0.5;
/** Inked dots of a cell of text, of a reversed one, and of a symbol. */
const TEXT_INK = 0.15;
const REVERSED_INK = 0.85;
const SYMBOL_INK = 0.5;

/**
 * The thermal head's temperature: black dots heat it, the room cools it. Worked out when it is asked for, so that an idle
 * printer has no timer. The figures are those of a usual 80 mm mechanism's duty limits, rounded.
 */
export class Head {
  readonly #widthDots: number;
  #temperatureC = ROOM_C;
  #atMs = 0;
  /** Heated from outside: it does not cool. */
  #held = false;

  constructor(widthDots: number) {
    this.#widthDots = widthDots;
  }

  temperatureC(nowMs: number): number {
    if (!this.#held) {
      const passedMs = Math.max(nowMs - this.#atMs, 0);
      if (passedMs > 0 && this.#temperatureC > ROOM_C)
        this.#temperatureC = ROOM_C + (this.#temperatureC - ROOM_C) * Math.exp(-passedMs / COOLING_MS);
    }
    this.#atMs = nowMs;
    return this.#temperatureC;
  }

  /** Prints a line that takes `durationMs` at full speed. */
  print(line: LineOperation, durationMs: number, nowMs: number): void {
    const coverage = Math.min(inkedDots(line) / (this.#widthDots * line.feedDots), 1);
    this.#temperatureC = this.temperatureC(nowMs) + (HEATING_C_PER_S * coverage * durationMs) / 1_000;
  }

  /** Something heats it to the limit, or does so no longer. */
  hold(on: boolean, nowMs: number): void {
    this.temperatureC(nowMs);
    if (on) this.#temperatureC = Math.max(this.#temperatureC, STOP_C);
    this.#held = on;
  }

  get held(): boolean {
    return this.#held;
  }

  isTooHot(nowMs: number): boolean {
    return this.#temperatureC >= STOP_C && this.temperatureC(nowMs) >= STOP_C;
  }

  /** 1, and less when it is hot. */
  speed(nowMs: number): number {
    if (this.#temperatureC <= SLOW_C) return 1;
    const excess = (this.temperatureC(nowMs) - SLOW_C) / (STOP_C - SLOW_C);
    return 1 - (1 - SLOWEST) * Math.min(Math.max(excess, 0), 1);
  }

  /** How long until it may print again. */
  coolsInMs(nowMs: number): number {
    const excess = this.temperatureC(nowMs) - ROOM_C;
    return Math.max(COOLING_MS * Math.log(excess / (RESUME_C - ROOM_C)), 0);
  }
}

function inkedDots(line: LineOperation): number {
  let dots = 0;
  for (const item of line.items) dots += inkOf(item, line.heightDots);
  return dots;
}

function inkOf(item: LineItem, heightDots: number): number {
  switch (item.kind) {
    case 'text':
      return (
        itemWidth(item) *
        cellOf(item.style).heightDots *
        heightOf(item.style) *
        (item.style & REVERSE ? REVERSED_INK : TEXT_INK)
      );
    case 'image':
      return ones(item.rows) * item.scaleX * item.scaleY;
    default:
      return itemWidth(item) * heightDots * SYMBOL_INK;
  }
}

const ONES = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0;
  for (let bits = byte; bits > 0; bits >>= 1) count += bits & 1;
  return count;
});

function ones(rows: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < rows.length; at++) count += ONES[rows[at] ?? 0] ?? 0;
  return count;
}
