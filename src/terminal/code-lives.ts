import type { Clock, Timer } from '../ports/clock.js';

/** More lies not between the record and the request, unless the clock was set. */
const SYNC_MAX_MS = 1_000;

/**
 * For how long payment codes that were sent may still be paid with. Timers count it, since the terminal's time of day may
 * be set while a code lives; only of one that was sent before this boot its time stamp has to tell.
 */
export class CodeLives {
  readonly #clock: Clock;
  readonly #lifeMs: number;
  /** Those that are counted by this boot, and whether they are over. */
  readonly #counted = new Map<string, { readonly timer: Timer; over: boolean }>();

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

  /** How long the code of a sale that was sent at this time of day may still live; 0 if it is over. */
  leftMs(saleId: string, sentAtMs: number | undefined): number {
    if (sentAtMs === undefined) return 0;
    const leftMs = sentAtMs + this.#lifeMs - this.#clock.now();
    if (leftMs > 0 && !this.#counted.has(saleId)) this.#count(saleId, Math.min(leftMs, this.#lifeMs));
    const counted = this.#counted.get(saleId);
    if (counted === undefined || counted.over) return 0;
    return Math.min(Math.max(leftMs, 1), this.#lifeMs); // A time of day that makes no sense is not believed.
  }

  /** The platform has said what became of the sale: nobody has to wait for its code any more. */
  settled(saleId: string): void {
    this.#clock.clearTimeout(this.#counted.get(saleId)?.timer);
    this.#counted.delete(saleId);
  }

  stop(): void {
    for (const { timer } of this.#counted.values()) this.#clock.clearTimeout(timer);
  }

  #count(saleId: string, forMs: number): void {
    const counted = { over: false, timer: this.#clock.setTimeout(() => this.#end(saleId), forMs) };
    this.#counted.set(saleId, counted);
  }

  #end(saleId: string): void {
    const counted = this.#counted.get(saleId);
    if (counted !== undefined) counted.over = true;
  }
}
