import type { Clock, Timer } from '../ports/clock.js';

/** More lies not between the record and the request, unless the clock was set. */
const SYNC_MAX_MS = 1_000;

interface Counted {
  readonly timer: Timer;
  readonly fromMs: number;
  readonly forMs: number;
  over: boolean;
}

/**
 * For how long payment codes that were sent may still be paid with. Timers count it, since the terminal's time of day may
 * be set while a code lives. Of one that was sent before this boot nobody knows for how long the power was off: a time of
 * day that has just been set says anything. It lives its whole life from when it is first asked about.
 */
export class CodeLives {
  readonly #clock: Clock;
  readonly #lifeMs: number;
  /** Those that are counted by this boot, and whether they are over. */
  readonly #counted = new Map<string, Counted>();

  constructor(clock: Clock, lifeMs: number) {
    this.#clock = clock;
    this.#lifeMs = lifeMs;
  }

  /** The code is about to be sent; the journal has it since `sentAtMs`. */
  begin(saleId: string, sentAtMs: number | undefined): void {
    const sinceMs = this.#clock.now() - (sentAtMs ?? this.#clock.now());
    const syncing = sinceMs >= 0 && sinceMs <= SYNC_MAX_MS;
    this.#count(saleId, this.#lifeMs - (syncing ? sinceMs : 0));
  }

  /** How long the code of a sale may still live, if it was sent; 0 if that is over. */
  leftMs(saleId: string, sentAtMs: number | undefined): number {
    if (sentAtMs === undefined) return 0;
    const counted = this.#counted.get(saleId) ?? this.#count(saleId, this.#lifeMs);
    if (counted.over) return 0;
    const leftMs = counted.fromMs + counted.forMs - this.#clock.now();
    return Math.min(Math.max(leftMs, 1), counted.forMs); // A time of day that makes no sense is not believed.
  }

  /** The platform has said what became of the sale: nobody has to wait for its code any more. */
  settled(saleId: string): void {
    this.#clock.clearTimeout(this.#counted.get(saleId)?.timer);
    this.#counted.delete(saleId);
  }

  stop(): void {
    for (const { timer } of this.#counted.values()) this.#clock.clearTimeout(timer);
  }

  #count(saleId: string, forMs: number): Counted {
    const timer = this.#clock.setTimeout(() => this.#end(saleId), forMs);
    const counted = { timer, fromMs: this.#clock.now(), forMs, over: false };
    this.#counted.set(saleId, counted);
    return counted;
  }

  #end(saleId: string): void {
    const counted = this.#counted.get(saleId);
    if (counted !== undefined) counted.over = true;
  }
}
