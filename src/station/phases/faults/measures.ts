import type { Bench } from '../../bench.js';
import type { Measurable } from '../../results.js';

/** What one fault measures, by the last part of its name, and what of it is still to come. */
export class Measures {
  readonly #bench: Bench;
  readonly #phase: string;
  readonly #all: ReadonlyMap<string, Measurable>;
  readonly #taken = new Set<string>();

  constructor(bench: Bench, phase: string, all: ReadonlyMap<string, Measurable>) {
    this.#bench = bench;
    this.#phase = phase;
    this.#all = all;
  }

  has(part: string): boolean {
    return this.#all.has(part);
  }

  measure(part: string, value: number | string | boolean, note?: string): void {
    this.#bench.results.measure(this.#take(part), value, note);
  }

  /** A time from what hands have done to what was seen of it. */
  time(part: string, fromMs: number | undefined, toMs: number | undefined): void {
    if (fromMs === undefined) this.skip(part, 'when exactly a hand has done it is not known');
    else this.measure(part, toMs === undefined ? 'not seen' : Math.max(toMs - fromMs, 0));
  }

  skip(part: string, why: string): void {
    this.#bench.results.skip(this.#take(part), why);
  }

  /** What could not be measured any more. */
  skipRest(why: string): void {
    for (const part of this.#all.keys()) if (!this.#taken.has(part)) this.skip(part, why);
  }

  #take(part: string): Measurable {
    const what = this.#all.get(part);
    if (what === undefined) throw new Error(`${this.#phase} does not measure ${part}`);
    this.#taken.add(part);
    return what;
  }
}
