import { ByteMarks } from './byte-marks.js';
import { Lane, type LaneOptions } from './lane.js';

export interface WayOptions extends LaneOptions {
  /** What came through before a mark is where it is to be: the mark may run. */
  readonly mayMark: () => boolean;
}

/** One direction through a plug: bytes wait while faults stop them or a mark is to run first, and go on through a lane. */
export class Way {
  readonly lane: Lane;
  readonly marks = new ByteMarks();
  readonly #mayMark: () => boolean;
  readonly #waiting: Uint8Array[] = [];
  #flowing = false;
  /** Bytes that wait. */
  bytes = 0;

  constructor(options: WayOptions) {
    this.lane = new Lane(options);
    this.#mayMark = options.mayMark;
  }

  push(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.bytes += bytes.length;
    this.flow();
  }

  /** Goes on, as far as it goes: to be called whenever it may go further than before. */
  flow(): void {
    if (this.#flowing) return; // Called by whoever is being handed bytes.
    this.#flowing = true;
    while (this.#step()) {}
    this.#flowing = false;
  }

  /** All that waits or is on its way is lost. */
  clear(): void {
    this.#waiting.length = 0;
    this.bytes = 0;
    this.lane.clear();
  }

  /** Says whether it went on. */
  #step(): boolean {
    if (this.marks.due) {
      if (!this.#mayMark()) return false;
      this.marks.runDue();
      return true;
    }
    const chunk = this.#waiting[0];
    if (chunk === undefined || this.lane.stopped) return false;
    const count = this.marks.room(chunk.length);
    if (count === chunk.length) this.#waiting.shift();
    else this.#waiting[0] = chunk.subarray(count);
    this.bytes -= count;
    this.marks.pass(count);
    this.lane.send(count === chunk.length ? chunk : chunk.subarray(0, count));
    return true;
  }
}
