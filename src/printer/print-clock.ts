import type { PrinterProfile } from '../ports/device.js';
import { paperMmOf, type TicketBlock } from './dialect.js';

/** What printing may take beyond the profile's speed: a cold or a worn mechanism is slower than its data sheet. */
const SLACK = 1.25;
/** A cut, with the pause before the next line. */
const CUT_MS = 500;
/** From the head past the blade or the tear bar, at the most. */
const FINISH_MM = 30;

interface Sent {
  readonly printMs: number;
  /** Bytes that have to have left this side before it is out. */
  readonly endByte: number;
  /** When the wire has carried it, if nobody stops the wire. */
  readonly arrivesMs: number;
  /** When it will be on the paper; not known before it is out. */
  dueMs: number | undefined;
}

/**
 * When blocks will be on the paper by the profile's speed, for printers that say nothing better. Time counts from when a
 * block has left, or from when it is known to have arrived, and anew whenever the printer is known to have stood still.
 */
export class PrintClock {
  readonly #speedMmPerS: number;
  readonly #blocks: Sent[] = [];

  constructor(profile: PrinterProfile) {
    this.#speedMmPerS = profile.speedMmPerS;
  }

  /** `finishes`: before it, an unfinished piece of paper is fed out and cut off. */
  sent(block: TicketBlock, endByte: number, arrivesMs: number, finishes: boolean): void {
    const feedMm = paperMmOf(block) + (finishes ? FINISH_MM : 0);
    const cuts = (block.cuts ?? 0) + (finishes ? 1 : 0);
    const printMs = (feedMm / this.#speedMmPerS) * 1_000 * SLACK + cuts * CUT_MS;
    this.#blocks.push({ printMs, endByte, arrivesMs, dueMs: undefined });
  }

  /** So many bytes have left, or have arrived, by now. Says how many blocks, from the first one on, are due. */
  departed(bytes: number, nowMs: number): number {
    let beforeMs = nowMs;
    for (const block of this.#blocks) {
      if (block.dueMs === undefined) {
        if (block.endByte > bytes) break;
        block.dueMs = Math.max(beforeMs, nowMs, block.arrivesMs) + block.printMs;
      }
      beforeMs = block.dueMs;
    }
    return this.dueBy(nowMs);
  }

  /** Whether of what has left, up to that byte, there is a block whose time does not count yet. */
  waits(bytes: number): boolean {
    return this.#blocks.some(({ endByte, dueMs }) => dueMs === undefined && endByte <= bytes);
  }

  /** The printer stood still until now: of the blocks that are not printed yet, from that number on, none counts as begun. */
  stoodStill(from: number): void {
    for (const block of this.#blocks.slice(from)) block.dueMs = undefined;
  }

  /** The printer may have stood still for so long: the blocks that are not printed yet are due so much later. */
  stoodStillFor(ms: number, from: number): void {
    for (const block of this.#blocks.slice(from)) if (block.dueMs !== undefined) block.dueMs += ms;
  }

  /** How many blocks, from the first one on, are due by then. */
  dueBy(ms: number): number {
    const late = this.#blocks.findIndex(({ dueMs }) => dueMs === undefined || dueMs > ms);
    return late === -1 ? this.#blocks.length : late;
  }

  /** When the block of that number, from 0, is due. */
  dueMs(block: number): number | undefined {
    return this.#blocks[block]?.dueMs;
  }
}
