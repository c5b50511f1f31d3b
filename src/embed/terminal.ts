import { PaperjamError } from '../base/errors.js';
import { formatYuan, parseYuan } from '../base/money.js';
import type { Behaviour } from '../emulator/platform/wallet.js';
import type { FaultRecord } from '../faults/fault.js';
import type { Screen } from '../ports/display.js';
import type { Approach, Undo } from '../ports/faults.js';
import { isFinal, type SaleFacts } from '../terminal/facts.js';
import { readJournal } from '../terminal/journal/chain.js';
import type { JournalRecord, Seen } from '../terminal/journal/record.js';
import { type Verdict, verdictOf } from '../terminal/verdict/verdict.js';
import { ticketPicture, ticketPieces } from '../world/pictures.js';
import { isSettled, whenSettled } from '../world/settled.js';
import type { World } from '../world/world.js';

/** The three facts of a sale, as far as they are durable. */
export interface Sale {
  /** Its order number. */
  readonly id: string;
  readonly amount: string;
  readonly amountFen: number;
  readonly payment: SaleFacts['payment'];
  readonly ticket: SaleFacts['ticket'];
  readonly delivery: SaleFacts['delivery'];
  /** The payment will not change any more. */
  readonly final: boolean;
}

/** Who stands before the terminal: how he behaves, and how long he takes when he is asked. */
export type Customer = Behaviour | { readonly behaviour: Behaviour; readonly afterMs?: number };

export interface SellOptions {
  /** Shows a code at once. Default: one who pays. `none`: nobody does; see `scan`. */
  readonly customer?: Customer | 'none';
  /** A code that is read, instead of that of a customer. */
  readonly code?: string;
  /** What is sold; stands on the ticket. */
  readonly subject?: string;
}

/** Waits for something: on virtual time, time runs until then, and not a moment longer. */
export type Wait = <T>(listen: (done: (value: T) => void) => void) => Promise<T>;

/** Sales settle long before: payment, ticket, and every time-out between them. */
const PATIENCE_MS = 600_000;

/** One terminal, with its printer, as a test holds it in its hands. */
export class PaperjamTerminal {
  readonly id: string;
  readonly #world: World;
  readonly #wait: Wait;

  /** Made by `startPaperjam`. */
  constructor(world: World, wait: Wait) {
    this.id = world.merchant.terminalId;
    this.#world = world;
    this.#wait = wait;
  }

  /** What it does, as a path: `idle`, `settling.querying`. */
  get state(): string {
    return this.#world.terminal.state;
  }

  /** What its display shows. */
  get screen(): Screen {
    return this.#world.terminal.screen;
  }

  /**
   * The cashier keys in an amount in yuan, `12.80`, and a customer shows a code. Gives the order number. Throws `PJ_AMOUNT`,
   * `PJ_CODE`, `PJ_BUSY` and whatever else keeps the terminal from selling; then there is no sale.
   */
  sell(amount: string, { customer = 'pays', code, subject }: SellOptions = {}): string {
    const who = code === undefined && customer !== 'none' ? { customer: approachOf(customer) } : {};
    return this.#world.people.sell(parseYuan(amount), { code, subject, ...who });
  }

  /** A customer comes and holds a code before the scanner. */
  scan(customer: Customer = 'pays'): void {
    const { people } = this.#world;
    people.show(people.codeOf(approachOf(customer)));
  }

  /** The scanner reads this. */
  scanCode(code: string): void {
    this.#world.people.show(code);
  }

  /** The cashier gives the sale under way up. */
  cancel(): void {
    this.#world.people.cancel();
  }

  /**
   * When the sale has settled: its payment is final and its ticket's fate known, or it is left to the guard task. On
   * virtual time, time runs until then. Rejects with `PJ_NOT_NOW` when it does not come to that.
   */
  async settled(saleId: string, withinMs = PATIENCE_MS): Promise<Sale> {
    const world = this.#world;
    const known = world.terminal.find(saleId)?.facts;
    if (known === undefined || !isSettled(known)) {
      const settled = await this.#wait<boolean>((done) => void whenSettled(world, saleId, withinMs, done));
      if (!settled) throw world.terminal.failure ?? this.#unsettled(saleId, withinMs);
    }
    return this.sale(saleId);
  }

  /** A sale as it is now. Throws `PJ_UNKNOWN_SALE`. */
  sale(saleId: string): Sale {
    return saleOf(this.#world.terminal.page(saleId).facts);
  }

  /** The newest sales, oldest first. */
  sales(): Sale[] {
    return this.#world.terminal.sales().map(saleOf);
  }

  /** Has the customer paid, why is there no ticket, and what now? Throws `PJ_UNKNOWN_SALE`. */
  verdict(saleId: string): Verdict {
    return verdictOf(this.#world.terminal.page(saleId));
  }

  /** Prints the ticket again, as a marked copy. Throws `PJ_UNKNOWN_SALE`, `PJ_NO_TICKET`, `PJ_BUSY`. */
  reprint(saleId: string): void {
    this.#world.people.reprint(saleId);
  }

  /** What a person sees of a ticket. */
  seen(saleId: string, seen: Seen): void {
    this.#world.terminal.ticketSeen(saleId, seen);
  }

  /** Puts a fault of the catalogue in; the result takes it out. Throws `PJ_FAULT_UNKNOWN`, `PJ_FAULT_FIELD`, `PJ_FAULT_IMPOSSIBLE`. */
  fault(record: FaultRecord | string): Undo {
    const { faults } = this.#world;
    const { id } = faults.put(typeof record === 'string' ? { fault: record } : record);
    return () => void faults.clear(id);
  }

  /** Takes all faults out. */
  clear(): void {
    this.#world.faults.clearAll();
  }

  /** The text of what has come out of the emulated printer, piece by piece; of a sale, those with its number. */
  paper(saleId?: string): string[] {
    const { emulatedPrinter } = this.#world;
    if (emulatedPrinter === undefined) {
      const problem = 'the printer is a real one, look at its paper';
      throw new PaperjamError('PJ_NO_PAPER', { what: `the paper of ${this.id}`, problem });
    }
    const pieces = saleId === undefined ? emulatedPrinter.paper.pieces : ticketPieces(this.#world, saleId);
    return pieces.filter(({ empty }) => !empty).map(({ lines }) => lines.join('\n'));
  }

  /** A sale's newest piece of paper, as a PNG. Throws `PJ_NO_PAPER`. */
  picture(saleId: string): Uint8Array {
    return ticketPicture(this.#world, saleId).png;
  }

  /** The power goes, and comes back after so many ms: what was not in the journal is forgotten. */
  powerCut(forMs = 0): void {
    this.#world.powerOff(forMs);
  }

  /** The journal's records, all or those of a sale. */
  journal(saleId?: string): readonly JournalRecord[] {
    if (saleId !== undefined) return this.#world.terminal.page(saleId).records;
    return readJournal(this.#world.readJournal(), `the journal of ${this.id}`).records;
  }

  #unsettled(saleId: string, withinMs: number): PaperjamError {
    const problem = `${saleId} has not settled in ${withinMs / 1_000} s; the terminal is at ${this.state}`;
    return new PaperjamError('PJ_NOT_NOW', { problem });
  }
}

function approachOf(customer: Customer): Approach {
  return typeof customer === 'string' ? { behaviour: customer } : customer;
}

function saleOf(facts: SaleFacts): Sale {
  const { saleId: id, amountFen, payment, ticket, delivery } = facts;
  return { id, amount: formatYuan(amountFen), amountFen, payment, ticket, delivery, final: isFinal(facts) };
}
