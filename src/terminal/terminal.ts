import { type Actor, createActor } from 'xstate';
import { PaperjamError } from '../base/errors.js';
import { checkAmountFen } from '../base/money.js';
import type { Acquirer, PaymentNotice, Wallet } from '../ports/acquirer.js';
import type { Clock } from '../ports/clock.js';
import type { DigitalTickets } from '../ports/digital.js';
import type { Display, Screen } from '../ports/display.js';
import type { Printer } from '../ports/printer.js';
import type { Random } from '../ports/random.js';
import type { Storage } from '../ports/storage.js';
import { believedNotice } from './believed.js';
import { SaleBook, type SalePage } from './book.js';
import type { Merchant, Policy, Recovery } from './context.js';
import type { AnswerEvent } from './effects.js';
import { applyEntry, type SaleFacts } from './facts.js';
import { guardMachine } from './guard-task.js';
import { Hands } from './hands.js';
import { Journal } from './journal/journal.js';
import type { Mend } from './journal/mend.js';
import type { JournalRecord } from './journal/record.js';
import { terminalMachine } from './machine.js';
import { newOrderNo } from './order-no.js';
import { Outbox } from './outbox.js';
import { checkPaymentCode } from './payment-code.js';
import { findOpen, findUnfinishedPaper } from './recovery.js';
import { damagedScreen } from './screens.js';
import { statePath, watchStates } from './state-path.js';
import type { Timings } from './timings.js';

/** The hardware and the network, handed in. */
export interface TerminalPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly storage: Storage;
  readonly acquirers: Partial<Record<Wallet, Acquirer>>;
  readonly printer: Printer;
  readonly display: Display;
  /** Without it no digital ticket can be offered. */
  readonly digital?: DigitalTickets;
}

export interface TerminalOptions {
  readonly version: string;
  readonly merchant: Merchant;
  readonly policy: Policy;
  readonly timings: Timings;
}

/** What a display shows without power. */
const OFF: Screen = { state: 'off', zh: '', en: '' };

/** What a watcher hears, each only once it is durable. */
export interface TerminalWatcher {
  record?(record: JournalRecord): void;
  sale?(facts: SaleFacts): void;
  screen?(screen: Screen): void;
  /** The journal cannot be written any more, or was found damaged: the terminal is out of service. */
  failed?(error: Error): void;
  /** The machine has entered a state, and left another: at once, whatever is durable. */
  state?(path: string, from: string): void;
}

/**
 * A payment terminal: its journal, its machine, and the ports that carry out what the machine wants.
 *
 * Making one reads the journal; `start` boots it and settles what the journal shows open; `stop` is a power cut: all that
 * is not in the journal is gone.
 *
 * With a journal that is damaged beyond what its chain can mend, either none is made (`refuse`: `PJ_JOURNAL_CHANGED`), or
 * one that stays out of service (`read`): it names the damaged record, tells what was proved before it, changes nothing of
 * the evidence, and neither asks for money nor prints, since it cannot know what it has done already.
 */
export class Terminal {
  readonly #ports: TerminalPorts;
  readonly #options: TerminalOptions;
  readonly #journal: Journal;
  readonly #book: SaleBook;
  readonly #outbox: Outbox;
  readonly #machine: Actor<typeof terminalMachine>;
  readonly #guard: Actor<typeof guardMachine>;
  readonly #watchers = new Set<TerminalWatcher>();
  /** Sales that the guard task has taken over. */
  readonly #guarded: Set<string>;
  /** To be told when the notices that came in are durable, in their order. */
  readonly #noticed: (() => void)[] = [];
  /** What this boot found open, payments before tickets. */
  readonly found: readonly Recovery[];
  #screen: Screen = OFF;
  #failure: Error | undefined;
  #stopped = false;

  constructor(ports: TerminalPorts, options: TerminalOptions, damaged: 'refuse' | 'read' = 'refuse') {
    this.#ports = ports;
    this.#options = options;
    this.#journal = new Journal(ports.storage, ports.clock, damaged);
    this.#book = new SaleBook(this.#journal.opened, () => this.#journal.read());
    this.found = this.#journal.damage === undefined ? findOpen(this.#book.sales()) : [];
    const { clock } = ports;
    const wallets = Object.keys(ports.acquirers) as Wallet[]; // The keys of a record of wallets.
    const { torn, mended, opened } = this.#journal;
    const unfinishedPaper = findUnfinishedPaper(opened);
    const open = this.found.filter(({ finding }) => finding === 'guard').map(({ facts }) => facts.saleId);
    this.#guarded = new Set(open);
    const input = { ...options, wallets, found: this.found, unfinishedPaper, torn, mended };
    this.#machine = createActor(terminalMachine, { clock, input });
    this.#guard = createActor(guardMachine, {
      clock,
      input: { timings: options.timings, open, now: () => clock.now() },
    });
    const hands = new Hands({
      clock,
      acquirers: ports.acquirers,
      printer: ports.printer,
      codeLifeMs: options.timings.codeLifeMs,
      factsOf: (saleId) => this.#book.atHand(saleId)?.facts,
      answered: (event) => this.#answered(event),
      printed: (event) => this.#send(event),
    });
    this.#outbox = new Outbox(this.#journal, {
      act: (effect) => (effect.type === 'show' ? this.#show(effect.screen) : hands.do(effect)),
      durable: (record) => this.#durable(record),
      failed: (error) => this.#fail(error),
    });
    this.#machine.on('*', (effect) => this.#outbox.put(effect));
    this.#guard.on('*', (effect) => this.#outbox.put(effect));
  }

  start(): this {
    const { damage } = this.#journal;
    if (damage !== undefined) {
      this.#failure = damage;
      this.#outbox.close();
      this.#show(damagedScreen(damage));
      for (const watcher of this.#watchers) watcher.failed?.(damage);
      return this;
    }
    watchStates(this.#machine, (path, from) => {
      for (const watcher of this.#watchers) watcher.state?.(path, from);
    });
    if (this.#stopped) return this; // Whoever heard of the boot has cut the power.
    this.#machine.start();
    this.#guard.start();
    this.#ports.printer.watch((status) => this.#send({ type: 'PRINTER_STATUS', status }));
    for (const acquirer of Object.values(this.#ports.acquirers)) {
      acquirer.watch?.((notice, taken) => this.#notified(notice, taken));
    }
    return this;
  }

  /** Power off. Nothing that comes later has an effect. */
  stop(): void {
    this.#stopped = true;
    this.#outbox.close();
    this.#machine.stop();
    this.#guard.stop();
    this.#watchers.clear();
    this.#screen = OFF;
  }

  /**
   * Opens a sale and returns its order number. Throws `PJ_AMOUNT`, `PJ_BUSY`, `PJ_CODE` when a code is given, and the
   * journal's failure if there was one.
   */
  sell(amountFen: number, { subject = '商品 Goods', code }: { subject?: string; code?: string } = {}): string {
    checkAmountFen(amountFen);
    if (code !== undefined) this.checkCode(code);
    this.checkFree();
    const { clock, random } = this.#ports;
    const { merchant } = this.#options;
    let saleId = newOrderNo(merchant, clock.now(), random);
    while (this.#book.has(saleId)) saleId = newOrderNo(merchant, clock.now(), random);
    const facts = applyEntry(undefined, { kind: 'sale-opened', saleId, amountFen, subject }, clock.now());
    this.#send({ type: 'SELL', facts });
    if (code !== undefined) this.scan(code);
    return saleId;
  }

  /** Throws `PJ_CODE` unless the code has the shape of one that an acquirer here takes. */
  checkCode(code: string): void {
    checkPaymentCode(code, (wallet) => this.#ports.acquirers[wallet] !== undefined);
  }

  /** A code from any scanner. One that comes while no code is asked for has no effect. */
  scan(code: string): void {
    this.#send({ type: 'SCAN', code });
  }

  /** The sale at which the terminal is, or was last: the one that `cancel` gives up if it is still open. */
  get foreground(): string | undefined {
    return this.#machine.getSnapshot().context.facts?.saleId;
  }

  /** The cashier gives up the sale under way. Without one it has no effect. */
  cancel(): void {
    this.#send({ type: 'CANCEL' });
  }

  /** Prints the ticket of a paid sale again, marked as a copy unless no original can exist. */
  reprint(saleId: string): void {
    const { facts } = this.page(saleId);
    if (facts.payment !== 'paid') {
      throw new PaperjamError('PJ_NO_TICKET', { saleId, problem: `its payment is ${facts.payment}` });
    }
    this.checkFree();
    this.#send({ type: 'REPRINT', facts });
  }

  /** Notes whether the till got its answer about a sale. Throws `PJ_UNKNOWN_SALE`. */
  delivered(saleId: string, to: string, fact: 'delivered' | 'lost'): void {
    this.page(saleId);
    this.#outbox.put({ type: 'journal', entry: { kind: 'delivery', saleId, to, fact } });
  }

  /** A sale's durable facts and records. Throws `PJ_UNKNOWN_SALE`; of a damaged journal `PJ_JOURNAL_CHANGED`. */
  page(saleId: string): SalePage {
    const { damage } = this.#journal;
    if (damage === undefined) return this.#book.page(saleId);
    const page = this.#book.find(saleId);
    if (page === undefined) throw damage; // It may stand behind what could be proved.
    return { ...page, damage };
  }

  /** The same, or `undefined` when the journal has no such sale. */
  find(saleId: string): SalePage | undefined {
    return this.#book.find(saleId);
  }

  /** The newest sales, oldest first. */
  sales(): SaleFacts[] {
    return this.#book.sales();
  }

  /** A record that a power cut had torn off the end of the journal, found at this boot. */
  get torn(): string | undefined {
    return this.#journal.torn;
  }

  /** Rotten bits of the journal that this boot put right. */
  get mended(): readonly Mend[] {
    return this.#journal.mended;
  }

  /** Why it is out of service: `PJ_STORAGE_FULL`, `PJ_STORAGE_FAILED`, `PJ_JOURNAL_CHANGED`. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  get screen(): Screen {
    return this.#screen;
  }

  /** The state of the machine, as a path: `settling.querying`. */
  get state(): string {
    if (this.#stopped) return OFF.state;
    return this.#journal.damage === undefined ? statePath(this.#machine.getSnapshot().value) : 'outOfService';
  }

  /** Whether what the machine wants is done: its facts are durable, and its display shows them. */
  get caughtUp(): boolean {
    return this.#outbox.isEmpty;
  }

  /** Whether a new sale or a reprint can begin now. */
  get free(): boolean {
    return !this.#stopped && this.#failure === undefined && this.#machine.getSnapshot().hasTag('free');
  }

  watch(watcher: TerminalWatcher): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Throws `PJ_BUSY`, or the journal's failure, unless a new sale or a reprint can begin now. */
  checkFree(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (!this.free) throw new PaperjamError('PJ_BUSY', { state: this.state });
  }

  #send(event: Parameters<Actor<typeof terminalMachine>['send']>[0]): void {
    if (!this.#stopped && this.#journal.damage === undefined) this.#machine.send(event);
  }

  #show(screen: Screen): void {
    this.#screen = screen;
    this.#ports.display.show(screen);
    for (const watcher of this.#watchers) watcher.screen?.(screen);
  }

  /** Queries and cancels are sent by the foreground and by the guard task; each knows its own sales. */
  #answered(event: AnswerEvent): void {
    this.#send(event);
    if (!this.#stopped) this.#guard.send(event);
  }

  /** A notice of an order that is none of this terminal's is left to whoever it is for: nobody here vouches for it. */
  #notified(notice: PaymentNotice, taken: () => void): void {
    if (this.#stopped || this.#failure !== undefined) return;
    const facts = this.#book.find(notice.orderNo)?.facts;
    if (facts === undefined) return;
    this.#noticed.push(taken); // Each is recorded, once, in this order.
    this.#send({ type: 'NOTIFIED', saleId: facts.saleId, answer: believedNotice(notice, facts.amountFen) });
  }

  #fail(error: Error): void {
    this.#failure = error;
    this.#machine.send({ type: 'STORAGE_FAILED', message: error.message });
    for (const watcher of this.#watchers) watcher.failed?.(error);
  }

  #durable(record: JournalRecord): void {
    const page = this.#book.add(record);
    for (const watcher of this.#watchers) {
      watcher.record?.(record);
      if (page !== undefined) watcher.sale?.(page.facts);
    }
    if (record.kind === 'notified') this.#noticed.shift()?.();
    if (record.kind === 'unresolved') {
      this.#guarded.add(record.saleId);
      this.#guard.send({ type: 'ADOPT', saleId: record.saleId });
    }
    const settled = record.kind === 'payment' && this.#guarded.delete(record.saleId);
    if (settled && page?.facts.payment === 'paid') this.#send({ type: 'FOUND_PAID', facts: page.facts });
  }
}
