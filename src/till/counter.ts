import { PaperjamError } from '../base/errors.js';
import type { Undo } from '../ports/faults.js';
import type { TillFaceName } from '../ports/till-faults.js';
import { isFinal, type SaleFacts } from '../terminal/facts.js';
import { isSettled } from '../world/settled.js';
import type { World } from '../world/world.js';
import { Deliveries } from './deliveries.js';
import type { Custom, TillSale } from './sale.js';

export type { Custom, TillSale } from './sale.js';

const USUAL: Custom = { behaviour: 'pays' };
const APPROACH_MS = 1_000;

/**
 * One terminal as tills see it, whatever they speak: sales by the till's own keys, who waits for what, and whether the
 * answer got through. It outlives the terminal's boots; what it must not forget stands in the journal.
 */
export class Counter {
  readonly world: World;
  /** The terminal's number. */
  readonly id: string;
  readonly #custom: Custom;
  readonly #deliveries: Deliveries;
  /** Begun in this boot, and perhaps not durable yet: sale and fingerprint by face and key. */
  readonly #begun = new Map<string, { readonly saleId: string; readonly of: string | undefined }>();
  readonly #lossListeners = new Set<() => void>();
  readonly #unwatch: Undo;
  #power: 'on' | 'off' = 'on';
  /** The sale for which a customer is on the way. */
  #comingFor: string | undefined;

  constructor(world: World, custom: Custom = USUAL) {
    this.world = world;
    this.id = world.merchant.terminalId;
    this.#custom = custom;
    this.#deliveries = new Deliveries(world);
    this.#unwatch = world.watch({
      boot: () => {
        if (this.#power === 'on') this.#lost(); // It was off for no time at all.
        this.#power = 'on';
        this.#begun.clear(); // What was not durable is gone, and what was, the journal tells.
      },
      screen: ({ state }) => {
        if (state !== 'off' || this.#power === 'off') return;
        this.#power = 'off';
        this.#lost();
      },
      record: (record) => {
        if (record.kind === 'sale-opened' && record.till !== undefined) {
          this.#begun.delete(keyOf(record.till.face, record.till.key));
        }
      },
    });
  }

  get power(): 'on' | 'off' {
    return this.#power;
  }

  /** Whether a customer is on the way to pay this sale. */
  isComingFor(saleId: string): boolean {
    return this.#comingFor === saleId;
  }

  /**
   * The sale of this key; begins one unless there is one. Throws `PJ_KEY_REUSED` when the key stands for something else,
   * `PJ_POWER_CUT` when the power goes meanwhile, and what `Terminal.sell` does, and then there is no sale.
   */
  open(wanted: TillSale): { readonly saleId: string; readonly repeated: boolean } {
    const { face, key, of, amountFen, subject, code, custom = this.#custom } = wanted;
    const before = this.#known(face, key);
    if (before !== undefined) {
      if (before.of === of) return { saleId: before.saleId, repeated: true };
      const now = `something else (${of ?? 'unmarked'})`;
      throw new PaperjamError('PJ_KEY_REUSED', { key, before: `the sale ${before.saleId}`, now });
    }
    const till = { face, key, ...(of === undefined ? {} : { of }) };
    const { terminal } = this.world;
    const saleId = this.world.people.sell(amountFen, { subject, code, till });
    // The power went as the record was written. If it has survived, the next boot closes the sale, and the key finds it.
    if (this.world.terminal !== terminal || this.#power === 'off') throw new PaperjamError('PJ_POWER_CUT', { saleId });
    if (this.world.terminal.find(saleId) === undefined) this.#begun.set(keyOf(face, key), { saleId, of });
    if (code === undefined) this.#await(saleId, custom);
    return { saleId, repeated: false };
  }

  /** The sale of this key, also one that is not durable yet. */
  saleOf(face: TillFaceName, key: string): string | undefined {
    return this.#known(face, key)?.saleId;
  }

  /** What is durable of a sale. */
  facts(saleId: string): SaleFacts | undefined {
    return this.world.terminal.find(saleId)?.facts;
  }

  /** Calls `done` once: when the sale is durable, or with why it will not be. A till is told of no other sale. */
  whenDurable(saleId: string, done: (error?: Error) => void): Undo {
    const isDurable = this.facts(saleId) !== undefined;
    const { failure } = this.world.terminal;
    if (isDurable || failure !== undefined) {
      done(isDurable ? undefined : failure);
      return () => {};
    }
    const end = (error?: Error) => {
      unwatch();
      done(error);
    };
    const unwatch = this.world.watch({
      record: (record) => record.kind === 'sale-opened' && record.saleId === saleId && end(),
      // The record may have survived the power cut all the same.
      boot: () => end(this.facts(saleId) === undefined ? new PaperjamError('PJ_POWER_CUT', { saleId }) : undefined),
      failed: (error) => end(error),
    });
    return unwatch;
  }

  /**
   * Calls `done` once: when the sale has settled (payment and ticket), or is left to the guard task, or the terminal is out
   * of service, or so many ms are over (`undefined`: however long it takes). Without facts: the power went before the sale
   * was durable.
   */
  whenAnswered(saleId: string, withinMs: number | undefined, done: (facts: SaleFacts | undefined) => void): Undo {
    return this.#when(saleId, withinMs, isSettled, done);
  }

  /** The same, without waiting for the ticket. */
  whenPaymentFinal(saleId: string, withinMs: number | undefined, done: (facts: SaleFacts | undefined) => void): Undo {
    const known = (facts: SaleFacts) => (facts.payment === 'unknown' ? facts.unresolved : isFinal(facts));
    return this.#when(saleId, withinMs, known, done);
  }

  /**
   * Calls `done` once: when the journal has it that the money is to go back, once more than `askedBefore` times; or with why
   * it will not: `PJ_REVERSAL_LOST` when a power cut has taken it, or why the terminal is out of service.
   */
  whenReversalAsked(saleId: string, askedBefore: number, done: (error?: Error) => void): Undo {
    const isAsked = () => (this.facts(saleId)?.reversalsAsked ?? 0) > askedBefore;
    const { failure } = this.world.terminal;
    if (isAsked() || failure !== undefined) {
      done(isAsked() ? undefined : failure);
      return () => {};
    }
    const end = (error?: Error) => {
      unwatch();
      done(error);
    };
    const unwatch = this.world.watch({
      sale: (facts) => facts.saleId === saleId && isAsked() && end(),
      boot: () => end(isAsked() ? undefined : new PaperjamError('PJ_REVERSAL_LOST', { saleId })),
      failed: (error) => end(error),
    });
    return unwatch;
  }

  /**
   * The same as `whenAnswered`, until a reversal that was asked for beyond `askedBefore` has succeeded, was refused, or is
   * left to the guard task; also when a power cut has taken that it was asked for.
   */
  whenReversed(
    saleId: string,
    askedBefore: number,
    withinMs: number | undefined,
    done: (facts: SaleFacts | undefined) => void,
  ): Undo {
    const isAsked = ({ reversalsAsked }: SaleFacts) => reversalsAsked > askedBefore;
    const isOver = (facts: SaleFacts) =>
      facts.payment === 'reversed' || (isAsked(facts) && (facts.unresolved || facts.reversal !== 'asked'));
    return this.#when(saleId, withinMs, isOver, done, (facts) => !isAsked(facts));
  }

  /** Gives up the sale, if it is this one at which the terminal is. Throws `PJ_NOT_NOW`, `PJ_UNKNOWN_SALE`. */
  abort(saleId: string): void {
    this.checkAbort(saleId);
    this.world.people.cancel();
  }

  /** Throws what `abort` would, as far as that can be known before. */
  checkAbort(saleId: string): void {
    const { terminal } = this.world;
    const { payment, unresolved } = terminal.page(saleId).facts;
    const refuse = (problem: string) => new PaperjamError('PJ_NOT_NOW', { problem });
    if (payment !== 'unknown') throw refuse(`the payment of ${saleId} is ${payment}`);
    if (terminal.failure !== undefined) throw terminal.failure;
    if (unresolved) throw refuse(`${saleId} is being cancelled already, until the platform answers`);
    if (terminal.foreground !== saleId) throw refuse(`the terminal is at ${terminal.foreground ?? 'no sale'}`);
  }

  /** The money of a paid sale is to go back. Throws `PJ_BUSY`, `PJ_NOT_NOW`, `PJ_UNKNOWN_SALE`. */
  reverse(saleId: string): void {
    this.world.terminal.reverse(saleId);
  }

  /** One more ticket, marked as such if there can have been one. Throws what `Terminal.reprint` does. */
  reprint(saleId: string): void {
    this.world.people.reprint(saleId);
  }

  /** The answer that says how the payment ended has reached the till. */
  delivered(face: TillFaceName, saleId: string): void {
    this.#deliveries.note(face, saleId, 'delivered');
  }

  /** The till had gone before it was answered. */
  lost(face: TillFaceName, saleId: string): void {
    this.#deliveries.note(face, saleId, 'lost');
  }

  /** Runs each time the terminal loses its power. */
  onPowerLoss(run: () => void): Undo {
    this.#lossListeners.add(run);
    return () => void this.#lossListeners.delete(run);
  }

  close(): void {
    this.#unwatch();
    this.#deliveries.close();
    this.#lossListeners.clear();
  }

  #known(face: TillFaceName, key: string): { readonly saleId: string; readonly of: string | undefined } | undefined {
    // The terminal knows its key at once, and what it stands for only once it is durable.
    const begun = this.#begun.get(keyOf(face, key));
    if (begun !== undefined) return begun;
    const saleId = this.world.terminal.saleOf(face, key);
    return saleId === undefined ? undefined : { saleId, of: this.facts(saleId)?.till?.of };
  }

  #when(
    saleId: string,
    withinMs: number | undefined,
    isEnd: (facts: SaleFacts) => boolean,
    done: (facts: SaleFacts | undefined) => void,
    isGone: (facts: SaleFacts) => boolean = () => false,
  ): Undo {
    const { world } = this;
    const now = this.facts(saleId);
    if ((now !== undefined && isEnd(now)) || world.terminal.failure !== undefined) {
      done(now);
      return () => {};
    }
    const end = () => {
      forget();
      done(this.facts(saleId));
    };
    const timer = withinMs === undefined ? undefined : world.clock.setTimeout(end, withinMs);
    const unwatch = world.watch({
      sale: (facts) => facts.saleId === saleId && isEnd(facts) && end(),
      failed: () => end(),
      boot: () => {
        const facts = this.facts(saleId);
        if (facts === undefined || isEnd(facts) || isGone(facts)) end();
      },
    });
    const forget = () => {
      world.clock.clearTimeout(timer);
      unwatch();
    };
    return forget;
  }

  #await(saleId: string, custom: Custom): void {
    if (custom === 'none') return;
    const { behaviour, afterMs, approachMs = APPROACH_MS } = custom;
    const { clock, people } = this.world;
    this.#comingFor = saleId;
    clock.setTimeout(() => {
      if (this.#comingFor === saleId) this.#comingFor = undefined;
      const { terminal } = this.world;
      if (terminal.foreground !== saleId || terminal.state !== 'scanning') return;
      try {
        people.show(people.codeOf({ behaviour, ...(afterMs === undefined ? {} : { afterMs }) }));
      } catch (error) {
        // With a real platform only real customers come.
        if (!(error instanceof PaperjamError && error.code === 'PJ_NO_CUSTOMER')) throw error;
      }
    }, approachMs);
  }

  #lost(): void {
    for (const run of [...this.#lossListeners]) run();
  }
}

function keyOf(face: string, key: string): string {
  return `${face} ${key}`;
}
