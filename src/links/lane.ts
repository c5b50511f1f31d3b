import type { Clock, Timer } from '../ports/clock.js';
import type { Impairment, Passage, Undo } from '../ports/faults.js';

/** While more than this is on its way, the sender has to wait. */
const ON_THE_WAY_MAX_BYTES = 65_536;
/** A timer may fire so much too early, since a time of today has no finer digits than this. */
const ROUNDING_MS = 0.001;

export interface LaneOptions {
  readonly clock: Clock;
  /** Bytes have come through. */
  readonly arrived: (bytes: Uint8Array) => void;
  /** It holds less, or the sender may have to wait or to go on: `bytes` and `stopped` tell. */
  readonly changed: () => void;
}

/**
 * One direction of a link, as faults have it: what goes in comes out as they let it, in order. Without a fault it is
 * handed on at once, as it is.
 */
export class Lane {
  readonly #options: LaneOptions;
  readonly #stages: Stage[] = [];
  /** Came through while the receiver takes nothing. */
  readonly #early: Uint8Array[] = [];
  #earlyBytes = 0;
  #takes = true;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** On their way here. */
  get bytes(): number {
    return this.#stages.reduce((sum, stage) => sum + stage.bytes, this.#earlyBytes);
  }

  /** The sender has to wait. */
  get stopped(): boolean {
    if (this.#stages.length === 0) return this.#earlyBytes > ON_THE_WAY_MAX_BYTES;
    return this.#stages.some(({ stops }) => stops) || this.bytes > ON_THE_WAY_MAX_BYTES;
  }

  impair(impairment: Impairment): Undo {
    const { clock } = this.#options;
    const stage: Stage = new Stage(clock, impairment, {
      through: (bytes) => this.#next(this.#stages.indexOf(stage) + 1, bytes),
      moved: () => this.#moved(stage),
    });
    this.#stages.push(stage);
    this.#options.changed();
    return () => stage.end();
  }

  send(bytes: Uint8Array): void {
    this.#next(0, bytes);
  }

  /** Whether the receiver takes bytes. What comes through meanwhile is held here. */
  takes(on: boolean): void {
    if (on === this.#takes) return;
    this.#takes = on;
    if (on && this.#earlyBytes > 0) this.#options.clock.setTimeout(() => this.#handEarly(), 0); // Not from inside the call.
  }

  /** All that is on its way is lost. */
  clear(): void {
    for (const stage of this.#stages) stage.clear();
    this.#early.length = 0;
    this.#earlyBytes = 0;
  }

  /** Without a fault the link itself sees to it that nothing comes which is not taken. */
  #next(place: number, bytes: Uint8Array): void {
    const stage = this.#stages[place];
    if (stage !== undefined) stage.take(bytes);
    else if (this.#earlyBytes === 0 && (this.#takes || place === 0)) this.#options.arrived(bytes);
    else {
      this.#early.push(bytes);
      this.#earlyBytes += bytes.length;
    }
  }

  #handEarly(): void {
    while (this.#takes) {
      const bytes = this.#early.shift();
      if (bytes === undefined) break;
      this.#earlyBytes -= bytes.length;
      this.#options.arrived(bytes);
    }
    this.#options.changed();
  }

  /** Ended, a stage is gone as soon as it holds nothing. */
  #moved(stage: Stage): void {
    const at = this.#stages.indexOf(stage);
    if (stage.ended && stage.bytes === 0 && at >= 0) this.#stages.splice(at, 1);
    this.#options.changed();
  }
}

interface StageEnds {
  readonly through: (bytes: Uint8Array) => void;
  /** It has let go what was due, or does not stop the sender any more. */
  readonly moved: () => void;
}

interface Due {
  readonly bytes: Uint8Array;
  readonly atMs: number;
}

/** One fault in a lane, with the bytes that it has let go and that have not arrived yet. */
class Stage {
  readonly #clock: Clock;
  readonly #impairment: Impairment;
  readonly #ends: StageEnds;
  readonly #waiting: Due[] = [];
  #timer: Timer;
  #releasing = false;
  ended = false;
  bytes = 0;

  constructor(clock: Clock, impairment: Impairment, ends: StageEnds) {
    this.#clock = clock;
    this.#impairment = impairment;
    this.#ends = ends;
  }

  get stops(): boolean {
    return !this.ended && this.#impairment.stops === true;
  }

  take(bytes: Uint8Array): void {
    const nowMs = this.#clock.now();
    for (const passage of this.#passages(bytes)) {
      if (passage.bytes.length === 0) continue;
      const beforeMs = this.#waiting.at(-1)?.atMs ?? nowMs;
      this.#waiting.push({ bytes: passage.bytes, atMs: Math.max(beforeMs, nowMs + passage.afterMs) });
      this.bytes += passage.bytes.length;
    }
    this.#release();
  }

  /** From now on it lets everything through, behind what it has let go before. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    if (!this.#releasing) this.#release();
  }

  clear(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#waiting.length = 0;
    this.bytes = 0;
  }

  #passages(bytes: Uint8Array): readonly Passage[] {
    const passages = this.ended ? undefined : this.#impairment.pass?.(bytes);
    return passages ?? [{ bytes, afterMs: 0 }];
  }

  #release(): void {
    if (this.#releasing) return; // Called by whoever is being handed bytes: the loop below goes on with the rest.
    this.#releasing = true;
    this.#clock.clearTimeout(this.#timer);
    for (let next = this.#waiting[0]; next !== undefined && this.#isDue(next); next = this.#waiting[0]) {
      this.#waiting.shift();
      this.bytes -= next.bytes.length;
      this.#ends.through(next.bytes);
    }
    this.#releasing = false;
    const [next] = this.#waiting;
    if (next !== undefined) this.#timer = this.#clock.setTimeout(() => this.#release(), next.atMs - this.#clock.now());
    this.#ends.moved();
  }

  #isDue({ atMs }: Due): boolean {
    return atMs <= this.#clock.now() + ROUNDING_MS;
  }
}
