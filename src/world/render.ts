import type { PaperPiece } from '../emulator/printer/paper/piece.js';
import { createEmulatedPrinter, type EmulatedPrinter } from '../emulator/printer/printer.js';
import { VirtualClock } from '../ground/virtual-clock.js';
import type { PrinterProfile } from '../ports/device.js';
import type { Link, LinkListener } from '../ports/link.js';
import { PaperTray } from './paper-tray.js';

/** A roll of paper. What comes after its end is interpreted, and not shown. */
const ROLL_MM = 80_000;
/** Bytes between two looks at the paper. */
const STEP_BYTES = 1_024;
/** Answers beyond these are counted, and not kept. */
const REPLIES_BYTES = 65_536;
/** How long, on the printer's own clock, a job may hold it up before it is given up. */
const PATIENCE_MS = 600_000;

export interface RenderOptions {
  readonly profile: PrinterProfile;
  /** A piece of paper is finished. It is forgotten afterwards. */
  readonly paper: (piece: PaperPiece) => void;
}

/** Something that a reader of the result should know, at its offset in the stream if it has one. */
export interface RenderNote {
  readonly offset?: number;
  readonly command?: string;
  readonly note: string;
}

export interface Rendered {
  readonly bytes: number;
  /** Bytes that no command has. */
  readonly unknown: EmulatedPrinter['unknown'];
  readonly warnings: readonly RenderNote[];
  /** What the printer would have answered. */
  readonly replies: Uint8Array;
}

/**
 * Prints one stream of bytes on a printer of its own, without taking any time. Memory stays bounded, whatever and however
 * much is fed: finished paper is handed out, paper without a cut is torn off after 4 m, and the roll ends after 80 m.
 */
export class Rendering {
  readonly #clock = new VirtualClock();
  readonly #cable = new Cable();
  readonly #printer: EmulatedPrinter;
  readonly #tray: PaperTray;
  readonly #notes: RenderNote[] = [];
  #bytes = 0;
  #stuck = false;

  constructor(options: RenderOptions) {
    this.#printer = createEmulatedPrinter({
      clock: this.#clock,
      link: this.#cable,
      profile: options.profile,
      timing: 'instant',
    });
    this.#tray = new PaperTray(this.#printer, options.paper, ROLL_MM);
    this.#cable.plugIn();
  }

  feed(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && !this.#stuck; at += STEP_BYTES) {
      const step = bytes.subarray(at, at + STEP_BYTES);
      this.#bytes += step.length;
      this.#cable.send(step);
      if (!this.#cable.isRead && !this.#clock.runUntil(() => this.#cable.isRead, PATIENCE_MS)) this.#giveUp();
      this.#tray.collect();
    }
  }

  /** Whether more is wanted: a printer that has stopped for good takes nothing. */
  get takesMore(): boolean {
    return !this.#stuck;
  }

  /** The end of the stream: what still hangs in the printer is handed out as it is. */
  finish(): Rendered {
    this.#clock.runUntil(() => false, PATIENCE_MS);
    const { unknown, warnings } = this.#printer;
    this.#tray.finish();
    if (this.#tray.rollIsUsedUp)
      this.#notes.push({ note: `the roll of ${ROLL_MM / 1_000} m is at its end; the rest is not shown` });
    this.#printer.close();
    const told = warnings.map(({ offset, command }) => ({ offset, command, note: 'not carried out' }));
    return { bytes: this.#bytes, unknown, warnings: [...told, ...this.#notes], replies: this.#cable.replies() };
  }

  #giveUp(): void {
    this.#stuck = true;
    const { paperOut, coverOpen } = this.#printer.condition;
    const why = paperOut ? 'it is out of paper' : coverOpen ? 'its cover is open' : 'it waits for somebody';
    this.#notes.push({ offset: this.#bytes, note: `the printer takes no more: ${why}; the rest is not printed` });
  }
}

/** A wire into the printer that is held in the hand: it takes as much as is sent. */
class Cable implements Link {
  readonly address = 'a file';
  readonly pendingBytes = 0;
  readonly #replies: Uint8Array[] = [];
  #repliesBytes = 0;
  #listener: LinkListener | undefined;
  isRead = true;

  open(listener: LinkListener): void {
    this.#listener = listener;
  }

  plugIn(): void {
    this.#listener?.opened();
  }

  send(bytes: Uint8Array): void {
    this.#listener?.received(bytes);
  }

  write(bytes: Uint8Array): void {
    if (this.#repliesBytes + bytes.length > REPLIES_BYTES) return;
    this.#repliesBytes += bytes.length;
    this.#replies.push(bytes);
  }

  replies(): Uint8Array {
    return Buffer.concat(this.#replies);
  }

  reading(on: boolean): void {
    this.isRead = on;
  }

  close(): void {
    this.#listener = undefined;
  }
}
