import type { Clock, Timer } from '../ports/clock.js';
import type { EventCount, Undo } from '../ports/faults.js';

/** 2026-01-01T00:00:00Z: where simulated time begins unless told otherwise. */
export const VIRTUAL_EPOCH_MS = Date.UTC(2026, 0, 1);

interface Due {
  readonly atMs: number;
  readonly sequence: number;
  readonly run: () => void;
  /** Its place in the heap; `OUT` when it has fired or was cleared. */
  place: number;
}

const OUT = -1;

/**
 * Simulated time: a queue of events ordered by due time, then by the order in which they were set. Time moves only when
 * an event is taken from the queue, and then exactly to that event's due time, so that chained timers never drift.
 *
 * A timer that is cleared leaves the queue at once: most are, long before they are due (a payment's time-out, a job's), and
 * would stay as many as a world sets in that time.
 */
export class VirtualClock implements Clock, EventCount {
  #nowMs: number;
  /** Events that have begun. */
  #events = 0;
  /** Who waits for the end of an event, by its number. */
  #awaited: { readonly event: number; readonly run: () => void }[] = [];
  #sequence = 0;
  readonly #heap: Due[] = [];

  constructor(startMs: number = VIRTUAL_EPOCH_MS) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  setTimeout(run: () => void, delayMs: number): Timer {
    const due: Due = { atMs: this.#nowMs + Math.max(delayMs, 0), sequence: this.#sequence++, run, place: OUT };
    this.#rise(due, this.#heap.length);
    return due;
  }

  clearTimeout(timer: Timer): void {
    const due = timer as Due | undefined; // Timers are opaque outside; only this clock makes them.
    if (due !== undefined && due.place !== OUT) this.#take(due);
  }

  /** Timers that are set and have not fired. */
  get pending(): number {
    return this.#heap.length;
  }

  /** When the next event is due, or `undefined` with nothing pending. */
  get nextDueMs(): number | undefined {
    return this.#heap[0]?.atMs;
  }

  /** Moves to the next event and runs it. `false` with nothing pending. */
  step(): boolean {
    const due = this.#heap[0];
    if (due === undefined) return false;
    this.#take(due);
    this.#nowMs = due.atMs;
    this.#events++;
    due.run();
    if (this.#awaited.length > 0) this.#tellAwaited();
    return true;
  }

  afterEvents(events: number, run: () => void): Undo {
    const wait = { event: this.#events + events, run };
    this.#awaited.push(wait);
    return () => {
      this.#awaited = this.#awaited.filter((one) => one !== wait);
    };
  }

  /** Runs every event due within the next `ms`, those set on the way included, and ends exactly `ms` later. */
  advance(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (let next = this.nextDueMs; next !== undefined && next <= untilMs; next = this.nextDueMs) this.step();
    this.#nowMs = untilMs;
  }

  /**
   * Runs events until `done` holds, checked before each; `false` if the queue ran dry or `withinMs` passed first.
   * Bounded in events too, so that a world that chases its own tail ends.
   */
  runUntil(done: () => boolean, withinMs = 86_400_000, maxEvents = 10_000_000): boolean {
    const untilMs = this.#nowMs + withinMs;
    for (let events = 0; events < maxEvents; events++) {
      if (done()) return true;
      const next = this.nextDueMs;
      if (next === undefined || next > untilMs) return false;
      this.step();
    }
    return false;
  }

  #tellAwaited(): void {
    for (const wait of this.#awaited) {
      if (wait.event > this.#events || !this.#awaited.includes(wait)) continue; // One before it may have called it off.
      this.#awaited = this.#awaited.filter((one) => one !== wait);
      wait.run();
    }
  }

  /** Takes an event out of the heap; the last one fills its place. */
  #take(due: Due): void {
    const { place } = due;
    due.place = OUT;
    const last = this.#heap.pop();
    if (last === undefined || last === due) return;
    const parent = this.#heap[(place - 1) >> 1];
    if (place > 0 && parent !== undefined && before(last, parent)) this.#rise(last, place);
    else this.#sink(last, place);
  }

  /** Puts an event into a free place, or above it. */
  #rise(due: Due, free: number): void {
    const heap = this.#heap;
    let at = free;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !before(due, parent)) break;
      heap[at] = parent;
      parent.place = at;
      at = above;
    }
    heap[at] = due;
    due.place = at;
  }

  /** Puts an event into a free place, or below it. */
  #sink(due: Due, free: number): void {
    const heap = this.#heap;
    let at = free;
    for (;;) {
      let below = 2 * at + 1;
      let child = heap[below];
      if (child === undefined) break;
      const other = heap[below + 1];
      if (other !== undefined && before(other, child)) {
        child = other;
        below++;
      }
      if (!before(child, due)) break;
      heap[at] = child;
      child.place = at;
      at = below;
    }
    heap[at] = due;
    due.place = at;
  }
}

function before(a: Due, b: Due): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence);
}
