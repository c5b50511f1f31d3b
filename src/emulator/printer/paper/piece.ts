import { lineText } from './line-text.js';
import type { CutOperation, LineOperation, PaperOperation } from './operations.js';

/** A piece of paper, from cut to cut; the last one may still hang in the printer. */
export class PaperPiece {
  /** From 0, in the order in which they came out. */
  readonly index: number;
  /** The printable width; pictures are that wide. */
  readonly widthDots: number;
  readonly dpi: number;
  readonly #operations: PaperOperation[] = [];
  #heightDots = 0;
  /** Where the head is, from the upper edge. */
  #y = 0;
  #cut: CutOperation['kind'] | undefined;
  #inked = false;
  #lines: string[] = [];
  /** How many operations `#lines` tells of. */
  #linesOf = 0;

  constructor(index: number, widthDots: number, dpi: number) {
    this.index = index;
    this.widthDots = widthDots;
    this.dpi = dpi;
  }

  /** What was done to it, from top to bottom. */
  get operations(): readonly PaperOperation[] {
    return this.#operations;
  }

  /** How it was separated; `undefined` while it hangs in the printer. */
  get cut(): CutOperation['kind'] | undefined {
    return this.#cut;
  }

  get heightDots(): number {
    return this.#heightDots;
  }

  get heightMm(): number {
    return (this.#heightDots * 25.4) / this.dpi;
  }

  /** Nothing is printed on it. */
  get empty(): boolean {
    return !this.#inked;
  }

  /**
   * The lines of text that can be read on it, without alignment. A line that was cut short reads as a row of `▔`, because
   * nobody can read its upper third; lines without text (pictures, codes, feeds) are left out.
   */
  get lines(): readonly string[] {
    for (; this.#linesOf < this.#operations.length; this.#linesOf++) {
      const operation = this.#operations[this.#linesOf];
      const text = operation?.op === 'line' ? lineText(operation) : '';
      if (text !== '') this.#lines.push(...text.split('\n'));
    }
    return this.#lines;
  }

  /** Lines on which something is printed, whole ones only. */
  get wholeLines(): readonly LineOperation[] {
    return this.#operations.filter(
      (operation): operation is LineOperation => operation.op === 'line' && operation.inkedDots === undefined,
    );
  }

  append(operation: PaperOperation): void {
    this.#operations.push(operation);
    if (operation.op === 'cut') {
      this.#cut = operation.kind;
      return;
    }
    this.#y = Math.max(this.#y + operation.feedDots, 0); // Paper that was fed backwards is still there.
    this.#heightDots = Math.max(this.#heightDots, this.#y);
    if (operation.op === 'line' && operation.worn?.blank !== true) this.#inked = true;
  }
}
