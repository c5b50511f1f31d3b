export type Align = 'left' | 'center' | 'right';

/** How a run of text looks. Absent means: normal size, light, left. */
export interface TextStyle {
  readonly align?: Align;
  readonly bold?: boolean;
  /** Times the normal size, 1 to 8. */
  readonly width?: number;
  readonly height?: number;
  readonly underline?: boolean;
  /** White on black. */
  readonly reverse?: boolean;
}

/** The bar code systems that every printer language here has. */
export type BarcodeSystem = 'code128' | 'code39' | 'ean13' | 'ean8' | 'upca' | 'itf' | 'codabar';

/** One element of a ticket, from top to bottom. Widths are counted in columns of Font A; a Chinese character takes two. */
export type TicketElement =
  /** Text that wraps at the paper's width. */
  | ({ readonly kind: 'text'; readonly text: string } & TextStyle)
  /** A label at the left edge and a value at the right edge; the value moves to its own line when both do not fit. */
  | ({ readonly kind: 'pair'; readonly label: string; readonly value: string } & TextStyle)
  /** A line of dashes across the paper. */
  | { readonly kind: 'rule' }
  /** A QR code, centred. Text is sent as UTF-8. `moduleDots` 1 to 16, default 6; error correction default M. */
  | { readonly kind: 'qr'; readonly data: string; readonly moduleDots?: number; readonly level?: 'L' | 'M' | 'Q' | 'H' }
  /**
   * A bar code, centred. `moduleDots`, the narrowest bar: 2 to 6, default 2; less where it would be wider than the paper.
   * `heightDots` 1 to 255, default 80. `hri`: its characters below it, default true. EAN and UPC with or without their
   * check digit.
   */
  | {
      readonly kind: 'barcode';
      readonly system: BarcodeSystem;
      readonly data: string;
      readonly moduleDots?: number;
      readonly heightDots?: number;
      readonly hri?: boolean;
    }
  /** A 1-bit picture, 1 = ink, rows padded to bytes; centred. */
  | { readonly kind: 'image'; readonly widthDots: number; readonly heightDots: number; readonly rows: Uint8Array }
  /** Empty lines, up to 1,000. */
  | { readonly kind: 'feed'; readonly lines: number }
  | { readonly kind: 'cut' };

/** What is to be on the paper, without a word on how a printer is told. */
export interface TicketDocument {
  readonly elements: readonly TicketElement[];
}
