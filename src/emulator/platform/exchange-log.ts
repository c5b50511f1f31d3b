import type { AnswerFate } from '../../ports/faults.js';

/** One request to the platform and what became of its answer: evidence from the other side. */
export interface ExchangeEntry {
  readonly sequence: number;
  readonly atMs: number;
  /** `alipay.trade.pay`; empty when the request did not say. */
  readonly method: string;
  readonly orderNo: string | undefined;
  /** The business part of the request, as it came. */
  readonly request: unknown;
  /** The answer's node, or the HTTP status in its place; absent while there is none yet. */
  readonly response: object | undefined;
  readonly fate: AnswerFate | undefined;
}

/** An exchange that is still under way. */
export type OpenEntry = { -readonly [K in keyof ExchangeEntry]: ExchangeEntry[K] };

/** Keeps exchanges beyond the life of the platform. */
export interface ExchangeKeeper {
  /** Those of before, oldest first. */
  readonly earlier: readonly ExchangeEntry[];
  /** Takes one whose answer is decided upon. Must not fail. */
  keep(entry: ExchangeEntry): void;
}

/** The latest exchanges, oldest first: at least `keep` of them, at most twice as many. */
export class ExchangeLog {
  readonly #entries: OpenEntry[] = [];
  #sequence = 0;

  constructor(
    readonly keep: number,
    readonly keeper?: ExchangeKeeper | undefined,
  ) {
    for (const entry of keeper?.earlier.slice(-keep) ?? []) this.#entries.push({ ...entry });
    this.#sequence = this.#entries.at(-1)?.sequence ?? 0;
  }

  get entries(): readonly ExchangeEntry[] {
    return this.#entries;
  }

  open(atMs: number, method: string, orderNo: string | undefined, request: unknown): OpenEntry {
    const sequence = ++this.#sequence;
    const entry: OpenEntry = { sequence, atMs, method, orderNo, request, response: undefined, fate: undefined };
    if (this.#entries.length >= 2 * this.keep) this.#entries.splice(0, this.keep);
    this.#entries.push(entry);
    return entry;
  }
  /** What becomes of its answer stands in the entry. */
  answered(entry: ExchangeEntry): void {
    this.keeper?.keep(entry);
  }
}
