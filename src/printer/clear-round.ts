import type { Clock, Timer } from '../ports/clock.js';

/** Attempts to clear: the command is ignored while the printer is sending a block reply (TM-T90 specification). */
const ATTEMPTS = 2;

export interface ClearRoundParts {
  readonly clock: Clock;
  /** How long the answer may take, each time. */
  readonly timeoutMs: number;
  readonly send: () => void;
  /** It is over; `confirmed`: the printer said so. */
  readonly over: (confirmed: boolean) => void;
}

/** `DLE DC4` 8 and its answer. */
export class ClearRound {
  readonly #parts: ClearRoundParts;
  #timer: Timer;
  #attempts = 0;

  constructor(parts: ClearRoundParts) {
    this.#parts = parts;
  }

  get underWay(): boolean {
    return this.#timer !== undefined;
  }

  /** Begins, or begins anew. */
  begin(): void {
    this.forget();
    this.#attempts = 0;
    this.#send();
  }

  /** The printer says that it has cleared, whoever asked it to. */
  answered(): void {
    if (this.underWay) this.#end(true);
  }

  forget(): void {
    this.#parts.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #send(): void {
    const { clock, timeoutMs, send } = this.#parts;
    this.#attempts++;
    this.#timer = clock.setTimeout(this.#unanswered, timeoutMs);
    send();
  }

  readonly #unanswered = (): void => {
    if (this.#attempts < ATTEMPTS) this.#send();
    else this.#end(false);
  };

  #end(confirmed: boolean): void {
    this.forget();
    this.#parts.over(confirmed);
  }
}
