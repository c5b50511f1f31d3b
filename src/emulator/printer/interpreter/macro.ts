/** What `GS :` recorded, and where `GS ^` is in carrying it out. Outlives `ESC @`, and ends with the power. */
export class Macro {
  readonly #capacityBytes: number;
  #bytes = Buffer.alloc(0);
  /** Bytes that passed since recording began, also those beyond the memory. */
  #passed = 0;
  #recorded: number[] = [];
  recording = false;
  /** Executions that are still to come, the current one included; 0: none runs. */
  timesLeft = 0;
  /** Where the current execution is. */
  at = 0;
  /** Between two executions, in ms, and whether the feed button is waited for as well. */
  waitMs = 0;
  waitsForButton = false;

  constructor(capacityBytes: number) {
    this.#capacityBytes = capacityBytes;
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  get running(): boolean {
    return this.timesLeft > 0;
  }

  /** `GS :`: begins to record, or ends. Recorded nothing: no macro is defined any more. */
  toggle(): void {
    if (!this.recording) {
      this.recording = true;
      this.#passed = 0;
      this.#recorded = [];
      return;
    }
    // The GS of this command was recorded, and the colon not yet.
    this.#bytes = Buffer.from(this.#recorded.slice(0, Math.max(this.#passed - 1, 0)));
    this.recording = false;
    this.#recorded = [];
  }

  /** Bytes that were taken while it records; what exceeds the memory is not kept. */
  record(bytes: Uint8Array, from: number, to: number): void {
    const last = Math.min(to, from + this.#capacityBytes - this.#recorded.length);
    for (let at = from; at < last; at++) this.#recorded.push(bytes[at] ?? 0);
    this.#passed += to - from;
  }

  /** `GS ^`: carries it out. While it is recorded: ends that, and forgets it. */
  execute(times: number, waitMs: number, waitsForButton: boolean): void {
    if (this.recording) {
      this.recording = false;
      this.#bytes = Buffer.alloc(0);
      this.#recorded = [];
      return;
    }
    if (this.#bytes.length === 0) return;
    this.timesLeft = times;
    this.at = 0;
    this.waitMs = waitMs;
    this.waitsForButton = waitsForButton;
  }

  stop(): void {
    this.timesLeft = 0;
  }

  /** The power went. */
  forget(): void {
    this.stop();
    this.recording = false;
    this.#recorded = [];
    this.#bytes = Buffer.alloc(0);
  }
}
