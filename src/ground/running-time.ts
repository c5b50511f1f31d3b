import type { Undo } from '../ports/undo.js';
import type { VirtualClock } from './virtual-clock.js';

/** So much of virtual time passes for one who waits; what has not come by then does not come. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

/** So long, of the machine's own time, events run at a stretch before sockets have their turn. */
const STRETCH_MS = 2;

/** Somebody who waits. */
interface Waiter {
  readonly untilMs: number;
  /** Time is moved for him; or else only what is due already happens. */
  readonly moves: boolean;
}

/**
 * Lets virtual time run by itself, as fast as the machine can, while somebody waits or something is under way, and stands
 * still otherwise. Between stretches the machine's own events have their turn: an answer that is there is sent, and a
 * request that has come in is heard.
 */
export class RunningTime {
  readonly #clock: VirtualClock;
  readonly #underWay: () => boolean;
  readonly #waiters = new Set<Waiter>();
  #turn: NodeJS.Immediate | undefined;
  #closed = false;

  /** `underWay`: whether time is to go on though nobody waits. Whoever begins something says so by `look`. */
  constructor(clock: VirtualClock, underWay: () => boolean = () => false) {
    this.#clock = clock;
    this.#underWay = underWay;
  }

  /** Somebody waits, until the result is called; for a day of virtual time at the most. */
  wait(withinMs = LONGEST_WAIT_MS): Undo {
    return this.#add({ untilMs: this.#clock.now() + withinMs, moves: true });
  }

  /** Somebody waits, and time stands still all the same: what is due by now happens, and nothing else. */
  waitStill(): Undo {
    return this.#add({ untilMs: Number.POSITIVE_INFINITY, moves: false });
  }

  /** Something has begun that may bring with it what is due by now; time stands still. */
  settle(): void {
    const undo = this.waitStill();
    setImmediate(() => setImmediate(undo)); // Behind the turn in which it runs.
  }

  /** Something may have begun. */
  look(): void {
    if (this.#isWanted()) this.#goOn();
  }

  /** Time stands still from now on. */
  close(): void {
    this.#closed = true;
    clearImmediate(this.#turn);
    this.#turn = undefined;
  }

  #goOn(): void {
    if (this.#closed) return;
    this.#turn ??= setImmediate(() => {
      this.#turn = undefined;
      this.#run();
      this.look();
    });
  }

  #add(waiter: Waiter): Undo {
    this.#waiters.add(waiter);
    this.#goOn(); // Who waits has perhaps not begun yet what he waits for.
    return () => void this.#waiters.delete(waiter);
  }

  #run(): void {
    const endMs = performance.now() + STRETCH_MS;
    while (this.#isWanted() && this.#clock.step() && performance.now() < endMs);
  }

  #isWanted(): boolean {
    const { nextDueMs } = this.#clock;
    if (this.#closed || nextDueMs === undefined) return false;
    const nowMs = this.#clock.now();
    for (const waiter of this.#waiters) {
      if (waiter.untilMs < nowMs) this.#waiters.delete(waiter);
      else if (waiter.moves || nextDueMs <= nowMs) return true;
    }
    return this.#underWay();
  }
}
