import { PaperjamError } from '../../base/errors.js';
import type { RecordedEvent } from '../../links/recording/format.js';
import type { Clock } from '../../ports/clock.js';
import type { Link, LinkListener, LinkLoss } from '../../ports/link.js';
import type { Comparison } from './comparison.js';
import { Feeder, type FeederOptions } from './feeder.js';

/** Where a recording is played: a line to a printer, and its time. */
export interface Stage {
  readonly clock: Clock;
  readonly link: Link;
  /** Lets so much time pass, or less: `wake` may be called meanwhile. */
  pass(ms: number): Promise<void>;
  /** The line has another rate from now on. Called while it is down. */
  rate(baud: number): void;
  /** Something has happened that may have been waited for. */
  wake(): void;
  /** Somebody wants it to end. */
  readonly stopped: boolean;
}

export interface PlayerOptions extends FeederOptions {
  readonly stage: Stage;
  readonly comparison: Comparison;
  /** So many times faster than it was recorded; `Infinity`: as fast as the printer takes it. */
  readonly speed: number;
  /** A printer that takes nothing for so long is given up. */
  readonly patienceMs: number;
  /**
   * What becomes of bytes that have not left when the recorded line is closed: a serial port drops them, and so it must
   * be played to an emulated printer; a real one is to have all of a job.
   */
  readonly atClose: () => 'drop' | 'send';
}

/** Bytes that may wait for the printer before the recording is read on. */
const WAITING_MOST_BYTES = 262_144;
/** Between two looks at a line that is waited for, and at one that has bytes to take until the next record. */
const LOOK_MS = 50;
const LOOK_AGAIN_MS = 1_000;
/** How long an answer that was recorded is waited for here. */
const ANSWER_MS = 3_000;
/** Recorded times are rounded: what came in just before the line went down may come in some microseconds later here. */
const ROUNDED_MS = 0.001;
const ROUNDED_TIMES = 20;

/**
 * Plays what went to the printer to another printer, at the times at which it went, and hands what comes back to the
 * comparison. Where the recorded line went down, this one does.
 */
export class Player implements LinkListener {
  readonly #options: PlayerOptions;
  readonly #feeder: Feeder;
  readonly #beganMs: number;
  #state: 'down' | 'opening' | 'up' = 'down';
  #loss: LinkLoss | undefined;
  /** What waited when the line was looked at last, and when that was last another number. */
  #waitedBytes = 0;
  #movedMs: number;
  /** Of the record played last, since the start of the recording. */
  #atMs = 0;
  sentBytes = 0;
  /** Bytes that were on their way when the line went down, and so are lost. */
  lostBytes = 0;

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.#feeder = new Feeder(options.stage.link, options);
    this.#beganMs = options.stage.clock.now();
    this.#movedMs = this.#beganMs;
  }

  /** Whether the line is open. */
  get up(): boolean {
    return this.#state === 'up';
  }

  /** Since the start of the recording, at its pace. */
  get nowMs(): number {
    const { speed, stage } = this.#options;
    return Number.isFinite(speed) ? (stage.clock.now() - this.#beganMs) * speed : this.#atMs;
  }

  /** Waits for the time of a record. Throws `PJ_PRINTER_LINK`, `PJ_REPLAY_STALLED`. */
  async until({ atUs }: RecordedEvent): Promise<void> {
    const { speed, stage } = this.#options;
    if (!Number.isFinite(speed)) return;
    const dueMs = this.#beganMs + atUs / 1_000 / speed;
    for (;;) {
      const waitMs = dueMs - stage.clock.now();
      if (waitMs <= 0 || stage.stopped) return;
      // Nobody is held up by a line that has nothing to take: years pass in one step, where they do not have to be waited for.
      await stage.pass(this.#feeder.waitingBytes > 0 ? Math.min(waitMs, LOOK_AGAIN_MS) : waitMs);
      this.#check();
    }
  }

  /** Does what the record says. Throws `PJ_PRINTER_LINK`, `PJ_REPLAY_STALLED`. */
  async play(event: RecordedEvent): Promise<void> {
    const { comparison, atClose, speed } = this.#options;
    this.#atMs = event.atUs / 1_000;
    switch (event.kind) {
      case 'toPrinter':
        await this.#open();
        comparison.sent(event.bytes, this.#atMs);
        this.sentBytes += event.bytes.length;
        this.#feeder.push(event.bytes);
        if (this.#feeder.waitingBytes > WAITING_MOST_BYTES) await this.drain(WAITING_MOST_BYTES);
        break;
      case 'fromPrinter':
        comparison.replied('recorded', event.bytes, this.#atMs);
        break;
      case 'opened':
        await this.#open();
        break;
      case 'rate':
        this.#options.stage.rate(event.baud);
        break;
      case 'lost':
      case 'closed':
        // Without a pace there is no telling what had left.
        if (!Number.isFinite(speed) || (event.kind === 'closed' && atClose() === 'send')) {
          await this.drain();
          await this.listen();
        } else await this.#catchUp();
        comparison.down('recorded', this.#atMs);
        this.close();
    }
  }

  /** Waits until no more than `toBytes` wait. Throws `PJ_REPLAY_STALLED` when the printer takes nothing for too long. */
  async drain(toBytes = 0): Promise<void> {
    const { stage } = this.#options;
    while (this.up && this.#feeder.waitingBytes > toBytes && !stage.stopped) {
      await stage.pass(LOOK_MS);
      this.#check();
    }
  }

  /** Waits for answers that were recorded and are not here yet, for a while. */
  async listen(): Promise<void> {
    const { stage, comparison } = this.#options;
    const untilMs = stage.clock.now() + ANSWER_MS;
    while (this.up && comparison.awaitsAnswer && stage.clock.now() < untilMs && !stage.stopped) {
      await stage.pass(LOOK_MS);
      this.#check();
    }
  }

  /** Closes the line; what has not left is dropped. Idempotent. */
  close(): void {
    if (this.#state === 'down') return;
    this.#state = 'down';
    this.lostBytes += this.#feeder.waitingBytes;
    this.#feeder.clear();
    this.#options.stage.link.close();
    this.#options.comparison.down('here', this.nowMs);
  }

  opened(): void {
    this.#state = 'up';
    this.#options.stage.wake();
  }

  received(bytes: Uint8Array): void {
    if (this.up) this.#options.comparison.replied('here', bytes, this.nowMs);
  }

  drained(): void {
    this.#feeder.drained();
    this.#options.stage.wake();
  }

  lost(loss: LinkLoss): void {
    this.#state = 'down';
    this.#loss = loss;
    this.#options.stage.wake();
  }

  /** Lets in what was recorded at the very moment at which the line went down. */
  async #catchUp(): Promise<void> {
    const { stage, comparison } = this.#options;
    for (let times = 0; times < ROUNDED_TIMES && this.up && comparison.behind && !stage.stopped; times++) {
      await stage.pass(ROUNDED_MS);
      this.#check();
    }
  }

  async #open(): Promise<void> {
    const { stage } = this.#options;
    if (this.#state === 'down') {
      this.#state = 'opening';
      this.#feeder.clear();
      stage.link.open(this);
    }
    // Every link says sooner or later that it is open, or that it is lost.
    for (let waitMs = 0; this.#state === 'opening'; waitMs = LOOK_MS) {
      await stage.pass(waitMs);
      this.#check();
    }
    this.#check();
  }

  #check(): void {
    const { stage, patienceMs } = this.#options;
    if (this.#loss !== undefined) {
      const { code, message } = this.#loss;
      throw new PaperjamError('PJ_PRINTER_LINK', { where: stage.link.address, code, message });
    }
    const bytes = this.#feeder.waitingBytes;
    const nowMs = stage.clock.now();
    if (bytes === 0 || bytes !== this.#waitedBytes) this.#movedMs = nowMs;
    this.#waitedBytes = bytes;
    if (nowMs - this.#movedMs < patienceMs) return;
    throw new PaperjamError('PJ_REPLAY_STALLED', { where: stage.link.address, seconds: patienceMs / 1_000, bytes });
  }
}
