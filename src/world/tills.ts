import type { Moment } from '../ports/faults.js';
import type { TillAsk, TillFaceName, TillFate, TillKind, TillSite } from '../ports/till-faults.js';
import { Rules } from './rules.js';

/** What a terminal says to a till of how a payment ended; whether that reaches the till is the third fact. */
export interface TillTold {
  readonly face: TillFaceName;
  readonly saleId: string;
  readonly payment: 'paid' | 'not-paid' | 'reversed';
}

/** The way between tills and a terminal, over all its boots: what becomes of each request, and who listens. */
export class Tills {
  readonly #fates = new Rules<(ask: TillAsk) => TillFate | undefined>();
  readonly #listeners = new Set<(told: TillTold) => void>();
  readonly #tell: (moment: Moment) => void;
  readonly site: TillSite = { onRequest: (rule) => this.#fates.add(rule) };

  constructor(tell: (moment: Moment) => void) {
    this.#tell = tell;
  }

  /** What becomes of a request that has arrived; each is asked about once. */
  fateOf(ask: TillAsk): TillFate {
    let fate: TillFate = {};
    for (const rule of this.#fates.all()) {
      const more = rule(ask) ?? {};
      const add = (field: 'requestDelayMs' | 'answerDelayMs') => (fate[field] ?? 0) + (more[field] ?? 0);
      fate = { ...fate, ...more, requestDelayMs: add('requestDelayMs'), answerDelayMs: add('answerDelayMs') };
    }
    return fate;
  }

  /** A request has arrived, and nothing is done about it yet; or its answer is about to leave. */
  reached(till: TillKind, at: 'arrived' | 'answered'): void {
    this.#tell({ till, at });
  }

  /** An answer that says how a payment ended is on its way. */
  told(told: TillTold): void {
    for (const listener of this.#listeners) listener(told);
  }

  /** Hears of each final outcome that is said to a till. */
  watch(listener: (told: TillTold) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
