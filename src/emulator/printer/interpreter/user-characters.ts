import type { CharacterShape } from '../paper/operations.js';
import { cellOf, FONT_B, FULL_WIDTH } from '../paper/style.js';
import { columnsToRows, croppedRows } from './pixels.js';

/** Where full-width user-defined characters may be, by the first byte: JIS, Shift JIS, GB18030 and EUC-KR, Big5. */
const FULL_LEADS: readonly number[] = [0x77, 0xec, 0xfe, 0xc9];

/** The characters that the host defined (`ESC &`, `FS 2`), until `ESC @`. At most 95 of each font, and 4 × 256 in full width. */
export class UserCharacters {
  readonly #half = new Map<number, CharacterShape>();
  readonly #full = new Map<number, CharacterShape>();

  clear(): void {
    this.#half.clear();
    this.#full.clear();
  }

  /** Some half-width character is defined. */
  get any(): boolean {
    return this.#half.size > 0;
  }

  half(code: number, fontB: boolean): CharacterShape | undefined {
    return this.#half.get(halfKey(code, fontB));
  }

  full(first: number, second: number): CharacterShape | undefined {
    return this.#full.size === 0 ? undefined : this.#full.get(first * 256 + second);
  }

  /** `ESC &`: one character of columns, each of `bytesHigh` bytes. Columns beyond the cell are ignored. */
  defineHalf(code: number, fontB: boolean, columns: Uint8Array, widthDots: number, bytesHigh: number): void {
    if (code < 0x20 || code > 0x7e) return;
    const cell = cellOf(fontB ? FONT_B : 0);
    this.#half.set(halfKey(code, fontB), cellOfColumns(cell, columns, widthDots, bytesHigh));
  }

  /** `FS 2`: 24 columns of three bytes. Ignored for a code where none can be. */
  defineFull(first: number, second: number, columns: Uint8Array): void {
    if (!FULL_LEADS.includes(first)) return;
    this.#full.set(first * 256 + second, cellOfColumns(cellOf(FULL_WIDTH), columns, 24, 3));
  }

  /** `ESC ?`. */
  cancelHalf(code: number, fontB: boolean): void {
    this.#half.delete(halfKey(code, fontB));
  }

  /** `FS ?`. */
  cancelFull(first: number, second: number): void {
    this.#full.delete(first * 256 + second);
  }
}

function halfKey(code: number, fontB: boolean): number {
  return fontB ? 256 + code : code;
}

function cellOfColumns(
  cell: { readonly widthDots: number; readonly heightDots: number },
  columns: Uint8Array,
  widthDots: number,
  bytesHigh: number,
): CharacterShape {
  const used = columns.subarray(0, Math.min(widthDots, cell.widthDots) * bytesHigh);
  const rows = columnsToRows(used, cell.widthDots, bytesHigh);
  const shape = croppedRows(rows, (cell.widthDots + 7) >> 3, cell.widthDots, cell.heightDots);
  return { widthDots: cell.widthDots, heightDots: cell.heightDots, rows: shape };
}
