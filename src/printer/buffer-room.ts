import type { PrinterProfile } from '../ports/device.js';
import { DLE_EOT_ALL } from './commands.js';
import type { DriverOptions } from './options.js';

/** So much of its buffer a printer keeps free: it says that it is full when 128 or 256 bytes are left (TM-T88III manual). */
export const FULL_MARK_BYTES = 256;
/** Room for questions, which stay in the buffer of a printer that stands still. */
export const QUESTIONS_BYTES = 256;
/** `GS ( H`, the longest. */
const CHECKPOINT_BYTES = 11;
/** So many questions a job asks however small the buffer is. */
const LEAST_QUESTIONS = 2;

/**
 * What a job may have in the printer's buffer. A printer whose buffer is full stops its line, and where that is done by DTR
 * nothing gets through to it any more, neither a question nor what helps it out of an error. So as long as it does not get
 * on, blocks and questions together stay below that mark.
 */
export class BufferRoom {
  readonly #bufferBytes: number;
  readonly #options: DriverOptions;
  /** Bytes of the blocks that were sent, those that are out among them. */
  readonly #blockBytes: number[] = [];
  #out = 0;
  #underWayBytes = 0;

  constructor({ receiveBufferBytes }: PrinterProfile, options: DriverOptions) {
    this.#bufferBytes = receiveBufferBytes;
    this.#options = options;
  }

  sent(blockBytes: number): void {
    this.#blockBytes.push(blockBytes);
    this.#underWayBytes += blockBytes;
  }

  /** So many blocks, from the first one on, are out. */
  out(blocks: number): void {
    for (; this.#out < blocks; this.#out++) this.#underWayBytes -= this.#blockBytes[this.#out] ?? 0;
  }

  /** Whether a block of so many bytes fits beside what is under way. */
  fits(blockBytes: number): boolean {
    const freeBytes = Math.min(FULL_MARK_BYTES + QUESTIONS_BYTES, this.#bufferBytes >> 1);
    return this.#underWayBytes + blockBytes + CHECKPOINT_BYTES <= this.#bufferBytes - freeBytes;
  }

  /** Whether a printer that was asked so long ago may be asked again: there has to be room for as long as the job waits. */
  mayAsk(askedBeforeMs: number): boolean {
    const { jobPollMs, recoveryWaitMs, stallTimeoutMs } = this.#options;
    const roomBytes = this.#bufferBytes - FULL_MARK_BYTES - this.#underWayBytes;
    const questions = Math.max(Math.floor(roomBytes / DLE_EOT_ALL.length), LEAST_QUESTIONS);
    const everyMs = Math.max(recoveryWaitMs, stallTimeoutMs) / questions;
    return everyMs <= jobPollMs || askedBeforeMs >= everyMs;
  }
}
