import { type Actor, createActor } from 'xstate';
import type { Clock } from '../ports/clock.js';
import type { AnswerEvent, Effect } from './effects.js';
import type { SaleFacts } from './facts.js';
import { type GuardEvent, guardedSale, guardMachine } from './guard-task.js';
import { ownDelays } from './own-delays.js';
import type { Timings } from './timings.js';

export interface GuardParts {
  readonly clock: Clock;
  readonly timings: Timings;
  put(effect: Effect): void;
}

/** The guard task of one boot. Most boots have nothing to guard, so its machine is made when there is a first sale for it. */
export class Guard {
  readonly #parts: GuardParts;
  readonly #open: readonly SaleFacts[];
  readonly #guarded: Set<string>;
  #machine: Actor<typeof guardMachine> | undefined;
  #off = false;

  /** `open`: what the boot found that is to be guarded. */
  constructor(parts: GuardParts, open: readonly SaleFacts[]) {
    this.#parts = parts;
    this.#open = open;
    this.#guarded = new Set(open.map(({ saleId }) => saleId));
  }

  start(): void {
    if (this.#open.length > 0) this.#begin();
  }

  /** Power off. */
  stop(): void {
    this.#off = true;
    this.#machine?.stop();
  }

  adopt(facts: SaleFacts): void {
    if (this.#off) return; // Whoever heard of the record has cut the power.
    this.#guarded.add(facts.saleId);
    const machine = this.#machine ?? this.#begin();
    machine.send({ type: 'ADOPT', ...guardedSale(facts) });
  }

  /** What the platform says to a query or a cancel; each task knows its own sales. */
  answered(event: Extract<GuardEvent, AnswerEvent>): void {
    this.#machine?.send(event);
  }

  /** The sale's payment is known. Whether it was one of these. */
  settled(saleId: string): boolean {
    return this.#guarded.delete(saleId);
  }

  #begin(): Actor<typeof guardMachine> {
    const { clock, timings, put } = this.#parts;
    const input = { timings, open: this.#open.map(guardedSale) };
    const machine = ownDelays(createActor(guardMachine, { clock, input }), clock);
    machine.on('*', put);
    this.#machine = machine;
    return machine.start();
  }
}
