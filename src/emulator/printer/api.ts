import type { Clock } from '../../ports/clock.js';
import type { PrinterProfile } from '../../ports/device.js';
import type { PrinterSite } from '../../ports/faults.js';
import type { Link } from '../../ports/link.js';
import type { Storage } from '../../ports/storage.js';
import type { UnknownBytes, Warning } from './interpreter/notes.js';
import type { Condition } from './mechanism/condition.js';
import type { LineOperation } from './paper/operations.js';
import type { Paper } from './paper/paper.js';
import type { PaperPiece } from './paper/piece.js';

/** Who watches the printer. Calls come while it works: a listener may use the site, and nothing else of the printer. */
export interface EmulatedPrinterListener {
  /** Something was printed; `inkedDots` tells that the line was cut short. */
  line?(line: LineOperation, piece: PaperPiece): void;
  /** A piece of paper was cut off. */
  cut?(piece: PaperPiece): void;
  /** What the sensors and the error register say has changed. */
  status?(condition: Condition): void;
  /**
   * Its settings are as they are at power-on: by `ESC @`, which begins at that offset in the stream, or because it was
   * switched on or off. Lines that came before may still be to be printed.
   */
  initialized?(from: number): void;
  /** A drawer kick-out pulse. */
  pulse?(pin: 2 | 5, onMs: number): void;
}

export interface EmulatedPrinterOptions {
  readonly clock: Clock;
  readonly link: Link;
  readonly profile: PrinterProfile;
  /** Where non-volatile memory is kept: graphics, the user's records, settings. Default: as long as the object lives. */
  readonly nvStorage?: Storage;
  /** Where the paper is kept. Default: in memory only. */
  readonly storage?: Storage;
  readonly listener?: EmulatedPrinterListener;
  /** `profile`: printing takes its time. `instant`: none. Default `profile`. */
  readonly timing?: 'profile' | 'instant';
}

/** Since the printer was made. */
export interface PrinterCounters {
  readonly receivedBytes: number;
  readonly sentBytes: number;
  /** Lines that came out whole. */
  readonly lines: number;
  /** Lines that were cut short. */
  readonly partialLines: number;
  readonly cuts: number;
  readonly pulses: number;
  /** How often the buzzer sounded. */
  readonly beeps: number;
  /** Bytes that came while the buffer was full, and were lost: on models that do so. */
  readonly droppedBytes: number;
}

export interface EmulatedPrinter {
  /** Where faults take hold. */
  readonly site: PrinterSite;
  readonly paper: Paper;
  readonly condition: Condition;
  readonly powered: boolean;
  /** Bytes that no command has, by their offset since switching on; at most 1,000 entries. */
  readonly unknown: readonly UnknownBytes[];
  /** Commands that were understood and are not carried out; at most 1,000 entries. */
  readonly warnings: readonly Warning[];
  readonly counters: PrinterCounters;
  /** So much of the stream has come in since it was switched on: what comes next has this offset. */
  readonly takenBytes: number;
  /** Hears of it too, besides who made it; the result forgets about it. */
  watch(listener: EmulatedPrinterListener): () => void;
  /** Off: what it held and its settings are lost, what arrives is lost, nothing is answered. The paper stays. */
  power(on: boolean): void;
  /** Drawer kick-out connector pin 3, as the drawer sets it. */
  drawerPin(high: boolean): void;
  /** A finger on the feed button: feeds line by line, or ends the wait of a macro. */
  feedButton(down: boolean): void;
  /** A person tears the paper off: the end of a piece on a printer without a cutter. */
  tear(): void;
  /** Gives the link back and stops. Idempotent. */
  close(): void;
}
