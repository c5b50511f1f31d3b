import type { Undo } from '../ports/undo.js';
import type { VirtualClock } from './virtual-clock.js';

/** So much of virtual time passes for one who waits; what has not come by then does not come. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

/** So long, of the machine's own time, events run at a stretch before sockets have their turn. */
const STRETCH_MS = 2;

/**
 * Lets virtual time run by itself, as fast as the machine can, while somebody waits or something is under way, and stands
 * still otherwise. Between stretches the machine's own events have their turn: an answer that is there is sent, and a
 * request that has come in is heard.
 */
export class RunningTime {
  readonly #clock: VirtualClock;
  readonly #underWay: () => boolean;
  readonly #waits = new Set<{ readonly untilMs: number }>();
  #turn: NodeJS.Immediate | undefined;
  #closed = false;

  /** `underWay`: whether time is to go on though nobody waits. Whoever begins something says so by `look`. */
  constructor(clock: VirtualClock, underWay: () => boolean = () => false) {
    this.#clock = clock;
    this.#underWay = underWay;
  }

  /** Somebody waits, until the result is called; for a day of virtual time at the most. */
  wait(withinMs = LONGEST_WAIT_MS): Undo {
    const wait = { untilMs: this.#clock.now() + withinMs };
    this.#waits.add(wait);
    this.look();
    return () => void this.#waits.delete(wait);
  }

  /** Something may have begun. */
  look(): void {
    if (this.#closed || this.#turn !== undefined || !this.#isWanted()) return;
    this.#turn = setImmediate(() => {
      this.#turn = undefined;
      this.#run();
      this.look();
    });
  }

  /** Time stands still from now on. */
  close(): void {
    this.#closed = true;
    clearImmediate(this.#turn);
    this.#turn = undefined;
  }

  #run(): void {
    const endMs = performance.now() + STRETCH_MS;
    while (this.#isWanted() && this.#clock.step() && performance.now() < endMs);
  }

  #isWanted(): boolean {
    if (this.#closed) return false;
    for (const wait of this.#waits) {
      if (wait.untilMs >= this.#clock.now()) return true;
      this.#waits.delete(wait);
    }
    return this.#underWay();
  }
}
