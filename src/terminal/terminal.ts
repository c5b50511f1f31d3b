import { type Actor, createActor } from 'xstate';
import { PaperjamError } from '../base/errors.js';
import { checkAmountFen } from '../base/money.js';
import type { Screen } from '../ports/display.js';
import { SaleBook, type SalePage } from './book.js';
import type { Recovery } from './context.js';
import type { AnswerEvent, TerminalEvent } from './effects.js';
import { applyEntry, type SaleFacts } from './facts.js';
import { guardedSale, guardMachine } from './guard-task.js';
import { Hands } from './hands.js';
import { Journal } from './journal/journal.js';
import type { JournalRecord, Seen } from './journal/record.js';
import { terminalMachine } from './machine.js';
import { newOrderNo } from './order-no.js';
import { Outbox } from './outbox.js';
import { checkPaymentCode } from './payment-code.js';
import { PrinterWatch } from './printer-watch.js';
import { findOpen } from './recovery.js';
import { SELF_TEST_JOB } from './self-test.js';
import { statePath } from './state-path.js';
import { terminalInput, walletsOf } from './terminal-input.js';
import type { TerminalOptions, TerminalPorts, TerminalWatcher } from './terminal-ports.js';
import { type DeskParts, TicketDesk } from './ticket-desk.js';
import { askPlatform, type PlatformReply } from './verdict/ask.js';

export type { TerminalOptions, TerminalPorts, TerminalWatcher } from './terminal-ports.js';

/**
 * A payment terminal: its journal, its machine, and the ports that carry out what the machine wants.
 *
 * Making one reads the journal (`PJ_JOURNAL_CHANGED`); `start` boots it and settles what the journal shows open; `stop`
 * is a power cut: all that is not in the journal is gone.
 */
export class Terminal extends TicketDesk {
  readonly #ports: TerminalPorts;
  readonly #options: TerminalOptions;
  readonly #journal: Journal;
  readonly #book: SaleBook;
  readonly #outbox: Outbox;
  readonly #machine: Actor<typeof terminalMachine>;
  readonly #guard: Actor<typeof guardMachine>;
  readonly #printerWatch: PrinterWatch;
  protected readonly desk: DeskParts;
  readonly #watchers = new Set<TerminalWatcher>();
  /** Sales that the guard task has taken over. */
  readonly #guarded: Set<string>;
  /** What this boot found open, payments before tickets. */
  readonly found: readonly Recovery[];
  #screen: Screen = { state: 'off', zh: '', en: '' };
  #failure: Error | undefined;
  #stopped = false;

  constructor(ports: TerminalPorts, options: TerminalOptions) {
    super();
    this.#ports = ports;
    this.#options = options;
    this.#journal = new Journal(ports.storage, ports.clock);
    this.#book = new SaleBook(this.#journal.opened, () => this.#journal.read());
    const { clock } = ports;
    this.found = findOpen(this.#book.sales(), clock.now() - options.timings.digitalMs);
    const { found } = this;
    const open = found.filter(({ finding }) => finding === 'guard').map(({ facts }) => guardedSale(facts));
    this.#guarded = new Set(open.map(({ saleId }) => saleId));
    const input = terminalInput(ports, options, this.#journal, found);
    this.#machine = createActor(terminalMachine, { clock, input });
    this.#guard = createActor(guardMachine, { clock, input: { timings: options.timings, open } });
    this.#printerWatch = new PrinterWatch(ports.printer);
    this.desk = {
      policy: options.policy,
      digital: ports.digital !== undefined,
      page: (saleId) => this.page(saleId),
      foreground: () => this.#machine.getSnapshot().context.facts,
      state: () => this.state,
      failure: () => this.#failure,
      checkFree: () => this.checkFree(),
      send: (event) => this.#send(event),
    };
    const hands = new Hands({
      clock,
      printerWatch: this.#printerWatch,
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
    this.#ports.printer.watch((status) => {
      this.#printerWatch.heard(status);
      this.#send({ type: 'PRINTER_STATUS', status });
    });
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
   * Opens a sale and returns its order number. Throws `PJ_AMOUNT`, `PJ_BUSY`, `PJ_CODE` when a code is given,
   * `PJ_TICKET_HELD` and `PJ_PAPER_REQUIRED` by policy, and the journal's failure if there was one.
   */
  sell(amountFen: number, { subject = '商品 Goods', code }: { subject?: string; code?: string } = {}): string {
    checkAmountFen(amountFen);
    if (code !== undefined) this.checkCode(code);
    this.checkSell();
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
    checkPaymentCode(code, walletsOf(this.#ports));
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

  /** Prints a test page, and notes in the journal how it went. Returns its job. Throws `PJ_BUSY`, `PJ_TICKET_HELD`. */
  selfTest(): string {
    this.checkFree();
    if (this.state === 'printFault') throw new PaperjamError('PJ_BUSY', { state: this.state });
    const jobId = `${SELF_TEST_JOB}${new Date(this.#ports.clock.now()).toISOString()}`;
    this.#send({ type: 'SELF_TEST', jobId });
    return jobId;
  }

  /** What a person saw of the latest test page of this boot. Throws `PJ_NOT_NOW` when there is none, or not yet. */
  selfTestSeen(seen: Seen): void {
    if (this.#failure !== undefined) throw this.#failure;
    const { selfTest } = this.#machine.getSnapshot().context;
    const none = selfTest === undefined ? 'no test page was printed' : 'the test page is being printed';
    if (selfTest === undefined || this.state === 'selfTest') throw new PaperjamError('PJ_NOT_NOW', { problem: none });
    this.#outbox.put({ type: 'journal', entry: { kind: 'self-test', jobId: selfTest, phase: 'seen', seen } });
  }

  /**
   * Asks the platform about a sale, now. `done` is called once, never from inside this call; what it hears changes
   * nothing in this terminal. Throws `PJ_UNKNOWN_SALE`.
   */
  ask(saleId: string, done: (reply: PlatformReply) => void): void {
    const { clock, acquirers } = this.#ports;
    askPlatform({ clock, acquirers, timeoutMs: this.#options.timings.queryTimeoutMs }, this.page(saleId).facts, done);
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

  /** Whether a new sale or a reprint can begin now. */
  get free(): boolean {
    return !this.#stopped && this.#machine.getSnapshot().hasTag('free');
  }

  watch(watcher: TerminalWatcher): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Throws `PJ_BUSY`, or the journal's failure, unless a new sale or a reprint can begin now; the display says so too. */
  checkFree(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.free) return;
    const { state } = this;
    this.#send({ type: 'BUSY' });
    throw new PaperjamError('PJ_BUSY', { state });
  }

  /** Throws what `sell` would throw about the moment: whoever prepares something for a sale asks first. */
  checkSell(): void {
    this.checkFree();
    this.checkHold();
    const { faults } = this.#ports.printer.status();
    if (this.#options.policy.paper !== 'required' || faults.length === 0) return;
    this.#send({ type: 'NO_PAPER' });
    throw new PaperjamError('PJ_PAPER_REQUIRED', { problem: faults.join(', ') });
  }

  #send(event: TerminalEvent): void {
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
      const facts = page?.facts ?? this.page(record.saleId).facts;
      this.#guard.send({ type: 'ADOPT', ...guardedSale(facts) });
    }
    const settled = record.kind === 'payment' && this.#guarded.delete(record.saleId);
    if (settled && page?.facts.payment === 'paid') this.#send({ type: 'FOUND_PAID', facts: page.facts });
  }
}
