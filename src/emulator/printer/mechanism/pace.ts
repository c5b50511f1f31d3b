import type { Clock } from '../../../ports/clock.js';
import type { PaperOperation } from '../paper/operations.js';
import { Head } from './head.js';

export interface PaceOptions {
  readonly clock: Clock;
  readonly dpi: number;
  /** `Infinity`: nothing takes any time, and nothing heats the head. */
  readonly speedMmPerS: number;
  /** A thermal head's width; absent on impact models, which do not overheat. */
  readonly headDots?: number;
}

/** How long a cut takes. */
const CUT_MS = 300;

/** How fast the paper moves: the model's speed, less with a hot head, less in a printer that is made slow. */
export class Pace {
  readonly #options: PaceOptions;
  readonly #head: Head | undefined;
  #slowness = 1;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#head = options.headDots === undefined ? undefined : new Head(options.headDots);
  }

  /** How many times as long as usual everything takes. */
  slow(factor: number): void {
    this.#slowness = factor;
  }

  mm(operation: PaperOperation): number {
    return operation.op === 'cut' ? 0 : (operation.feedDots * 25.4) / this.#options.dpi;
  }

  durationMs(operation: PaperOperation): number {
    if (this.#instant) return 0;
    if (operation.op === 'cut') return operation.kind === 'torn' ? 0 : CUT_MS * this.#slowness;
    const fullMs = this.#fullSpeedMs(operation) * this.#slowness;
    return this.#head === undefined ? fullMs : fullMs / this.#head.speed(this.#options.clock.now());
  }

  /** It has come out, and has heated the head. */
  printed(operation: PaperOperation): void {
    if (operation.op !== 'line' || this.#head === undefined || this.#instant) return;
    this.#head.print(operation, this.#fullSpeedMs(operation), this.#options.clock.now());
  }

  get tooHot(): boolean {
    return this.#head?.isTooHot(this.#options.clock.now()) ?? false;
  }

  /** Heats the head to its limit from outside, or does so no longer. `false`: there is nothing to heat. */
  heat(on: boolean): boolean {
    this.#head?.hold(on, this.#options.clock.now());
    return this.#head !== undefined;
  }

  /** How long until a head that was too hot may print again; `undefined` while it is heated from outside. */
  get coolsInMs(): number | undefined {
    return this.#head?.held === false ? this.#head.coolsInMs(this.#options.clock.now()) : undefined;
  }

  get #instant(): boolean {
    return this.#options.speedMmPerS === Number.POSITIVE_INFINITY;
  }

  #fullSpeedMs(operation: PaperOperation): number {
    return (this.mm(operation) * 1_000) / this.#options.speedMmPerS;
  }
}
