import type { NetworkSite } from './network-faults.js';
import type { CustomerSite, OperatorSite, ScannerSite, TerminalSite } from './people-faults.js';
import type { NoticeSite, PlatformSite } from './platform-faults.js';
import type { TillKind, TillSite } from './till-faults.js';
import type { Undo } from './undo.js';

export type * from './network-faults.js';
export type * from './people-faults.js';
export type * from './platform-faults.js';
export type * from './till-faults.js';
export type * from './undo.js';

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
  /** Somebody holds the feed button down: it feeds, and prints nothing. Without effect in the middle of printing. */
  feedButton(on: boolean): void;
  /** The drawer at its connector stands open. */
  drawerOpen(on: boolean): void;
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

/** Which way bytes go on a link. */
export type LinkDirection = 'to-printer' | 'to-host';

/** Bytes as they arrive: so many milliseconds after they came by. */
export interface Passage {
  readonly bytes: Uint8Array;
  readonly afterMs: number;
}

/** What befalls the bytes that go one way on a link. None ever overtakes one before it. */
export interface Impairment {
  /** While this is in, nothing more leaves the sender, who feels it; nothing is lost by it. Default `false`. */
  readonly stops?: boolean;
  /** What arrives of bytes that come by, in this order. The array is not to be changed. Default: all of it, at once. */
  pass?(bytes: Uint8Array): readonly Passage[];
}

/** Where faults take hold of a link: the plug. */
export interface LinkSite {
  /** Down for both sides until `plug`; what was under way is lost. */
  unplug(): void;
  plug(): void;
  /**
   * The two ends run at different rates, in bits a second, so that each hears garbage, and `garbled` hears of that;
   * `undefined`: at the same.
   */
  rates(rates: { readonly host: number; readonly printer: number } | undefined, garbled?: () => void): void;
  /**
   * Something befalls the bytes that go this way from now on. Of several, each is given what those before it let through.
   * Undone, what it holds is still on its way, and arrives before whatever comes later.
   */
  impair(direction: LinkDirection, impairment: Impairment): Undo;
  /** So many bytes that went this way have not arrived yet: faults, those that were undone too, hold them. */
  heldBytes(direction: LinkDirection): number;
  /** Runs once, when `bytes` more bytes have gone this way. Default `to-printer`. */
  afterBytes(bytes: number, run: () => void, direction?: LinkDirection): Undo;
}

/** Counts the events of virtual time. */
export interface EventCount {
  /** Runs once, between two events: when so many more are over, the one under way not counted. */
  afterEvents(events: number, run: () => void): Undo;
}

/** When an operation of the journal counts: the record was handed to the storage, or has become durable. */
export type JournalAt = 'append' | 'synced';

/** When an answer of the platform counts: it is there, and the terminal has not got it; or the terminal has taken it. */
export type AnswerAt = 'arrived' | 'taken';

/** When a request of a till counts: it has arrived and nothing is done about it yet; or its answer is about to leave. */
export type TillAt = 'arrived' | 'answered';

/** Something that happens at a terminal, and at which a fault can begin. */
export type Moment =
  /** A state of its machine was entered, and another one left. Paths: `settling.querying`. */
  | { readonly state: string; readonly from: string }
  /** A request is about to leave for the platform: `alipay.trade.pay`. */
  | { readonly request: string }
  /** An answer to such a request has come back. */
  | { readonly answer: string; readonly at: AnswerAt }
  /** An operation of the journal, by the kind of its record. */
  | { readonly journal: string; readonly at: JournalAt }
  /** A request of a till, in any protocol. */
  | { readonly till: TillKind; readonly at: TillAt };

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
  readonly network?: NetworkSite;
  readonly platform?: PlatformSite;
  /** Absent when the platform sends no notices. */
  readonly notices?: NoticeSite;
  readonly scanner?: ScannerSite;
  readonly customer?: CustomerSite;
  readonly operator?: OperatorSite;
  readonly terminal?: TerminalSite;
  /** Absent where no till can reach the terminal. */
  readonly tills?: TillSite;
}
