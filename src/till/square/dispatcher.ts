import { isDeepStrictEqual } from 'node:util';
import type { Timer } from '../../ports/clock.js';
import type { Undo } from '../../ports/undo.js';
import type { Counter } from '../counter.js';
import type { Shop } from '../shop.js';
import { PingWork, ReceiptWork } from './action-work.js';
import { CheckoutWork, giveUp } from './checkout-work.js';
import { isOver, type Task } from './records.js';
import { RefundWork } from './refund-work.js';
import type { Tasks } from './tasks.js';
import { type Change, canceled, type Work } from './work.js';

/** A terminal that is free and would not begin all the same is asked again after so long. */
const ASK_AGAIN_MS = 1_000;

/**
 * Brings what is kept in the cloud to the terminals, one thing after the other, and notes what becomes of it. It acts
 * between the events of the terminals, and never inside of one.
 */
export class Dispatcher {
  readonly #shop: Shop;
  readonly #tasks: Tasks;
  readonly #undo: Undo[] = [];
  readonly #rounds = new Map<Counter, Timer>();
  readonly #again = new Map<Counter, Timer>();
  /** Those that are asked again later: that they have said no, and are free again, is no reason to ask at once. */
  readonly #unwilling = new Set<Counter>();
  readonly #deadlines = new Map<string, Timer>();
  readonly checkouts = new CheckoutWork((counter) => this.soon(counter));
  readonly receipts = new ReceiptWork();
  readonly refunds = new RefundWork();
  readonly #pings = new PingWork();

  constructor(shop: Shop, tasks: Tasks) {
    this.#shop = shop;
    this.#tasks = tasks;
    for (const counter of shop.counters.values()) {
      const { world } = counter;
      this.#undo.push(
        world.watch({
          boot: () => {
            this.#unwilling.delete(counter);
            this.soon(counter);
          },
          state: () => this.#tasks.open(counter.id).length > 0 && !this.#unwilling.has(counter) && this.soon(counter),
          sale: ({ saleId }) => this.#heard(counter, saleId),
        }),
        counter.onPowerLoss(() => {
          for (const work of [this.receipts, this.refunds]) work.forget(counter);
        }),
      );
      this.soon(counter);
    }
    for (const [id, task] of tasks.allOpen()) this.#timed(id, task);
  }

  /** Takes up a task that is durable. */
  add(id: string): void {
    const task = this.#tasks.get(id);
    const counter = task === undefined ? undefined : this.#shop.counter(task.terminalId);
    if (task === undefined) return;
    if (!isOver(task)) this.#timed(id, task);
    if (counter !== undefined) this.soon(counter);
  }

  /** Goes round the tasks of a terminal when the event that is under way is over. */
  soon(counter: Counter): void {
    if (this.#rounds.has(counter)) return;
    const run = () => {
      this.#rounds.delete(counter);
      this.#round(counter);
    };
    this.#rounds.set(counter, this.#shop.clock.setTimeout(run, 0));
  }

  /** The task as it is now. */
  look(id: string): Task | undefined {
    const task = this.#tasks.get(id);
    const counter = task === undefined ? undefined : this.#shop.counter(task.terminalId);
    if (task === undefined || counter === undefined || isOver(task)) return task;
    this.#apply(id, task, this.#workOf(task).look(id, task, counter));
    return this.#tasks.get(id);
  }

  /** Whether the terminal may be at it already though it is still `PENDING`: then nobody calls it off. */
  isBegun(id: string, task: Task): boolean {
    const counter = this.#shop.counter(task.terminalId);
    const work = this.#workOf(task);
    if (counter === undefined) return work.mayBeBegun(task);
    // Out of service it has no more in its book than was proved.
    const { failure } = counter.world.terminal;
    return (
      work.isBegun(id, task, counter) || (failure !== undefined && task.kind !== 'action' && work.mayBeBegun(task))
    );
  }

  /** The terminal of a task that nobody can ask any more how that has ended, though it may have been at it. */
  isLost(id: string, task: Task): boolean {
    return this.#shop.counter(task.terminalId) === undefined && !isOver(task) && this.isBegun(id, task);
  }

  close(): void {
    for (const undo of this.#undo) undo();
    for (const timers of [this.#rounds, this.#again, this.#deadlines]) {
      for (const timer of timers.values()) this.#shop.clock.clearTimeout(timer);
      timers.clear();
    }
  }

  #heard(counter: Counter, saleId: string): void {
    for (const [id, task] of this.#tasks.open(counter.id)) {
      if (task.saleId === saleId) this.look(id);
      else if (task.saleId === undefined) this.soon(counter);
    }
  }

  #round(counter: Counter): void {
    let wanting = false;
    for (const [id] of this.#tasks.open(counter.id)) {
      const task = this.look(id);
      if (task === undefined || isOver(task) || !this.#tasks.isKept(id)) continue;
      const change = this.#step(id, task, counter);
      this.#apply(id, task, change);
      wanting ||= this.#tasks.get(id)?.status === 'PENDING' && task.acts !== 'offline';
    }
    if (wanting && counter.power === 'on') this.#later(counter);
  }

  #step(id: string, task: Task, counter: Counter): Change {
    if (task.kind === 'checkout' && task.cancelAsked === true) {
      // A power cut may have taken the sale that was to be given up, before it was in the journal.
      if (!this.isBegun(id, task)) return canceled('SELLER_CANCELED');
      if (task.saleId !== undefined) giveUp(counter, task.saleId);
    }
    if (task.acts === 'buyer-cancels') return canceled('BUYER_CANCELED');
    if (this.#isLate(id, task)) return canceled('TIMED_OUT');
    if (task.acts === 'offline' || !this.#mayBegin(id, task, counter)) return undefined;
    this.#unwilling.add(counter); // It says so within this call.
    const change = this.#workOf(task).begin(id, task, counter);
    if (change !== undefined || this.isBegun(id, task)) this.#unwilling.delete(counter);
    return change;
  }

  #mayBegin(id: string, task: Task, counter: Counter): boolean {
    if (counter.power === 'off') return false;
    if (this.#waitsForAnother(id, task)) return false;
    const wanted = task.status === 'PENDING' || (task.kind === 'action' && task.status === 'IN_PROGRESS');
    return wanted && (!this.#workOf(task).wantsFree || counter.world.terminal.free);
  }

  /** Each receipt of a sale has a ticket of its own: which one it is, is known while no other is being made. */
  #waitsForAnother(id: string, { kind, saleId, terminalId, printsBefore }: Task): boolean {
    if (kind !== 'action' || saleId === undefined || printsBefore !== undefined) return false;
    return this.#tasks.open(terminalId).some(([other, { kind: itsKind, saleId: its, printsBefore: begun }]) => {
      return other !== id && itsKind === 'action' && its === saleId && begun !== undefined;
    });
  }

  #workOf({ kind, asked }: Task): Work {
    if (kind === 'checkout') return this.checkouts;
    if (kind === 'refund') return this.refunds;
    return asked.type === 'PING' ? this.#pings : this.receipts;
  }

  #apply(id: string, task: Task, change: Change): void {
    if (change === undefined) return;
    if (isDeepStrictEqual({ ...task, ...change }, task)) return;
    const counter = this.#shop.counter(task.terminalId);
    this.#tasks.change(id, change, () => counter !== undefined && this.soon(counter));
    if (change.status === 'COMPLETED' || change.status === 'CANCELED') this.#forget(id);
  }

  #timed(id: string, { deadlineMs }: Task): void {
    const { clock } = this.#shop;
    if (this.#deadlines.has(id)) return;
    const run = () => {
      this.#deadlines.delete(id);
      const task = this.look(id);
      if (task !== undefined && this.#isLate(id, task)) this.#apply(id, task, canceled('TIMED_OUT'));
    };
    this.#deadlines.set(id, clock.setTimeout(run, Math.max(0, deadlineMs - clock.now())));
  }

  #isLate(id: string, task: Task): boolean {
    return task.status === 'PENDING' && task.deadlineMs <= this.#shop.clock.now() && !this.isBegun(id, task);
  }

  #forget(id: string): void {
    this.#shop.clock.clearTimeout(this.#deadlines.get(id));
    this.#deadlines.delete(id);
  }

  #later(counter: Counter): void {
    if (this.#again.has(counter)) return;
    const run = () => {
      this.#again.delete(counter);
      this.#unwilling.delete(counter);
      this.soon(counter);
    };
    this.#again.set(counter, this.#shop.clock.setTimeout(run, ASK_AGAIN_MS));
  }
}
