import type { Condition } from './condition.js';

/** Whether a roll ends with a whole line, or wherever it ends: sensor before the head, or close to it. */
export type PaperEndAt = 'line' | 'dot';

/** The roll in the printer. Without a word about its length it never ends. */
export class Roll {
  readonly #nearEndMm: number;
  readonly #endsAt: PaperEndAt;
  readonly #changed: () => void;
  #leftMm = Number.POSITIVE_INFINITY;
  /** What the sensors say whatever there is: a person took the paper out, or moved the sensor's lever. */
  #takenOut = false;
  #lever = false;
  #stopsAtNearEnd = false;

  /** `nearEndMm`: so much is left when the near-end sensor notices; 0 without one. `changed`: a person had to do with it. */
  constructor(nearEndMm: number, endsAt: PaperEndAt, changed: () => void) {
    this.#changed = changed;
    this.#nearEndMm = nearEndMm;
    this.#endsAt = endsAt;
  }

  /** Loads a roll of which so much is left. */
  load(leftMm: number): void {
    this.#leftMm = leftMm;
    this.#takenOut = false;
    this.#lever = false;
    this.#changed();
  }

  takeOut(): void {
    this.#takenOut = true;
    this.#changed();
  }

  /** Off: there is a new roll. */
  nearEnd(on: boolean): void {
    this.#lever = on;
    if (!on) this.#leftMm = Number.POSITIVE_INFINITY;
    this.#changed();
  }

  /** `ESC c 4`: near end stops printing as paper end does. */
  stopAtNearEnd(on: boolean): void {
    if (on === this.#stopsAtNearEnd) return;
    this.#stopsAtNearEnd = on;
    this.#changed();
  }

  /** What its sensors say. */
  get condition(): Pick<Condition, 'paperOut' | 'paperNearEnd' | 'nearEndStops'> {
    const paperNearEnd = this.#isNearEnd;
    return {
      paperOut: this.#takenOut || this.#leftMm <= 0,
      paperNearEnd,
      nearEndStops: paperNearEnd && this.#stopsAtNearEnd,
    };
  }

  get endless(): boolean {
    return this.#leftMm === Number.POSITIVE_INFINITY;
  }

  get #isNearEnd(): boolean {
    return this.#nearEndMm > 0 && (this.#lever || this.#leftMm < this.#nearEndMm);
  }

  /** Which share of a movement the paper still lasts for. */
  share(mm: number): number {
    return this.#endsAt === 'line' || mm <= this.#leftMm ? 1 : Math.max(this.#leftMm, 0) / mm;
  }

  use(mm: number): void {
    this.#leftMm -= mm;
  }
}
