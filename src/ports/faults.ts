/** Undoes what a call did; calling it again does nothing. */
export type Undo = () => void;

/** What a printer has or has not; a fault of a part that is not there is not possible. */
export type PrinterPart = 'cutter' | 'ribbon' | 'thermal head';

/** Where faults take hold of an emulated printer. Each condition is one that its mechanism can be in. */
export interface PrinterSite {
  /** Of the parts that not every model has, those that this one has. */
  readonly parts: ReadonlySet<PrinterPart>;
  /** The feed stalls: a mechanical error until the cause is gone *and* the driver has sent DLE ENQ 1 or 2. */
  jam(on: boolean): void;
  /** `dot`: out in the middle of a line, which is cut short. Default `line`: that is finished. Off: paper is loaded. */
  paperOut(on: boolean, at?: 'line' | 'dot'): void;
  /** Off: a new roll is loaded. */
  paperNearEnd(on: boolean): void;
  /** A roll of which so many millimetres are left. */
  loadPaper(leftMm: number): void;
  coverOpen(on: boolean): void;
  /** The blade sticks: a cutter error at the next cut, until the cause is gone *and* the driver has sent DLE ENQ 1 or 2. */
  cutterJam(on: boolean): void;
  /** The head is kept at its limit; afterwards it has to cool. */
  overheat(on: boolean): void;
  /** Broken; off: it was repaired, and is switched on again. */
  unrecoverable(on: boolean): void;
  /** Taken offline at its panel, or online again. */
  offline(on: boolean): void;
  /** Off: buffers and settings are lost, what arrives is lost, nothing is answered. */
  power(on: boolean): void;
  /** Takes bytes and prints, but answers nothing. */
  mute(on: boolean): void;
  /** Takes no bytes, prints nothing, answers nothing. */
  hang(on: boolean): void;
  /** Everything that moves takes so many times as long; 1 is as usual. */
  slow(factor: number): void;
  /** Columns that are never inked, from 0 at the left; none when mended. */
  deadDots(columns: readonly number[]): void;
  /** The share of the dots that are still inked: 1 all of them, 0 none. */
  fade(share: number): void;
  /** Thermal paper with its coated side away from the head: nothing shows on it, and no sensor notices. */
  upsideDownPaper(on: boolean): void;
  /** The needles strike, and nothing is inked. */
  ribbonBroken(on: boolean): void;
  /** Every character is taken for one of this encoding, whatever the host selects; `undefined`: as it selects. */
  wrongCodePage(encoding: string | undefined): void;
  /** Runs once, when `lines` more printed lines have come out. */
  afterLines(lines: number, run: () => void): Undo;
}

/** Where faults take hold of a link: the plug. */
export interface LinkSite {
  /** Down for both sides until `plug`; what was under way is lost. */
  unplug(): void;
  plug(): void;
  /** The two ends run at different rates, in bits a second, so that each hears garbage; `undefined`: at the same. */
  rates(rates: { readonly host: number; readonly printer: number } | undefined): void;
  /** Runs once, when `bytes` more bytes have gone towards the printer. */
  afterBytes(bytes: number, run: () => void): Undo;
}

/** An answer that the platform is about to give; the ledger has booked already. */
export interface PlatformAnswer {
  /** `alipay.trade.pay` and so on. */
  readonly method: string;
  readonly orderNo: string | undefined;
}

/** What becomes of an answer: it goes out at once, later, or never (the connection stays open and silent). */
export type AnswerFate = 'deliver' | 'lose' | { readonly delayMs: number };

/** How the gateway turns a request away at its door: its return code, its sub code, and the words for it. */
export interface DoorRefusal {
  readonly code: '40001' | '40002' | '40003';
  readonly subCode: string;
  readonly subMsg: string;
}

/** Where faults take hold of the emulated platform. */
export interface PlatformSite {
  /** Asks of each request, before anything is booked, whether it is turned away; the first rule that says how wins. */
  atDoor(rule: (method: string) => DoorRefusal | undefined): Undo;
  /** Asks for each answer's fate; the last rule that does not say `deliver` wins. */
  onAnswer(rule: (answer: PlatformAnswer) => AnswerFate): Undo;
}

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
  /** The customer goes away. Absent where the terminal cannot be told. */
  leaves?(): void;
  /** The customer wants no ticket. Absent where the terminal cannot be told. */
  declinesTicket?(): void;
}

/** What the operator does that can be done once more. */
export type OperatorKey = 'sale' | 'cancel' | 'reprint';

/** Where faults take hold of the operator, who works the terminal's keys and its plug. */
export interface OperatorSite {
  /** Asks which amount is keyed in for each sale, in fen. Rules apply one after the other. */
  onAmount(rule: (amountFen: number) => number): Undo;
  /** Hears of each key that was pressed; `again` presses it once more, which the terminal may refuse. */
  onPress(listener: (key: OperatorKey, again: () => void) => void): Undo;
  cancels(): void;
  /**
   * Begins the last sale anew while nobody knows whether it is paid, and the customer shows a new code. `refused`: the
   * terminal is busy; `over`: the last sale is known to be paid or not, or there was none.
   */
  startsAgain(): 'sold' | 'refused' | 'over';
  /** Goes on without the ticket. Absent where the terminal cannot be told. */
  skipsTicket?(): void;
}

/** Where in its record a bit of the journal rots. */
export type RotPlace = 'text' | 'hash' | 'line-end';

/** Where faults take hold of the terminal itself. */
export interface TerminalSite {
  /** The power goes, and comes back after so many milliseconds; 0: it boots at once. The result brings it back now. */
  powerOff(forMs: number): Undo;
  /** The terminal's clock goes by so much ahead (or back) of the true time; what is waited for takes its time as before. */
  shiftClock(byMs: number): Undo;
  /** Nothing more can be stored; off: there is room again, which the terminal finds at its next boot. */
  diskFull(on: boolean): void;
  /** So many bits flip in the stored journal, in the record so many before the last. The result flips them back. */
  rot(where: { readonly back: number; readonly place: RotPlace; readonly bits: number }): Undo;
}

/** When an operation of the journal counts: the record was handed to the storage, or has become durable. */
export type JournalAt = 'append' | 'synced';

/** Something that happens at a terminal, and at which a fault can begin. */
export type Moment =
  /** A state of its machine was entered, and another one left. Paths: `settling.querying`. */
  | { readonly state: string; readonly from: string }
  /** A request is about to leave for the platform: `alipay.trade.pay`. */
  | { readonly request: string }
  /** An operation of the journal, by the kind of its record. */
  | { readonly journal: string; readonly at: JournalAt };

/** Tells of each moment of a terminal, over all its boots. */
export interface Moments {
  /** Every state that there is, with those that hold others. */
  readonly states: readonly string[];
  readonly methods: readonly string[];
  /** The kinds of records. */
  readonly records: readonly string[];
  watch(listener: (moment: Moment) => void): Undo;
}

/** All places of a world where faults can take hold; a place that the ground does not have is absent. */
export interface FaultSites {
  readonly printer?: PrinterSite;
  readonly printerLink?: LinkSite;
  readonly platform?: PlatformSite;
  readonly scanner?: ScannerSite;
  readonly customer?: CustomerSite;
  readonly operator?: OperatorSite;
  readonly terminal?: TerminalSite;
}
