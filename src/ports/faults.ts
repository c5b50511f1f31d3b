/** Undoes what a call did; calling it again does nothing. */
export type Undo = () => void;

/** Where faults take hold of an emulated printer. Each condition is one that its mechanism can be in. */
export interface PrinterSite {
  /** The feed stalls: a mechanical error until the cause is gone *and* the driver has sent DLE ENQ 1 or 2. */
  jam(on: boolean): void;
  paperOut(on: boolean): void;
  coverOpen(on: boolean): void;
  /** Takes bytes and prints, but answers nothing. */
  mute(on: boolean): void;
  /** Takes no bytes, prints nothing, answers nothing. */
  hang(on: boolean): void;
  /** Runs once, when `lines` more printed lines have come out. */
  afterLines(lines: number, run: () => void): Undo;
}

/** Where faults take hold of a link: the plug. */
export interface LinkSite {
  /** Down for both sides until `plug`; what was under way is lost. */
  unplug(): void;
  plug(): void;
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

/** Where faults take hold of the emulated platform. */
export interface PlatformSite {
  /** Asks for each answer's fate; the last rule that does not say `deliver` wins. */
  onAnswer(rule: (answer: PlatformAnswer) => AnswerFate): Undo;
}

/** All places of a world where faults can take hold; a place that the ground does not have is absent. */
export interface FaultSites {
  readonly printer?: PrinterSite;
  readonly printerLink?: LinkSite;
  readonly platform?: PlatformSite;
}
