import type { QrLevel } from '../symbols/qr-size.js';

/** A run of characters of one look, evenly spaced. */
export interface TextItem {
  readonly kind: 'text';
  /** The run's left edge, in dots from the left edge of the printable width. */
  readonly x: number;
  readonly text: string;
  /** How many cells `text` takes: its characters, where one outside the Basic Multilingual Plane counts once. */
  readonly cells: number;
  /** See `style.ts`. */
  readonly style: number;
  /** Dots from one character to the next. */
  readonly advance: number;
  /** Dots between a character's place and its left edge (`FS S`). Absent: 0. */
  readonly lead?: number;
}

/** A QR code, kept as data and drawn when somebody looks. */
export interface QrItem {
  readonly kind: 'qr';
  readonly x: number;
  /** The bytes as they were sent, one character each. */
  readonly data: string;
  readonly level: QrLevel;
  readonly version: number;
  readonly moduleDots: number;
}

/** A 1-bit picture, 1 = ink, rows padded to whole bytes, the leftmost dot in bit 7. */
export interface ImageItem {
  readonly kind: 'image';
  readonly x: number;
  readonly widthDots: number;
  readonly heightDots: number;
  readonly scaleX: number;
  readonly scaleY: number;
  readonly rows: Uint8Array;
}

export type LineItem = TextItem | QrItem | ImageItem;

/** Which bytes made an operation: from the first to before the last, counted since the printer was switched on. */
interface Origin {
  readonly from: number;
  readonly to: number;
}

/** One pass of the head: everything on it stands on the same lower edge. */
export interface LineOperation extends Origin {
  readonly op: 'line';
  readonly items: readonly LineItem[];
  readonly heightDots: number;
  /** How far the paper moved, at least the height. */
  readonly feedDots: number;
  /** `ESC {`: the line stands on its head. */
  readonly upsideDown?: true;
  /** The line was cut short: only so many of its upper dots are on the paper. */
  readonly inkedDots?: number;
}

export interface FeedOperation extends Origin {
  readonly op: 'feed';
  readonly feedDots: number;
}

export type CutKind = 'full' | 'partial';

export interface CutOperation extends Origin {
  readonly op: 'cut';
  /** `torn`: by a person, on a printer without a cutter. */
  readonly kind: CutKind | 'torn';
}

/** What the mechanism does to the paper, in order. */
export type PaperOperation = LineOperation | FeedOperation | CutOperation;

/** Dots that an item takes across the paper. */
export function itemWidth(item: LineItem): number {
  switch (item.kind) {
    case 'text':
      return item.cells * item.advance;
    case 'qr':
      return qrModules(item.version) * item.moduleDots;
    case 'image':
      return item.widthDots * item.scaleX;
  }
}

/** Modules on a side of a QR code, without the quiet zone. */
export function qrModules(version: number): number {
  return 17 + 4 * version;
}
