import type { Storage } from '../../../ports/storage.js';
import type { PaperOperation } from './operations.js';
import { PaperPiece } from './piece.js';
import { fromRecord, toRecord } from './record.js';

export interface PaperOptions {
  readonly widthDots: number;
  readonly dpi: number;
  /**
   * Where the paper is kept, one JSON line for each operation, written as it comes out. What it holds already is on the
   * paper from the start, the piece that still hangs in the printer included. Paper does not need `sync`: it survives a
   * killed program, and a lost last line is a line that never came out.
   */
  readonly storage?: Storage;
}

/** All the paper that came out of a printer, piece by piece. Power cuts do not concern it. */
export class Paper {
  readonly #options: PaperOptions;
  readonly #pieces: PaperPiece[] = [];
  #count = 0;
  /** Lines of the storage that could not be read, beyond a torn last one. */
  readonly damagedRecords: number = 0;

  constructor(options: PaperOptions) {
    this.#options = options;
    if (options.storage !== undefined) this.damagedRecords = this.#load(options.storage);
  }

  /** Every piece, blank ones too; the last one may still hang in the printer. */
  get pieces(): readonly PaperPiece[] {
    return this.#pieces;
  }

  /** The piece that hangs in the printer, if anything was done to it. */
  get current(): PaperPiece | undefined {
    const last = this.#pieces[this.#pieces.length - 1];
    return last?.cut === undefined ? last : undefined;
  }

  /** Puts an operation on the paper; says on which piece. */
  append(operation: PaperOperation): PaperPiece {
    this.#options.storage?.append(Buffer.from(toRecord(operation)));
    return this.#add(operation);
  }

  /** Hands over the pieces that were cut off, and forgets them: what was printed does not pile up in memory. */
  takeFinished(): PaperPiece[] {
    return this.#pieces.splice(0, this.#pieces.length - (this.current === undefined ? 0 : 1));
  }

  #add(operation: PaperOperation): PaperPiece {
    let piece = this.current;
    if (piece === undefined) {
      piece = new PaperPiece(this.#count++, this.#options.widthDots, this.#options.dpi);
      this.#pieces.push(piece);
    }
    piece.append(operation);
    return piece;
  }

  #load(storage: Storage): number {
    const content = Buffer.from(storage.read());
    const end = content.lastIndexOf(0x0a) + 1;
    if (end < content.length) storage.truncate(end); // The program was killed while it wrote the last one.
    let damaged = 0;
    for (const line of content.toString('utf8', 0, end).split('\n')) {
      if (line === '') continue;
      const operation = fromRecord(line);
      if (operation === undefined) damaged++;
      else this.#add(operation);
    }
    return damaged;
  }
}
