import type { Undo } from '../../../ports/faults.js';

interface Mark {
  left: number;
  readonly run: () => void;
}

/** Counts printed lines for those who wait for one. */
export class LineMarks {
  readonly #marks: Mark[] = [];

  /** Runs `run` once, when `lines` more lines have come out; at once for 0. */
  after(lines: number, run: () => void): Undo {
    if (lines <= 0) {
      run();
      return () => {};
    }
    const mark: Mark = { left: lines, run };
    this.#marks.push(mark);
    return () => {
      const at = this.#marks.indexOf(mark);
      if (at >= 0) this.#marks.splice(at, 1);
    };
  }

  /** A line has come out. */
  pass(): void {
    if (this.#marks.length === 0) return;
    for (const mark of this.#marks) mark.left--;
    const due = this.#marks.filter((mark) => mark.left <= 0);
    for (const mark of due) {
      const at = this.#marks.indexOf(mark);
      if (at < 0) continue; // Undone by one that ran before it.
      this.#marks.splice(at, 1);
      mark.run();
    }
  }
}
