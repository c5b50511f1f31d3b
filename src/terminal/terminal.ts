import { type Actor, createActor } from 'xstate';
import { PaperjamError } from '../base/errors.js';
import { checkAmountFen } from '../base/money.js';
import type { Acquirer, Wallet } from '../ports/acquirer.js';
import type { Clock } from '../ports/clock.js';
import type { DigitalTickets } from '../ports/digital.js';
import type { Display, Screen } from '../ports/display.js';
import type { Printer } from '../ports/printer.js';
import type { Random } from '../ports/random.js';
import type { Scanner } from '../ports/scanner.js';
import type { Storage } from '../ports/storage.js';
import { SaleBook, type SalePage } from './book.js';
import type { Merchant, Policy, Recovery } from './context.js';
import type { AnswerEvent } from './effects.js';
import { applyEntry, type SaleFacts } from './facts.js';
import { guardMachine } from './guard-task.js';
import { Hands } from './hands.js';
import { Journal } from './journal/journal.js';
import type { JournalRecord } from './journal/record.js';
import { terminalMachine } from './machine.js';
import { newOrderNo } from './order-no.js';
import { Outbox } from './outbox.js';
import { ALLOWED_CODES, maskCode, readPaymentCode } from './payment-code.js';
import { findOpen, findUnfinishedPaper } from './recovery.js';
import { statePath } from './state-path.js';
import type { Timings } from './timings.js';

/** The hardware and the network, handed in. */
export interface TerminalPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly storage: Storage;
  readonly acquirers: Partial<Record<Wallet, Acquirer>>;
  readonly printer: Printer;
  readonly display: Display;
  readonly scanner?: Scanner;
  /** Without it no digital ticket can be offered. */
  readonly digital?: DigitalTickets;
}

export interface TerminalOptions {
  readonly version: string;
  readonly merchant: Merchant;
  readonly policy: Policy;
  readonly timings: Timings;
}

/** What a watcher hears, each only once it is durable. */
export interface TerminalWatcher {
  record?(record: JournalRecord): void;
  sale?(facts: SaleFacts): void;
  screen?(screen: Screen): void;
  /** The journal cannot be written any more: the terminal is out of service. */
  failed?(error: Error): void;
}

/**
 * A payment terminal: its journal, its machine, and the ports that carry out what the machine wants.
 *
 * Making one reads the journal (`PJ_JOURNAL_CHANGED`); `start` boots it and settles what the journal shows open; `stop`
 * is a power cut: all that is not in the journal is gone.
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
  /** What this boot found open, payments before tickets. */
  readonly found: readonly Recovery[];
  #screen: Screen = { state: 'off', zh: '', en: '' };
  #failure: Error | undefined;
  #stopped = false;

  constructor(ports: TerminalPorts, options: TerminalOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#journal = new Journal(ports.storage, ports.clock);
    this.#book = new SaleBook(this.#journal.opened, () => this.#journal.read());
    this.found = findOpen(this.#book.sales());
    const { clock } = ports;
    const wallets = Object.keys(ports.acquirers) as Wallet[]; // The keys of a record of wallets.
    const { torn, opened } = this.#journal;
    const unfinishedPaper = findUnfinishedPaper(opened);
    const open = this.found.filter(({ finding }) => finding === 'guard').map(({ facts }) => facts.saleId);
    this.#guarded = new Set(open);
    const input = { ...options, wallets, found: this.found, unfinishedPaper, torn };
    this.#machine = createActor(terminalMachine, { clock, input });
    this.#guard = createActor(guardMachine, { clock, input: { timings: options.timings, open } });
    const hands = new Hands({
      clock,
      acquirers: ports.acquirers,
      printer: ports.printer,
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
    this.#machine.start();
    this.#guard.start();
    this.#ports.printer.watch((status) => this.#send({ type: 'PRINTER_STATUS', status }));
    this.#ports.scanner?.watch((code) => this.scan(code));
    return this;
  }

  /** Power off. Nothing that comes later has an effect. */
  stop(): void {
    this.#stopped = true;
    this.#outbox.close();
    this.#machine.stop();
    this.#guard.stop();
    this.#watchers.clear();
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
    const reading = readPaymentCode(code);
    const taken = reading.ok && this.#ports.acquirers[reading.wallet] !== undefined;
    if (taken) return;
    const problem = reading.ok ? `this terminal takes no codes of ${reading.wallet}` : reading.problem;
    throw new PaperjamError('PJ_CODE', {
      value: JSON.stringify(maskCode(code.trim())),
      problem,
      allowed: ALLOWED_CODES,
    });
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

  /** A sale's durable facts and records. Throws `PJ_UNKNOWN_SALE`. */
  page(saleId: string): SalePage {
    return this.#book.page(saleId);
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

  /** Why the journal cannot be written any more: `PJ_STORAGE_FULL`, `PJ_STORAGE_FAILED`. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  get screen(): Screen {
    return this.#screen;
  }

  /** The state of the machine, as a path: `settling.querying`. */
  get state(): string {
    return statePath(this.#machine.getSnapshot().value);
  }

  /** Whether what the machine wants is done: its facts are durable, and its display shows them. */
  get caughtUp(): boolean {
    return this.#outbox.isEmpty;
  }

  /** Whether a new sale or a reprint can begin now. */
  get free(): boolean {
    return !this.#stopped && this.#machine.getSnapshot().hasTag('free');
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
    if (!this.#stopped) this.#machine.send(event);
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
    if (record.kind === 'unresolved') {
      this.#guarded.add(record.saleId);
      this.#guard.send({ type: 'ADOPT', saleId: record.saleId });
    }
    const settled = record.kind === 'payment' && this.#guarded.delete(record.saleId);
    if (settled && page?.facts.payment === 'paid') this.#send({ type: 'FOUND_PAID', facts: page.facts });
  }
}
