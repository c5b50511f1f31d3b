import type { Clock, Timer } from '../../../ports/clock.js';
import type { LineOperation, PaperOperation } from '../paper/operations.js';
import { ALL_CLEAR, type Condition, isOffline, sameCondition } from './condition.js';

export interface MechanismOptions {
  readonly clock: Clock;
  readonly dpi: number;
  /** `Infinity`: everything is printed as soon as it is known, without a timer. */
  readonly speedMmPerS: number;
  /** An operation has come out on the paper; a line that was cut short has `inkedDots`. */
  readonly printed: (operation: PaperOperation) => void;
  /** The condition has changed. */
  readonly changed: () => void;
  /** It can take more. */
  readonly idle: () => void;
}

/** How long a cut takes. */
const CUT_MS = 300;
/** What a feed that stalls from the start has already printed of its line. */
const STALLED_SHARE = 1 / 3;

interface Motion {
  readonly startMs: number;
  readonly durationMs: number;
  readonly timer: Timer;
}

/**
 * Paper, head and cutter: carries out one operation after the other, each in its time, and is where faults act.
 *
 * Fault model. Paper end: the sensor sits before the head, so the line that is being printed is finished and the next one
 * waits. Cover open: the line that is being printed is cut short, and printed again as a whole when the cover is closed.
 * Jam: nothing shows until the paper has to move; then the line is cut short and a recoverable error is set, which stays
 * until the cause is gone *and* `recover` was called; then printing goes on with the line where it happened. Hang: time
 * stops. Power off: the line that is being printed is cut short, and everything that waits is lost.
 */
export class Mechanism {
  readonly #options: MechanismOptions;
  /** The first one is under way or has to be done again; the others wait for it. */
  readonly #queue: PaperOperation[] = [];
  #motion: Motion | undefined;
  #advancing = false;
  #condition: Condition = ALL_CLEAR;
  #jammed = false;
  #powered = true;
  #hung = false;
  /** While hung: what is left of the motion that was under way. */
  #frozenLeftMs: number | undefined;
  /** Nothing more can be taken: something is being printed or waits for the printer to be ready. */
  busy = false;

  constructor(options: MechanismOptions) {
    this.#options = options;
  }

  get condition(): Condition {
    return this.#condition;
  }

  get powered(): boolean {
    return this.#powered;
  }

  get hung(): boolean {
    return this.#hung;
  }

  submit(operation: PaperOperation): void {
    this.#queue.push(operation);
    this.#advance();
  }

  paperOut(on: boolean): void {
    this.#change({ paperOut: on });
  }

  paperNearEnd(on: boolean): void {
    this.#change({ paperNearEnd: on });
  }

  drawerPin(high: boolean): void {
    this.#change({ drawerHigh: high });
  }

  coverOpen(on: boolean): void {
    if (on) this.#interrupt();
    this.#change({ coverOpen: on });
  }

  jam(on: boolean): void {
    this.#jammed = on;
    if (on && this.#motion !== undefined && moves(this.#queue[0])) {
      this.#interrupt();
      this.#change({ mechanicalError: true });
    }
  }

  /** Leaves the recoverable error, if its cause is gone. */
  recover(): void {
    if (!this.#jammed) this.#change({ mechanicalError: false });
  }

  /** Forgets what waits; a line that is under way is finished. */
  clear(): void {
    this.#queue.length = this.#motion === undefined ? 0 : 1;
    this.#update();
  }

  hang(on: boolean): void {
    if (on === this.#hung) return;
    this.#hung = on;
    const { clock } = this.#options;
    const motion = this.#motion;
    if (motion !== undefined && on) {
      clock.clearTimeout(motion.timer);
      this.#frozenLeftMs = motion.startMs + motion.durationMs - clock.now();
    } else if (motion !== undefined) {
      const leftMs = this.#frozenLeftMs ?? 0;
      const startMs = clock.now() + leftMs - motion.durationMs;
      this.#motion = { ...motion, startMs, timer: clock.setTimeout(this.#finish, leftMs) };
      this.#frozenLeftMs = undefined;
    }
    this.#advance();
    this.#tellIdle();
  }

  /** Switching off loses what waits, every error and a hang; cover and paper stay as they are. */
  power(on: boolean): void {
    if (on === this.#powered) return;
    if (!on) {
      this.#interrupt();
      this.#queue.length = 0;
      this.#hung = false;
    }
    this.#powered = on;
    this.#change({ mechanicalError: false });
  }

  /** Stops for good: no timer is left behind. */
  close(): void {
    this.#options.clock.clearTimeout(this.#motion?.timer);
    this.#motion = undefined;
    this.#queue.length = 0;
    this.#powered = false;
    this.#update();
  }

  get #ready(): boolean {
    return this.#powered && !this.#hung && !isOffline(this.#condition);
  }

  #change(changes: Partial<Condition>): void {
    const before = this.#condition;
    this.#condition = { ...before, ...changes };
    this.#advance();
    if (!sameCondition(before, this.#condition)) this.#options.changed();
    this.#tellIdle();
  }

  #tellIdle(): void {
    if (!this.busy && !this.#advancing) this.#options.idle();
  }

  #update(): void {
    this.busy = this.#queue.length > 0 || !this.#ready;
  }

  /** Carries out what waits, as far as it goes without waiting for time. */
  #advance(): void {
    if (this.#advancing) return; // Called from a listener of its own doings.
    this.#advancing = true;
    for (;;) {
      const operation = this.#queue[0];
      if (operation === undefined || this.#motion !== undefined || !this.#ready) break;
      if (this.#jammed && moves(operation)) {
        this.#cutShort(operation, STALLED_SHARE);
        this.#change({ mechanicalError: true });
        break;
      }
      const durationMs = this.#durationMs(operation);
      if (durationMs > 0) {
        const { clock } = this.#options;
        const startMs = clock.now();
        this.#motion = { startMs, durationMs, timer: clock.setTimeout(this.#finish, durationMs) };
        break;
      }
      this.#queue.shift();
      this.#options.printed(operation);
    }
    this.#advancing = false;
    this.#update();
  }

  readonly #finish = (): void => {
    this.#motion = undefined;
    const operation = this.#queue.shift();
    if (operation !== undefined) this.#options.printed(operation);
    this.#advance();
    this.#tellIdle();
  };

  /** What is under way stops where it is, and stays to be done again. */
  #interrupt(): void {
    const motion = this.#motion;
    const operation = this.#queue[0];
    if (motion === undefined || operation === undefined) return;
    this.#options.clock.clearTimeout(motion.timer);
    this.#motion = undefined;
    const leftMs = this.#frozenLeftMs ?? motion.startMs + motion.durationMs - this.#options.clock.now();
    this.#frozenLeftMs = undefined;
    this.#cutShort(operation, 1 - leftMs / motion.durationMs);
  }

  #cutShort(operation: PaperOperation, share: number): void {
    if (operation.op !== 'line') return;
    const inkedDots = Math.min(Math.max(Math.round(operation.feedDots * share), 1), operation.heightDots - 1);
    const part: LineOperation = { ...operation, inkedDots, feedDots: inkedDots };
    this.#options.printed(part);
  }

  #durationMs(operation: PaperOperation): number {
    const { dpi, speedMmPerS } = this.#options;
    if (speedMmPerS === Number.POSITIVE_INFINITY) return 0;
    if (operation.op === 'cut') return operation.kind === 'torn' ? 0 : CUT_MS;
    return (operation.feedDots * 25.4 * 1_000) / (dpi * speedMmPerS);
  }
}

/** It needs the paper to move. */
function moves(operation: PaperOperation | undefined): boolean {
  return operation !== undefined && operation.op !== 'cut';
}
