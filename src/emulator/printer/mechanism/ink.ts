import type { LineOperation, Worn } from '../paper/operations.js';

/** What the head leaves on the paper of a line: all of it, unless something is wrong that no sensor notices. */
export class Ink {
  #worn: Worn | undefined;
  #fade = 1;
  #deadDots: readonly number[] = [];
  /** Reasons why nothing is inked. */
  readonly #blank = new Set<'upside-down paper' | 'ribbon'>();

  /** Share of the dots that are still inked: 1 all, 0 none. */
  fade(share: number): void {
    this.#fade = share;
    this.#update();
  }

  /** Columns that are never inked, from 0 at the left. */
  deadDots(columns: readonly number[]): void {
    this.#deadDots = columns;
    this.#update();
  }

  blank(reason: 'upside-down paper' | 'ribbon', on: boolean): void {
    if (on) this.#blank.add(reason);
    else this.#blank.delete(reason);
    this.#update();
  }

  put(line: LineOperation): LineOperation {
    return this.#worn === undefined ? line : { ...line, worn: this.#worn };
  }

  #update(): void {
    const blank = this.#blank.size > 0 || this.#fade <= 0;
    const faded = !blank && this.#fade < 1;
    const dead = !blank && this.#deadDots.length > 0;
    this.#worn =
      blank || faded || dead
        ? {
            ...(blank ? { blank: true as const } : {}),
            ...(faded ? { fade: this.#fade } : {}),
            ...(dead ? { deadDots: this.#deadDots } : {}),
          }
        : undefined;
  }
}
