import type { Undo } from './undo.js';

/** A code as the scanner hands it on: so many milliseconds after the customer showed it. */
export interface Reading {
  readonly code: string;
  readonly afterMs: number;
}

/** Where faults take hold of the scanner. */
export interface ScannerSite {
  /** Asks what comes of each code that is shown: none, one, or several readings. Rules apply one after the other. */
  onRead(rule: (reading: Reading) => readonly Reading[]): Undo;
}

/** How a customer behaves who is about to show a code; the words are those of the emulated wallet. */
export interface Approach {
  readonly behaviour: 'pays' | 'confirms' | 'refuses' | 'no-money' | 'never';
  /** How long one who is asked takes to decide; the wallet's usual time if nothing is said. */
  readonly afterMs?: number | undefined;
}

/** Where faults take hold of the customer. */
export interface CustomerSite {
  /** Asks how each customer behaves who comes to pay. Rules apply one after the other. */
  onApproach(rule: (customer: Approach) => Approach): Undo;
  /** Asks what each customer holds before the scanner instead of the code: `undefined` is nothing that it could read. */
  onShow(rule: (code: string) => string | undefined): Undo;
  /** A code that was put on a customer's screen so long ago. Absent where the platform is a real one. */
  oldCode?(ageMs: number): string;
  /** The customer goes away, and the cashier says so. `false`: the terminal refuses it, and nothing happens. */
  leaves(): boolean;
  /** The customer wants no ticket, and the cashier says so. The same. */
  declinesTicket(): boolean;
}

/** What the operator does that can be done once more. */
export type OperatorKey = 'sale' | 'cancel' | 'reprint' | 'reverse';

/** Where faults take hold of the operator, who works the terminal's keys and its plug. */
export interface OperatorSite {
  /** Asks which amount is keyed in for each sale, in fen. Rules apply one after the other. */
  onAmount(rule: (amountFen: number) => number): Undo;
  /** Hears of each key that was pressed; `again` presses it once more, which the terminal may refuse. */
  onPress(listener: (key: OperatorKey, again: () => void) => void): Undo;
  /** Gives up the sale under way. `false`: there is none, and nothing happens. */
  cancels(): boolean;
  /**
   * Begins the last sale anew while nobody knows whether it is paid, and the customer shows a new code. `refused`: the
   * terminal is busy; `over`: the last sale is known to be paid or not, or there was none.
   */
  startsAgain(): 'sold' | 'refused' | 'over';
  /** Goes on without the ticket. `false`: there is none, or the terminal refuses it, and nothing happens. */
  skipsTicket(): boolean;
}

/** Where in its record a bit of the journal rots. */
export type RotPlace = 'text' | 'hash' | 'line-end';

/**
 * What a power cut keeps of what the journal was handed and had not made durable. `chance`: any number of its bytes, from
 * the beginning; `lost`: nothing; `kept`: everything; `torn`: all but the end of the last record.
 */
export type Unsynced = 'chance' | 'lost' | 'kept' | 'torn';

export interface PowerCut {
  /** Default `chance`. */
  readonly unsynced?: Unsynced;
  /** Besides, this bit of what is kept flips, counted from its beginning, and over again behind its end. */
  readonly rotBit?: number | undefined;
}

/** Where faults take hold of the terminal itself. */
export interface TerminalSite {
  /** The power goes, and comes back after so many milliseconds; 0: it boots at once. The result brings it back now. */
  powerOff(forMs: number, cut?: PowerCut): Undo;
  /** Whether what was not synced can be lost by it: in simulation. A file keeps it, since only the terminal goes off. */
  readonly forgets: boolean;
  /** The terminal's clock goes by so much ahead (or back) of the true time; what is waited for takes its time as before. */
  shiftClock(byMs: number): Undo;
  /** Nothing more can be stored; off: there is room again, which the terminal finds at its next boot. */
  diskFull(on: boolean): void;
  /** So many bits flip in the stored journal, in the record so many before the last. The result flips them back. */
  rot(where: { readonly back: number; readonly place: RotPlace; readonly bits: number }): Undo;
}
