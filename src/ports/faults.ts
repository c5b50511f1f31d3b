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
  /** The two ends run at different rates, in bits a second, so that each hears garbage; `undefined`: at the same. */
  rates(rates: { readonly host: number; readonly printer: number } | undefined): void;
  /**
   * Something befalls the bytes that go this way from now on. Of several, each is given what those before it let through.
   * Undone, what it holds is still on its way, and arrives before whatever comes later.
   */
  impair(direction: LinkDirection, impairment: Impairment): Undo;
  /** Runs once, when `bytes` more bytes have gone towards the printer. */
  afterBytes(bytes: number, run: () => void): Undo;
}

/** A request that has come in at the platform's door; nothing is booked yet. */
export interface PlatformRequest {
  /** `alipay.trade.pay` and so on. */
  readonly method: string;
  readonly orderNo: string | undefined;
}

/** How the platform turns a request away, with nothing booked. */
export type PlatformRefusal =
  /** ACQ.SYSTEM_ERROR: it says itself that it does not know what has become of the request. */
  | 'system-error'
  /** 20000, service currently unavailable: the same, from the gateway. */
  | 'unavailable'
  /** 40005: too many requests. */
  | 'rate-limited'
  /** 40004 with this sub code. */
  | { readonly subCode: string; readonly words: string }
  /** No answer in the platform's words at all, but an HTTP status. */
  | { readonly httpStatus: number };

/** What becomes of a request before it is booked; `{}`: it is booked at once, as usual. */
export interface RequestFate {
  /** It never reaches the books, and nobody answers. */
  readonly lose?: boolean;
  readonly refuse?: PlatformRefusal;
  /** So many milliseconds pass until it is booked. */
  readonly queuedMs?: number;
  /** A query is answered from a copy of the books that is so many milliseconds behind them. */
  readonly behindMs?: number;
  /** The buyer of a payment is asked for the password; who pays confirms so much later, or, with `undefined`, when told to. */
  readonly ask?: { readonly confirmsAfterMs: number | undefined };
}

/** An answer that the platform is about to give; the ledger has booked already. */
export interface PlatformAnswer {
  /** `alipay.trade.pay` and so on. */
  readonly method: string;
  readonly orderNo: string | undefined;
}

/** An answer that goes out, but later or other than it should. */
export interface AnswerChange {
  readonly delayMs?: number;
  /** It speaks of so many fen more than were paid; less than 0: of less. */
  readonly moreFen?: number;
  /** Its signature does not match. */
  readonly badSignature?: boolean;
  /** ACQ.SYSTEM_ERROR or 20000 in its place, though all is booked. */
  readonly say?: 'system-error' | 'unavailable';
}

/** What becomes of an answer: it goes out at once, changed, or never (the connection stays open and silent). */
export type AnswerFate = 'deliver' | 'lose' | AnswerChange;

/** The platform's clock, as far as it differs from the right time. */
export interface PlatformClock {
  /** Less than 0: behind. */
  readonly aheadMs: number;
  /** A request whose time stamp is farther off the platform's clock is refused. */
  readonly toleranceMs: number;
}

/** Where faults take hold of the emulated platform. */
export interface PlatformSite {
  /** Asks for each request's fate, before anything is booked; later rules go before earlier ones, field by field. */
  onRequest(rule: (request: PlatformRequest) => RequestFate): Undo;
  /** Asks for each answer's fate; of `lose` and a change the later rule's wins, and changes add up, field by field. */
  onAnswer(rule: (answer: PlatformAnswer) => AnswerFate): Undo;
  /** A buyer who was asked for the password gives it now, if the trade still waits for it. */
  confirm(orderNo: string): void;
  /** `undefined`: it is right again. */
  clock(clock: PlatformClock | undefined): void;
}

/** One attempt to bring a notice to the merchant. */
export interface NoticeDelivery {
  readonly orderNo: string;
  /** `TRADE_SUCCESS`: paid. `TRADE_CLOSED`: paid, and all of it went back. */
  readonly tradeStatus: 'TRADE_SUCCESS' | 'TRADE_CLOSED';
  /** 1 for the first, up to 8. */
  readonly attempt: number;
  /** How many milliseconds later than it should. */
  readonly afterMs: number;
  /** It waits until something else about the same order has gone out, but no longer than `afterMs`. */
  readonly behindNext?: boolean;
  readonly moreFen?: number;
  readonly badSignature?: boolean;
}

/** Where faults take hold of the platform's asynchronous notices. */
export interface NoticeSite {
  /** Asks what comes of each attempt: none, one, or several. Rules apply one after the other. */
  onNotice(rule: (delivery: NoticeDelivery) => readonly NoticeDelivery[]): Undo;
}

/** A request on its way to the platform: one attempt. What is broken off is sent a second time by the vendor's SDK. */
export interface NetworkRequest {
  /** `alipay.trade.pay` and so on. */
  readonly method: string;
  readonly orderNo: string | undefined;
}

/** How an exchange ends instead of with the platform's answer. */
export interface NetworkBreak {
  /** Whether the platform has got the request, and done what it asks, before. */
  readonly delivered: boolean;
  /**
   * `silence`: nothing more is heard; `reset`: the connection is torn down; `half`: the first half of the answer comes, and
   * then the connection ends (`broken-off`), or all is as if that were the whole; else an answer of somebody on the way.
   */
  readonly how:
    | 'silence'
    | 'reset'
    | { readonly half: HalfEnding }
    | { readonly status: number; readonly body: string };
}

export type HalfEnding = 'broken-off' | 'as-whole';

/** What the network does to one exchange. Of several rules, delays add up, and the break that comes first on the way counts. */
export interface NetworkFate {
  /** How much longer the request is on its way, ms. Default 0. */
  readonly requestDelayMs?: number;
  /** The same for the answer. */
  readonly answerDelayMs?: number;
  /** Each way that is delayed takes up to so many ms more, drawn anew each time. Default 0. */
  readonly jitterMs?: number;
  readonly breaks?: NetworkBreak;
  /** The answer's body arrives in pieces of so many bytes, so many ms apart. */
  readonly drip?: { readonly bytes: number; readonly everyMs: number };
}

export type CertificateProblem = 'expired' | 'unknown-issuer' | 'wrong-host';

/** Where faults take hold of the way between the terminal and the platform. What is put in twice ends with the last of the two. */
export interface NetworkSite {
  /** Asks for the fate of each request as it leaves, also of one that is sent again; `undefined`: nothing happens to it. */
  onRequest(rule: (request: NetworkRequest) => NetworkFate | undefined): Undo;
  /** Nobody takes connections at the platform's address. */
  refuse(): Undo;
  /** Whatever is on its way, or sets out, is gone without a trace. */
  swallow(): Undo;
  /** Nothing moves; what is on its way, or sets out, arrives when the link is up again. */
  takeDown(): Undo;
  /** Whoever connects is shown a certificate that has this wrong with it. */
  showCertificate(problem: CertificateProblem): Undo;
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

/** All places of a world where faults can take hold; a place that the ground does not have is absent. */
export interface FaultSites {
  readonly printer?: PrinterSite;
  readonly printerLink?: LinkSite;
  readonly network?: NetworkSite;
  readonly platform?: PlatformSite;
  /** Absent when the platform sends no notices. */
  readonly notices?: NoticeSite;
  readonly scanner?: ScannerSite;
}
