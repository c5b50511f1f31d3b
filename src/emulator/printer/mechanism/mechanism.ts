import type { Timer } from '../../../ports/clock.js';
import type { PaperOperation } from '../paper/operations.js';
import { ALL_CLEAR, type Condition, isStopped, sameCondition } from './condition.js';
import { Ink } from './ink.js';
import { Motion } from './motion.js';
import { Pace, type PaceOptions } from './pace.js';
import { Pause } from './pause.js';
import { type PaperEndAt, Roll } from './roll.js';

export interface MechanismOptions extends PaceOptions {
  /** So much paper is left when the near-end sensor notices; 0: no such sensor. Default 3,000. */
  readonly nearEndMm?: number;
  /** Where a roll ends. Default `line`. */
  readonly paperEndAt?: PaperEndAt;
  /** An operation has come out on the paper; a line that was cut short has `inkedDots`. */
  readonly printed: (operation: PaperOperation) => void;
  /** The condition has changed. */
  readonly changed: () => void;
  /** It can take more. */
  readonly idle: () => void;
}

/** What a feed that stalls from the start has already printed of its line. */
const STALLED_SHARE = 1 / 3;

/**
 * Paper, head and cutter: carries out one operation after the other, each in its time, and is where faults act.
 *
 * Fault model. Paper end: the sensor sits before the head, so the line that is being printed is finished and the next one
 * waits; or, on models that say so, the line is cut short. Cover open: the line that is being printed is cut short, and
 * printed again as a whole when the cover is closed. Jam: nothing shows until the paper has to move; then the line is cut
 * short and a recoverable error is set, which stays until the cause is gone *and* `recover` was called; then printing goes
 * on with the line where it happened. A ribbon that a sensor finds broken: the same error, at once. A cutter that jams: the same at the next cut. Heat: slower, then nothing until it has
 * cooled. Hang: time stops. Power off: the line that is being printed is cut short, and everything that waits is lost.
 */
export class Mechanism {
  readonly ink = new Ink();
  readonly pace: Pace;
  /** Nothing more is taken while it lasts. */
  readonly pause: Pause;
  readonly roll: Roll;
  readonly #options: MechanismOptions;
  readonly #motion: Motion;
  /** The first one is under way or has to be done again; the others wait for it. */
  readonly #queue: PaperOperation[] = [];
  #advancing = false;
  #condition: Condition = ALL_CLEAR;
  #jammed = false;
  #cutterJammed = false;
  #powered = true;
  #hung = false;
  #cooling: Timer;
  /** Nothing more can be taken: something is being printed or waits for the printer to be ready. */
  busy = false;

  constructor(options: MechanismOptions) {
    const { clock, nearEndMm = 3_000, paperEndAt = 'line' } = options;
    this.#options = options;
    this.pace = new Pace(options);
    this.#motion = new Motion(clock);
    this.pause = new Pause(clock, () => this.#settle());
    this.roll = new Roll(nearEndMm, paperEndAt, () => this.#sensePaper());
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

  /** What a sensor, a lever or a button says now. */
  sense(changes: Partial<Condition>): void {
    const before = this.#condition;
    this.#condition = { ...before, ...changes };
    this.#advance();
    if (!sameCondition(before, this.#condition)) this.#options.changed();
    this.#tellIdle();
  }

  /** `dot`: out in the middle of a line, which is cut short. Off: a roll that never ends is loaded. */
  paperOut(on: boolean, at: PaperEndAt = 'line'): void {
    if (on && at === 'dot') this.#interrupt();
    if (on) this.roll.takeOut();
    else this.roll.load(Number.POSITIVE_INFINITY);
  }

  coverOpen(on: boolean): void {
    if (on) this.#interrupt();
    this.sense({ coverOpen: on });
  }

  jam(on: boolean): void {
    this.#jammed = on;
    if (!on || !this.#motion.underWay || this.#queue[0]?.op === 'cut') return;
    this.#interrupt();
    this.sense({ mechanicalError: true });
  }

  /** It watches the ribbon at rest too, so that a broken one shows before anything is struck without ink. */
  ribbonSensor(broken: boolean): void {
    this.#jammed = broken;
    if (!broken) return;
    this.#interrupt();
    this.sense({ mechanicalError: true });
  }

  cutterJam(on: boolean): void {
    this.#cutterJammed = on;
    if (!on || !this.#motion.underWay || this.#queue[0]?.op !== 'cut') return;
    this.#interrupt();
    this.sense({ cutterError: true });
  }

  /** Something heats the head to its limit; when it does so no longer, the head has to cool first. */
  heat(on: boolean): void {
    if (!this.pace.heat(on)) return;
    if (on) this.sense({ overheated: true });
    if (this.#condition.overheated) this.#cool();
  }

  /** Feeds line by line while it is held, unless something is under way; ends a pause that waits for it. */
  feedButton(down: boolean): void {
    if (!down) this.sense({ feeding: false });
    else if (this.pause.press()) return;
    else if (this.#isReady() && this.#queue.length === 0) {
      this.sense({ feeding: true });
      this.#feedLine();
    }
  }

  /** Leaves the recoverable errors whose cause is gone. */
  recover(): void {
    const { mechanicalError: stalled, cutterError: stuck } = this.#condition;
    this.sense({ mechanicalError: stalled && this.#jammed, cutterError: stuck && this.#cutterJammed });
  }

  /** Forgets what waits; a line that is under way is finished. */
  clear(): void {
    this.#queue.length = this.#motion.underWay ? 1 : 0;
    this.pause.forget();
    this.#update();
  }

  hang(on: boolean): void {
    if (on === this.#hung) return;
    this.#hung = on;
    this.#motion.freeze(on);
    this.#advance();
    this.#tellIdle();
  }

  /**
   * Switching off loses what waits, every error and a hang; cover, paper and heat stay as they are. Switching on moves the
   * blade home, so that a cutter which is still jammed shows at once.
   */
  power(on: boolean): void {
    if (on === this.#powered) return;
    if (!on) {
      this.#interrupt();
      this.#queue.length = 0;
      this.#hung = false;
      this.pause.forget();
    }
    this.#powered = on;
    const cutterError = on && this.#cutterJammed;
    this.sense({ mechanicalError: false, cutterError, unrecoverable: false, offline: false, feeding: false });
  }

  /** Stops for good: no timer is left behind. */
  close(): void {
    this.#options.clock.clearTimeout(this.#cooling);
    this.pause.forget();
    this.#motion.stop();
    this.#queue.length = 0;
    this.#powered = false;
    this.#update();
  }

  #isReady(): boolean {
    return this.#powered && !this.#hung && !isStopped(this.#condition);
  }

  #sensePaper(): void {
    this.sense(this.roll.condition);
  }

  #tellIdle(): void {
    if (!this.busy && !this.#advancing) this.#options.idle();
  }

  #settle(): void {
    this.#update();
    this.#tellIdle();
  }

  #update(): void {
    this.busy = this.#queue.length > 0 || this.pause.on || this.#condition.feeding || !this.#isReady();
  }

  /** Carries out what waits, as far as it goes without waiting for time. */
  #advance(): void {
    if (this.#advancing) return; // Called from a listener of its own doings.
    this.#advancing = true;
    for (;;) {
      const operation = this.#queue[0];
      if (operation === undefined || this.#motion.underWay || !this.#isReady() || this.#obstructed(operation)) break;
      const share = this.roll.share(this.pace.mm(operation));
      const durationMs = this.pace.durationMs(operation) * share;
      if (durationMs > 0) {
        this.#motion.start(durationMs, () => this.#moved(operation, share));
        break;
      }
      this.#comeOut(operation, share);
    }
    this.#advancing = false;
    this.#update();
  }

  /** What the mechanism runs into when it begins. */
  #obstructed(operation: PaperOperation): boolean {
    if (operation.op === 'cut') {
      if (this.#cutterJammed) this.sense({ cutterError: true });
      return this.#cutterJammed;
    }
    if (this.#jammed) {
      this.#cutShort(operation, STALLED_SHARE);
      this.sense({ mechanicalError: true });
      return true;
    }
    if (!this.pace.tooHot) return false;
    this.sense({ overheated: true });
    this.#cool();
    return true;
  }

  #cool(): void {
    const { clock } = this.#options;
    clock.clearTimeout(this.#cooling);
    const { coolsInMs } = this.pace;
    if (coolsInMs !== undefined) this.#cooling = clock.setTimeout(() => this.sense({ overheated: false }), coolsInMs);
  }

  #moved(operation: PaperOperation, share: number): void {
    this.#comeOut(operation, share);
    if (this.#condition.feeding && this.#isReady()) this.#feedLine();
    this.#advance();
    this.#tellIdle();
  }

  /** The paper has moved; where it did not last for all of it, the operation has to be done again. */
  #comeOut(operation: PaperOperation, share: number): void {
    if (share < 1) {
      this.#cutShort(operation, share);
      this.roll.load(0);
    } else {
      this.#queue.shift();
      this.#out(operation);
    }
  }

  #out(operation: PaperOperation): void {
    this.pace.printed(operation);
    this.#options.printed(operation.op === 'line' ? this.ink.put(operation) : operation);
    if (this.roll.endless) return;
    this.roll.use(this.pace.mm(operation));
    this.#sensePaper();
  }

  /** What is under way stops where it is, and stays to be done again. */
  #interrupt(): void {
    const operation = this.#queue[0];
    if (operation !== undefined && this.#motion.underWay) this.#cutShort(operation, this.#motion.stop());
  }

  #cutShort(operation: PaperOperation, share: number): void {
    if (operation.op !== 'line') return;
    const inkedDots = Math.min(Math.max(Math.round(operation.feedDots * share), 1), operation.heightDots - 1);
    this.#out({ ...operation, inkedDots, feedDots: inkedDots });
  }

  /** A line of 1/6 inch. */
  #feedLine(): void {
    this.submit({ op: 'feed', from: 0, to: 0, feedDots: Math.round(this.#options.dpi / 6) });
  }
}
