/** What the terminal's display shows: a state in words, in both languages, each of at most 40 columns. */
export interface Screen {
  readonly state: string;
  readonly zh: string;
  readonly en: string;
  readonly saleId?: string;
  /** Text to be shown as a QR code beside the words: where the customer finds the digital ticket. */
  readonly qr?: string;
  /** The words are a till's, of any length. */
  readonly text?: boolean;
}

export interface Display {
  show(screen: Screen): void;
}
