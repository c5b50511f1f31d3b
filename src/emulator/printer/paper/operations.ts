import type { QrLevel } from '../symbols/qr-size.js';
import type { BarcodeItem, MatrixItem } from './symbol-items.js';

export type * from './symbol-items.js';

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
  /** A user-defined character (`ESC &`, `FS 2`): what is drawn for every character of the run. */
  readonly shape?: CharacterShape;
}

/** The dots of one character cell, 1 = ink, rows padded to whole bytes, the leftmost dot in bit 7. */
export interface CharacterShape {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly rows: Uint8Array;
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

/** A rectangle of a page, in dots from its upper left corner. */
export interface PageArea {
  readonly x: number;
  readonly y: number;
  readonly widthDots: number;
  readonly heightDots: number;
}

/** `ESC T`: text runs to the right from the upper left, up from the lower left, to the left from the lower right, or down from the upper right. */
export type PageDirection = 0 | 1 | 2 | 3;

/** A line of text, or pictures, in an area of a page. Its dots are counted in the direction in which it runs. */
export interface PagePart {
  readonly area: PageArea;
  readonly direction: PageDirection;
  /** Its lower edge, from the area's upper edge, both as its reader sees them. */
  readonly bottom: number;
  readonly heightDots: number;
  readonly items: readonly LineItem[];
  /** `CAN`: the area is made white. */
  readonly erased?: true;
}

/** What page mode put together, kept as its parts and drawn when somebody looks. */
export interface PageItem {
  readonly kind: 'page';
  readonly x: number;
  readonly widthDots: number;
  readonly heightDots: number;
  readonly parts: readonly PagePart[];
}

export type LineItem = TextItem | QrItem | BarcodeItem | MatrixItem | ImageItem | PageItem;

/** Which bytes made an operation: from the first to before the last, counted since the printer was switched on. */
interface Origin {
  readonly from: number;
  readonly to: number;
}

/** How a line is less black than it was meant. */
export interface Worn {
  /** Nothing is inked: the paper lies the wrong way round, the ribbon is broken. */
  readonly blank?: true;
  /** The share of the dots that are inked, above 0 and below 1. */
  readonly fade?: number;
  /** Columns that are never inked, from 0 at the left of the printable width. */
  readonly deadDots?: readonly number[];
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
  /** What is missing of its ink, unnoticed by any sensor. */
  readonly worn?: Worn;
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
    case 'barcode':
    case 'matrix':
    case 'page':
      return item.widthDots;
  }
}

/** Modules on a side of a QR code, without the quiet zone. */
export function qrModules(version: number): number {
  return 17 + 4 * version;
}
