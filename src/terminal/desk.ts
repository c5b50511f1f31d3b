import { PaperjamError } from '../base/errors.js';
import { checkAmountFen } from '../base/money.js';
import type { Acquirer, Wallet } from '../ports/acquirer.js';
import type { Clock } from '../ports/clock.js';
import type { PrinterStatus } from '../ports/printer.js';
import type { Random } from '../ports/random.js';
import type { TicketDocument } from '../ports/ticket.js';
import type { SaleBook } from './book.js';
import { busy } from './busy.js';
import type { Merchant } from './context.js';
import { applyEntry, type SaleFacts } from './facts.js';
import type { JournalEntry, Seen, TillRef } from './journal/record.js';
import { newOrderNo } from './order-no.js';
import { PAGE_JOB, type PageJobs } from './page-jobs.js';
import { checkPaymentCode } from './payment-code.js';
import type { Words } from './screens.js';
import { SELF_TEST_JOB } from './self-test.js';
import { walletsOf } from './terminal-input.js';
import { TicketDesk, type TicketDeskParts } from './ticket-desk.js';
import { checkTillRef, checkTillText } from './till-ref.js';
import { askPlatform, type PlatformReply } from './verdict/ask.js';

/** What the desk works with: the terminal it belongs to. */
export interface DeskParts extends TicketDeskParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly merchant: Merchant;
  readonly book: SaleBook;
  readonly acquirers: Partial<Record<Wallet, Acquirer>>;
  readonly queryTimeoutMs: number;
  /** The latest test page of this boot. */
  selfTest(): string | undefined;
  printer(): PrinterStatus;
  /** Throws `PJ_TICKET`. */
  checkTicket(document: TicketDocument): void;
  /** Every page of this journal. */
  readonly pages: PageJobs;
  put(entry: JournalEntry): void;
}

/** What a sale is begun with. */
export interface SaleOptions {
  /** What is sold; stands on the ticket. */
  readonly subject?: string;
  /** A payment code that is shown at once. */
  readonly code?: string;
  /** What the till that asks for it knows it by. */
  readonly till?: TillRef;
}

/** What people, and tills, do at a terminal. */
export abstract class Desk extends TicketDesk {
  protected abstract override readonly desk: DeskParts;

  /**
   * Opens a sale and returns its order number. Throws `PJ_AMOUNT`, `PJ_BUSY`, `PJ_CODE` when a code is given, `PJ_REQUEST`
   * for a till's reference that is none, `PJ_TILL_KEY` for one that has a sale already, `PJ_TICKET_HELD` and
   * `PJ_PAPER_REQUIRED` by policy, and the journal's failure if there was one.
   */
  sell(amountFen: number, { subject = '商品 Goods', code, till }: SaleOptions = {}): string {
    checkAmountFen(amountFen);
    if (code !== undefined) this.checkCode(code);
    if (till !== undefined) this.checkTill(till);
    this.checkSell();
    const { clock, random, merchant, book, send } = this.desk;
    let saleId = newOrderNo(merchant, clock.now(), random);
    while (book.has(saleId)) saleId = newOrderNo(merchant, clock.now(), random);
    const asked = till === undefined ? {} : { till };
    const facts = applyEntry(undefined, { kind: 'sale-opened', saleId, amountFen, subject, ...asked }, clock.now());
    if (till !== undefined) book.expect(till, saleId);
    send({ type: 'SELL', facts });
    if (code !== undefined) this.scan(code);
    return saleId;
  }

  /**
   * The money of a paid sale is to go back: a till, or the cashier, wants it so, at any later time. It ends `reversed`;
   * or, where the platform refuses that for good, `paid` as before (`SaleFacts.reversal` tells). What was printed stays
   * printed. Throws `PJ_UNKNOWN_SALE`, `PJ_NOT_NOW` for a sale that is not paid, or not any more, `PJ_BUSY` and
   * `PJ_TICKET_HELD`.
   */
  reverse(saleId: string): void {
    const facts = this.newest(saleId);
    if (facts.payment !== 'paid') throw new PaperjamError('PJ_NOT_NOW', { problem: whyNotReversed(facts) });
    this.desk.checkFree();
    this.checkHold(saleId);
    this.desk.send({ type: 'REVERSE', facts });
  }

  /** A code from any scanner. One that comes while no code is asked for has no effect. */
  scan(code: string): void {
    this.desk.send({ type: 'SCAN', code });
  }

  /**
   * The sale that a till knows by this key, however old, if there is one. Of one whose key was pressed a moment ago the
   * record may not be durable yet: `find` says whether it is.
   */
  saleOf(face: string, key: string): string | undefined {
    return this.desk.book.ofTill({ face, key });
  }

  /** Throws `PJ_REQUEST`, `PJ_TILL_KEY`: see `sell`. */
  checkTill(till: TillRef): void {
    checkTillRef(till);
    const { face, key } = till;
    const saleId = this.saleOf(face, key);
    if (saleId !== undefined) throw new PaperjamError('PJ_TILL_KEY', { face, key, saleId });
  }

  /** Prints a test page, and notes in the journal how it went. Returns its job. Throws `PJ_BUSY`, `PJ_TICKET_HELD`. */
  selfTest(): string {
    this.desk.checkFree();
    if (this.desk.state() === 'printFault') throw busy(this.desk.state());
    const jobId = `${SELF_TEST_JOB}${new Date(this.desk.clock.now()).toISOString()}`;
    this.desk.send({ type: 'SELF_TEST', jobId });
    return jobId;
  }

  /**
   * Prints any document, such as a receipt that a till has made, and notes in the journal how it went. Returns its job,
   * `page/FROM/ID`, which names it in the records of kind `page`; one that a power cut cuts short is ended by the next boot
   * as `unknown`. A ticket that has failed to come out waits behind it. Throws `PJ_REQUEST` for an `id` or a `from` that is
   * none, `PJ_PAGE_KNOWN` for one of before, `PJ_TICKET` for what the printer cannot print, `PJ_BUSY` and `PJ_TICKET_HELD`.
   */
  printPage(document: TicketDocument, { id, from }: { id: string; from: string }): string {
    checkTillText('page.from', from);
    checkTillText('page.id', id);
    const jobId = `${PAGE_JOB}${from}/${id}`;
    const { pages, checkTicket, checkFree, send } = this.desk;
    if (pages.has(jobId)) throw new PaperjamError('PJ_PAGE_KNOWN', { jobId });
    checkTicket(document);
    checkFree();
    this.checkHold();
    pages.add(jobId);
    send({ type: 'PAGE', jobId, document });
    return jobId;
  }

  /**
   * Words on the display, at the command of a till: they stand there while nothing is under way, until the next sale is
   * begun; `undefined` takes them away. They are in no journal, and gone with the power.
   */
  showText(text: Words | undefined): void {
    this.desk.send({ type: 'TEXT', text });
  }

  /** What a person saw of the latest test page of this boot. Throws `PJ_NOT_NOW` when there is none, or not yet. */
  selfTestSeen(seen: Seen): void {
    const failure = this.desk.failure();
    if (failure !== undefined) throw failure;
    const selfTest = this.desk.selfTest();
    const none = selfTest === undefined ? 'no test page was printed' : 'the test page is being printed';
    if (selfTest === undefined || this.desk.state() === 'selfTest')
      throw new PaperjamError('PJ_NOT_NOW', { problem: none });
    this.desk.put({ kind: 'self-test', jobId: selfTest, phase: 'seen', seen });
  }

  /**
   * Asks the platform about a sale, now. `done` is called once, never from inside this call; what it hears changes
   * nothing in this terminal. Throws `PJ_UNKNOWN_SALE`.
   */
  ask(saleId: string, done: (reply: PlatformReply) => void): void {
    const { clock, acquirers, queryTimeoutMs: timeoutMs, page } = this.desk;
    askPlatform({ clock, acquirers, timeoutMs }, page(saleId).facts, done);
  }

  /** Notes whether the till got its answer about a sale. Throws `PJ_UNKNOWN_SALE`. */
  delivered(saleId: string, to: string, fact: 'delivered' | 'lost'): void {
    this.desk.page(saleId);
    this.desk.put({ kind: 'delivery', saleId, to, fact });
  }

  /** Throws `PJ_CODE` unless the code has the shape of one that an acquirer here takes. */
  checkCode(code: string): void {
    checkPaymentCode(code, walletsOf(this.desk));
  }

  /** Throws what `sell` would throw about the moment: whoever prepares something for a sale asks first. */
  checkSell(): void {
    this.desk.checkFree('sale');
    this.checkHold();
    const { policy, printer, send } = this.desk;
    const { ready, faults } = printer();
    if (policy.paper !== 'required' || ready) return;
    send({ type: 'NO_PAPER' });
    // Behind a boot a printer is asked first: until it has answered nobody knows whether it can print.
    const problem = faults.length === 0 ? 'it has not answered yet' : faults.join(', ');
    throw new PaperjamError('PJ_PAPER_REQUIRED', { problem });
  }
}

/** Why there is no money of it to go back, or none any more. */
function whyNotReversed({ saleId, payment, reversal, tradeNo }: SaleFacts): string {
  if (payment === 'reversed') return `the money of ${saleId} has gone back already`;
  if (payment === 'not-paid') return `${saleId} was not paid, so there is no money to go back`;
  if (reversal === 'asked' || tradeNo !== undefined) return `the money of ${saleId} is going back already`;
  return `it is not known yet whether ${saleId} is paid`;
}
