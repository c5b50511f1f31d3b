import { PaperjamError } from '../base/errors.js';
import type { Acquirer, Wallet } from '../ports/acquirer.js';
import type { Clock } from '../ports/clock.js';
import type { PrinterStatus } from '../ports/printer.js';
import type { JournalEntry, Seen } from './journal/record.js';
import { checkPaymentCode } from './payment-code.js';
import { SELF_TEST_JOB } from './self-test.js';
import { walletsOf } from './terminal-input.js';
import { TicketDesk, type TicketDeskParts } from './ticket-desk.js';
import { askPlatform, type PlatformReply } from './verdict/ask.js';

/** What the desk works with: the terminal it belongs to. */
export interface DeskParts extends TicketDeskParts {
  readonly clock: Clock;
  readonly acquirers: Partial<Record<Wallet, Acquirer>>;
  readonly queryTimeoutMs: number;
  /** The latest test page of this boot. */
  selfTest(): string | undefined;
  printer(): PrinterStatus;
  put(entry: JournalEntry): void;
}

/** What people do at a terminal beside selling. */
export abstract class Desk extends TicketDesk {
  protected abstract override readonly desk: DeskParts;

  /** Prints a test page, and notes in the journal how it went. Returns its job. Throws `PJ_BUSY`, `PJ_TICKET_HELD`. */
  selfTest(): string {
    this.desk.checkFree();
    if (this.desk.state() === 'printFault') throw new PaperjamError('PJ_BUSY', { state: this.desk.state() });
    const jobId = `${SELF_TEST_JOB}${new Date(this.desk.clock.now()).toISOString()}`;
    this.desk.send({ type: 'SELF_TEST', jobId });
    return jobId;
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
