import type { Clock, Timer } from '../ports/clock.js';
import type { EventCount, Undo } from '../ports/faults.js';

/** 2026-01-01T00:00:00Z: where simulated time begins unless told otherwise. */
export const VIRTUAL_EPOCH_MS = Date.UTC(2026, 0, 1);

interface Due {
  readonly atMs: number;
  readonly sequence: number;
  run: (() => void) | undefined;
}

/**
 * Simulated time: a queue of events ordered by due time, then by the order in which they were set. Time moves only when
 * an event is taken from the queue, and then exactly to that event's due time, so that chained timers never drift.
 */
export class VirtualClock implements Clock, EventCount {
  #nowMs: number;
  /** Events that have begun. */
  #events = 0;
  /** Who waits for the end of an event, by its number. */
  #awaited: { readonly event: number; readonly run: () => void }[] = [];
  #sequence = 0;
  #live = 0;
  readonly #heap: Due[] = [];

  constructor(startMs: number = VIRTUAL_EPOCH_MS) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  setTimeout(run: () => void, delayMs: number): Timer {
    const due: Due = { atMs: this.#nowMs + Math.max(delayMs, 0), sequence: this.#sequence++, run };
    this.#push(due);
    this.#live++;
    return due;
  }

  clearTimeout(timer: Timer): void {
    const due = timer as Due | undefined; // Timers are opaque outside; only this clock makes them.
    if (due?.run === undefined) return;
    due.run = undefined; // Its place in the heap is given up when it comes to the top.
    this.#live--;
  }

  /** Timers that are set and have not fired. */
  get pending(): number {
    return this.#live;
  }

  /** When the next event is due, or `undefined` with nothing pending. */
  get nextDueMs(): number | undefined {
    this.#dropCleared();
    return this.#heap[0]?.atMs;
  }

  /** Moves to the next event and runs it. `false` with nothing pending. */
  step(): boolean {
    this.#dropCleared();
    const due = this.#pop();
    if (due?.run === undefined) return false;
    this.#nowMs = due.atMs;
    const run = due.run;
    due.run = undefined;
    this.#live--;
    this.#events++;
    run();
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

  #dropCleared(): void {
    while (this.#heap.length > 0 && this.#heap[0]?.run === undefined) this.#pop();
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(due);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(due, heap[parent])) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = due;
  }

  #pop(): Due | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child++;
      if (!before(heap[child], last)) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return top;
  }
}

function before(a: Due, b: Due): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence);
}
