import { type Actor, createActor } from 'xstate';
import type { PaymentNotice } from '../ports/acquirer.js';
import type { Screen } from '../ports/display.js';
import { believedNotice } from './believed.js';
import { SaleBook, type SalePage } from './book.js';
import { busy } from './busy.js';
import type { Recovery } from './context.js';
import { Desk, type DeskParts } from './desk.js';
import type { AnswerEvent, TerminalEvent } from './effects.js';
import type { SaleFacts } from './facts.js';
import { Guard } from './guard.js';
import { Hands } from './hands.js';
import { Journal } from './journal/journal.js';
import type { Mend } from './journal/mend.js';
import type { JournalRecord, RefusedKey } from './journal/record.js';
import { terminalMachine } from './machine.js';
import { Outbox } from './outbox.js';
import { ownDelays } from './own-delays.js';
import { PageJobs } from './page-jobs.js';
import { PrinterWatch } from './printer-watch.js';
import { findOpen, isToPrint } from './recovery.js';
import { damagedScreen, OFF } from './screens.js';
import { statePath, watchStates } from './state-path.js';
import { terminalInput } from './terminal-input.js';
import type { TerminalOptions, TerminalPorts, TerminalWatcher } from './terminal-ports.js';
import { TransitionEar } from './transition-ear.js';

export type { TerminalOptions, TerminalPorts, TerminalWatcher } from './terminal-ports.js';

/**
 * A payment terminal: its journal, its machine, and the ports that carry out what the machine wants.
 *
 * Making one reads the journal; `start` boots it and settles what is open; `stop` is a power cut: only the journal stays.
 *
 * With a journal that is damaged beyond what its chain can mend, either none is made (`refuse`: `PJ_JOURNAL_CHANGED`), or
 * one that stays out of service (`read`): it names the damaged record, tells what was proved before it, changes nothing of
 * the evidence, and neither asks for money nor prints, since it cannot know what it has done already.
 */
export class Terminal extends Desk {
  readonly #ports: TerminalPorts;
  readonly #journal: Journal;
  readonly #book: SaleBook;
  readonly #outbox: Outbox;
  readonly #hands: Hands;
  readonly #machine: Actor<typeof terminalMachine>;
  readonly #guard: Guard;
  readonly #printerWatch: PrinterWatch;
  protected readonly desk: DeskParts;
  readonly #watchers = new Set<TerminalWatcher>();
  /** To be told when the notices that came in are durable, in their order. */
  readonly #noticed: (() => void)[] = [];
  /** What this boot found open, payments before tickets. */
  readonly found: readonly Recovery[];
  #screen: Screen = OFF;
  #failure: Error | undefined;
  #stopped = false;

  constructor(ports: TerminalPorts, options: TerminalOptions, damaged: 'refuse' | 'read' = 'refuse') {
    super();
    this.#ports = ports;
    this.#journal = new Journal(ports.storage, ports.clock, damaged);
    this.#book = new SaleBook(this.#journal.opened, () => this.#journal.read());
    const { clock } = ports;
    const sales = this.#journal.damage === undefined ? this.#book.sales() : [];
    this.found = findOpen(sales, clock.now() - options.timings.digitalMs);
    const input = terminalInput(ports, options, this.#journal, this.found);
    const ear = new TransitionEar(terminalMachine, (taken) => {
      for (const watcher of this.#watchers) watcher.transition?.(taken);
    });
    this.#machine = ownDelays(createActor(ear.machine, { clock, input }), clock);
    ear.listen(this.#machine);
    const guarded = this.found.filter(({ finding }) => finding === 'guard').map(({ facts }) => facts);
    this.#guard = new Guard({ clock, timings: options.timings, put: (effect) => this.#outbox.put(effect) }, guarded);
    this.#printerWatch = new PrinterWatch(ports.printer);
    this.desk = {
      clock,
      random: ports.random,
      merchant: options.merchant,
      book: this.#book,
      acquirers: ports.acquirers,
      policy: options.policy,
      queryTimeoutMs: options.timings.queryTimeoutMs,
      digital: ports.digital !== undefined,
      page: (saleId) => this.page(saleId),
      foreground: () => this.#machine.getSnapshot().context.facts,
      selfTest: () => this.#machine.getSnapshot().context.selfTest,
      printer: () => ports.printer.status(),
      checkTicket: (document) => ports.printer.check(document),
      pages: new PageJobs(this.#journal.opened),
      state: () => this.state,
      failure: () => this.#failure,
      checkFree: (key) => this.checkFree(key),
      send: (event) => this.#send(event),
      put: (entry) => this.#outbox.put({ type: 'journal', entry }),
    };
    this.#hands = new Hands({
      clock,
      printerWatch: this.#printerWatch,
      acquirers: ports.acquirers,
      printer: ports.printer,
      codeLifeMs: options.timings.codeLifeMs,
      factsOf: (saleId) => this.#book.atHand(saleId)?.facts,
      answered: (event) => this.#answered(event),
      printed: (event) => this.#send(event),
    });
    this.#outbox = new Outbox(this.#journal, {
      act: (effect) => (effect.type === 'show' ? this.#show(effect.screen) : this.#hands.do(effect)),
      durable: (record) => this.#durable(record),
      failed: (error) => this.#fail(error),
    });
    this.#machine.on('*', (effect) => this.#outbox.put(effect));
  }

  /** The records that this boot found. */
  get opened(): readonly JournalRecord[] {
    return this.#journal.opened;
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
    this.#ports.printer.watch((status) => {
      this.#printerWatch.heard(status);
      this.#send({ type: 'PRINTER_STATUS', status });
    });
    for (const acquirer of Object.values(this.#ports.acquirers)) {
      acquirer.watch?.((notice, taken) => this.#notified(notice, taken));
    }
    return this;
  }

  /** Power off. Nothing that comes later has an effect. */
  stop(): void {
    this.#stopped = true;
    this.#outbox.close();
    this.#hands.stop();
    this.#machine.stop();
    this.#guard.stop();
    this.#watchers.clear();
    this.#screen = OFF;
  }

  /** The sale at which the terminal is, or was last: the one that `cancel` gives up if it is still open. */
  get foreground(): string | undefined {
    return this.#machine.getSnapshot().context.facts?.saleId;
  }

  /** Whether there is a sale under way that can be given up. */
  get canCancel(): boolean {
    return !this.#stopped && this.#machine.getSnapshot().can({ type: 'CANCEL' });
  }

  /** The cashier gives up the sale under way. Without one it has no effect. */
  cancel(): void {
    this.#send({ type: 'CANCEL' });
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

  /** Throws `PJ_BUSY`, or its failure, unless a sale or a reprint can begin now; display and journal tell of the `key`. */
  checkFree(key?: RefusedKey): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.free) return;
    const { state } = this;
    this.#send({ type: 'BUSY', ...(key === undefined ? {} : { key }) });
    throw busy(state);
  }

  #send(event: TerminalEvent): void {
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
    if (event.type !== 'AUTHORIZED') this.#guard.answered(event);
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
    this.#machine.send({ type: 'STORAGE_FAILED' });
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
      const facts = page?.facts ?? this.page(record.saleId).facts;
      this.#guard.adopt(facts);
    }
    const settled = record.kind === 'payment' && this.#guard.settled(record.saleId);
    if (!settled || page === undefined) return;
    this.#send({ type: 'SETTLED', facts: page.facts });
    if (isToPrint(page.facts)) this.#send({ type: 'FOUND_PAID', facts: page.facts });
  }
}
