import { PaperjamError } from '../base/errors.js';
import type { SalePage } from './book.js';
import type { Policy } from './context.js';
import type { TerminalEvent, ToldEntry } from './effects.js';
import type { PrintAttempt, SaleFacts } from './facts.js';
import type { LeftWhy, RefusedKey, Seen, SeenHow } from './journal/record.js';
import { holdOf } from './policy.js';

/** What the desk for tickets works with: the terminal it belongs to. */
export interface TicketDeskParts {
  readonly policy: Policy;
  readonly digital: boolean;
  /** Throws `PJ_UNKNOWN_SALE`. */
  page(saleId: string): SalePage;
  /** The sale in the foreground, as the machine knows it. */
  foreground(): SaleFacts | undefined;
  state(): string;
  failure(): Error | undefined;
  /** Throws `PJ_BUSY`, or the journal's failure; `key`: see `Terminal.checkFree`. */
  checkFree(key?: RefusedKey): void;
  send(event: TerminalEvent): void;
}

/**
 * What people do about tickets, checked before the machine hears of it: whatever is out of place is refused with an error
 * that says why, and changes nothing. All throw `PJ_UNKNOWN_SALE`, and `PJ_NO_TICKET` for a sale that is not paid.
 */
export abstract class TicketDesk {
  protected abstract readonly desk: TicketDeskParts;

  /**
   * Prints the ticket of a paid sale again, marked as a copy unless no original can exist. Throws `PJ_BUSY` and
   * `PJ_TICKET_HELD`.
   */
  reprint(saleId: string): void {
    const facts = this.#paid(saleId);
    this.desk.checkFree('reprint');
    this.checkHold(saleId);
    this.desk.send({ type: 'REPRINT', facts });
  }

  /**
   * A person has looked at the latest ticket of a sale. `blank` and `unreadable` want a marked copy; `complete` settles
   * one of which the printer could not tell. Throws `PJ_NOT_NOW` while it is printed.
   */
  ticketSeen(saleId: string, seen: Seen, how?: SeenHow): void {
    const facts = this.#paid(saleId);
    const attempt = facts.prints.findLast(({ result }) => result?.outcome !== 'not-printed');
    const refuse = (problem: string) => new PaperjamError('PJ_NO_TICKET', { saleId, problem });
    if (attempt === undefined) throw refuse('nothing of it has reached the printer');
    if (attempt.result === undefined) throw this.#notNow(`the ticket of ${saleId} is being printed`);
    if (seen === 'complete') checkComplete(attempt, refuse);
    if (how !== undefined && seen !== 'unreadable') {
      throw new PaperjamError('PJ_REQUEST', { what: 'how', problem: `it goes with unreadable, and not with ${seen}` });
    }
    const { jobId } = attempt;
    this.#tell({ kind: 'ticket-seen', saleId, jobId, seen, ...(how === undefined ? {} : { how }) });
  }

  /** The customer wants no ticket. Throws `PJ_NOT_NOW` when there is one already. */
  declineTicket(saleId = this.#foregroundSale()): void {
    const { ticket } = this.#paid(saleId);
    if (ticket === 'printed') throw this.#notNow(`the ticket of ${saleId} is printed already`);
    if (ticket === 'refused') throw this.#notNow(`the customer of ${saleId} has declined the ticket already`);
    if (this.#printing(saleId)) throw this.#notNow(`the ticket of ${saleId} is being printed`);
    this.#tell({ kind: 'ticket-declined', saleId });
  }

  /** The customer has gone before the ticket. Throws `PJ_NOT_NOW` when that is known. */
  customerLeft(saleId = this.#foregroundSale()): void {
    this.#leave(saleId, 'customer-left', undefined);
  }

  /** The cashier goes on without the ticket, and says why. Throws `PJ_NOT_NOW` when it is printed, or left already. */
  leaveTicket(saleId: string, reason: string): void {
    this.#leave(saleId, 'skipped', reason);
  }

  #leave(saleId: string, why: LeftWhy, reason: string | undefined): void {
    const { ticketLeft, leftWhy, ticket } = this.#paid(saleId);
    if (ticketLeft && leftWhy === why) throw this.#notNow(`the ticket of ${saleId} has been left already`);
    if (why === 'skipped' && ticket === 'printed') throw this.#notNow(`the ticket of ${saleId} is printed already`);
    if (why === 'skipped' && this.#printing(saleId)) throw this.#notNow(`the ticket of ${saleId} is being printed`);
    this.#tell({ kind: 'ticket-left', saleId, why, ...(reason === undefined ? {} : { reason }) });
  }

  /** A ticket is wanted that the display asks about. Throws `PJ_NOT_NOW` when it asks about none. */
  printNow(): void {
    const { send, state } = this.desk;
    this.#checkWorks();
    if (state() !== 'prompting') throw this.#notNow(`the display asks about no ticket, the terminal is at ${state()}`);
    send({ type: 'PRINT_NOW' });
  }

  /** Shows the code of a paid sale's digital ticket. Throws `PJ_NO_DIGITAL`, `PJ_BUSY`, `PJ_TICKET_HELD`. */
  offerDigital(saleId = this.#foregroundSale()): void {
    const { policy, digital, checkFree, foreground, send, state } = this.desk;
    const facts = this.#paid(saleId);
    const refuse = (problem: string) => new PaperjamError('PJ_NO_DIGITAL', { saleId, problem });
    if (!digital) throw refuse('this terminal gives none');
    if (holdOf(facts, policy) === 'paper') throw refuse('a paper ticket is required here (policy.paper)');
    if (state() !== 'prompting' || foreground()?.saleId !== saleId) {
      checkFree();
      this.checkHold(saleId);
    }
    send({ type: 'DIGITAL', facts });
  }

  /** Throws `PJ_TICKET_HELD` when a paid sale without its ticket holds back every other one but `saleId`. */
  protected checkHold(saleId?: string): void {
    const { foreground, policy, state } = this.desk;
    const facts = foreground();
    if (state() !== 'printFault' || facts === undefined || facts.saleId === saleId) return;
    const hold = holdOf(facts, policy);
    if (hold === undefined) return;
    this.desk.send({ type: 'BUSY' });
    const words = hold === 'paper' ? 'paper: required' : 'unprinted: void-if-unprinted';
    throw new PaperjamError('PJ_TICKET_HELD', { saleId: facts.saleId, policy: words });
  }

  /** The sale that is meant when none is named. */
  #foregroundSale(): string {
    const facts = this.desk.foreground();
    if (facts === undefined) throw this.#notNow('the terminal is at no sale');
    return facts.saleId;
  }

  #tell(entry: ToldEntry): void {
    this.#checkWorks();
    this.desk.send({ type: 'TOLD', entry });
  }

  #checkWorks(): void {
    const failure = this.desk.failure();
    if (failure !== undefined) throw failure;
  }

  /** The newest facts of a sale: the machine's, if it is at that sale. Throws `PJ_UNKNOWN_SALE`. */
  protected newest(saleId: string): SaleFacts {
    const durable = this.desk.page(saleId).facts;
    const own = this.desk.foreground();
    return own?.saleId === saleId ? own : durable;
  }

  /** The newest facts of a paid sale. */
  #paid(saleId: string): SaleFacts {
    const facts = this.newest(saleId);
    if (facts.payment === 'paid') return facts;
    const goingBack = facts.payment === 'unknown' && facts.tradeNo !== undefined;
    const problem = goingBack ? 'its money is going back' : `its payment is ${facts.payment}`;
    throw new PaperjamError('PJ_NO_TICKET', { saleId, problem });
  }

  #printing(saleId: string): boolean {
    return this.desk.state() === 'printing' && this.desk.foreground()?.saleId === saleId;
  }

  #notNow(problem: string): PaperjamError {
    return new PaperjamError('PJ_NOT_NOW', { problem });
  }
}

/** What the printer did not get cannot be on the paper, whatever somebody says. */
function checkComplete({ result }: PrintAttempt, refuse: (problem: string) => PaperjamError): void {
  if (result?.outcome !== 'partial') return;
  const { block, blocks, reason } = result;
  throw refuse(`it was cut short (${reason}, ${block} of ${blocks} parts), so it cannot be complete; print it again`);
}
