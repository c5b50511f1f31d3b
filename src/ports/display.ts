/** What the terminal's display shows: a state in words, in both languages, each of at most 40 columns. */
export interface Screen {
  readonly state: string;
  readonly zh: string;
  readonly en: string;
  readonly saleId?: string;
}

export interface Display {
  show(screen: Screen): void;
}
