import type { FaultBoard } from '../faults/board.js';
import type { Clock } from '../ports/clock.js';
import type { PrinterProfile } from '../ports/device.js';
import type { Link } from '../ports/link.js';
import type { Printer } from '../ports/printer.js';
import type { Hands } from './hands.js';
import type { PaperView } from './paper-view.js';

/** Where the station stands: the way to one printer, a clock, and whoever can act at the printer. */
export interface Ground {
  readonly clock: Clock;
  readonly clockKind: 'wall' | 'virtual';
  /** Where the printer is: a path, `tcp://…`, or `emulated`. */
  readonly printer: string;
  /** What the printer is held against. */
  readonly profile: PrinterProfile;
  /** Bits a second that its line usually runs at; `undefined`: the line has no rate of its own (TCP). */
  readonly baud: number | undefined;
  /** The rates at which it can be opened, and why at no others. */
  readonly rates: readonly number[];
  readonly whyNoOtherRates: string;
  /** The host's end of the line at that rate; not open. One at a time is open. */
  link(baud: number | undefined): Link;
  /** The real driver on the same line, which nobody else may have open meanwhile. */
  openDriver(): Printer;
  readonly hands: Hands;
  /** Of an emulated printer: its paper, and where faults are put in. */
  readonly paper?: PaperView;
  readonly faults?: FaultBoard;
  /** Gives everything back. Idempotent. */
  close(): void;
}
