import { type CodePage, codePage, nationalised } from './code-pages.js';

const BLANK_PAGE: CodePage = Array.from({ length: 256 }, (_, byte) =>
  byte < 0x7f ? String.fromCharCode(byte) : '\ufffd',
);

/** The single-byte side of the character generator: which character a byte stands for now. */
export class Characters {
  readonly #ownPages: Readonly<Record<string, string>>;
  #pageNumber = 0;
  #nationalSet = 0;
  #forced: string | undefined;
  #table: CodePage = BLANK_PAGE;
  /** Below 0x80 everything is plain ASCII, so that a run can be taken over as it is. */
  #plain = true;

  constructor(ownPages: Readonly<Record<string, string>> = {}) {
    this.#ownPages = ownPages;
    this.reset();
  }

  reset(): void {
    this.#pageNumber = 0;
    this.#nationalSet = 0;
    this.#build();
  }

  /** `ESC t n`. `false` for a table that nobody knows: its upper half then prints as U+FFFD. */
  usePage(n: number): boolean {
    this.#pageNumber = n;
    return this.#build();
  }

  /** `ESC R n`. */
  useNationalSet(n: number): void {
    this.#nationalSet = n;
    this.#build();
  }

  /** Uses this encoding whatever `ESC t` selects; `undefined`: what it selects. */
  force(encoding: string | undefined): void {
    this.#forced = encoding;
    this.#build();
  }

  /** The characters of bytes `start` to before `end`, one for each byte. */
  text(bytes: Buffer, start: number, end: number): string {
    if (this.#plain && isAscii(bytes, start, end)) return bytes.toString('latin1', start, end);
    let text = '';
    for (let at = start; at < end; at++) text += this.#table[bytes[at] ?? 0];
    return text;
  }

  #build(): boolean {
    const page =
      this.#forced === undefined ? codePage(this.#pageNumber, this.#ownPages) : codePage(0, { 0: this.#forced });
    this.#table = nationalised(page ?? BLANK_PAGE, this.#nationalSet);
    this.#plain = this.#nationalSet === 0;
    return page !== undefined;
  }
}

function isAscii(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] ?? 0) >= 0x7f) return false;
  return true;
}
