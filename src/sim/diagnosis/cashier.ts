import { PaperjamError } from '../../base/errors.js';
import type { ActiveFault } from '../../faults/board.js';
import { placeOf } from '../../faults/explain.js';
import { isFinal, type SaleFacts } from '../../terminal/facts.js';
import type { Seen, SeenHow } from '../../terminal/journal/record.js';
import type { World } from '../../world/world.js';
import type { DrawnSale, Manners } from './draw.js';
import { type Look, lookAtPaper, paperMark } from './look.js';

/** What a look at the paper is in the terminal's words; a ticket that lacks parts, or lies nowhere, is printed again without a word. */
const TOLD: Partial<Record<Look, readonly [seen: Seen, how?: SeenHow]>> = {
  complete: ['complete'],
  blank: ['blank'],
  faint: ['unreadable', 'faint'],
  'wrong-characters': ['unreadable', 'wrong-characters'],
};

const UNFINISHED: readonly SaleFacts['ticket'][] = [
  'not-printed',
  'partial',
  'unknown',
  'blank',
  'unreadable',
  'unconfirmed',
];
/** After so many attempts the ticket is let be. */
const PRINTS_MAX = 6;
/** How often the next sale is tried while the terminal takes none. */
const SALE_ATTEMPTS_MAX = 60;

/** Faults that only the paper shows; everything in the printer that moves is as it should be. */
const ON_PAPER = ['dead-dots', 'faded', 'upside-down-paper', 'ribbon-broken', 'wrong-code-page'].map(
  (name) => `printer.${name}`,
);

function isOnPaper({ fault, attributes }: ActiveFault): boolean {
  return ON_PAPER.includes(fault) || (fault === 'terminal.misconfigured' && attributes.what === 'code-page');
}

/** What a cashier can mend: printer and cable, and a rate that is set wrong. */
function isAtTheCounter({ fault, attributes }: ActiveFault): boolean {
  const place = placeOf(fault);
  return place === 'printer' || place === 'link' || (fault === 'terminal.misconfigured' && attributes.what === 'baud');
}

interface Ticket {
  readonly saleId: string;
  readonly jobId: string;
  readonly fromMark: number;
  /** When it had come out, and how far the paper was then. */
  ended: { readonly atMs: number; readonly mark: number } | undefined;
  look: Look | undefined;
}

/**
 * A patient cashier, who does what the display says: mends what can be mended after a while, looks at every ticket and
 * says how it looks, prints it again, asks a customer whose code was not read to show it once more, and begins the next
 * sale when the one before is done with. Knows no fault but those that lie before everybody's eyes.
 */
export class Cashier {
  readonly #world: World;
  readonly #manners: Manners;
  readonly #waiting: DrawnSale[];
  readonly #tickets: Ticket[] = [];
  /** Since when something has been so that wants a hand. */
  readonly #sinceMs = new Map<string, number>();
  #serving: { readonly saleId: string; readonly sale: DrawnSale; shown: number } | undefined;
  #attempts = 0;
  /** The sale of each customer, in the order in which they came; one that never came to be has no number. */
  readonly served: (string | undefined)[] = [];

  constructor(world: World, sales: readonly DrawnSale[], manners: Manners) {
    this.#world = world;
    this.#waiting = [...sales];
    this.#manners = manners;
    world.watch({
      record: (record) => {
        if (record.kind === 'print-intent') {
          const { saleId, jobId } = record;
          this.#tickets.push({ saleId, jobId, fromMark: paperMark(world), ended: undefined, look: undefined });
        }
        const ticket = this.#tickets.at(-1);
        if (record.kind === 'print-result' && ticket?.jobId === record.jobId && ticket.ended === undefined)
          ticket.ended = { atMs: world.clock.now(), mark: paperMark(world) };
      },
    });
  }

  /** What every ticket looked like, in order; those at which nobody has looked yet are looked at now. */
  looks(saleId: string): Look[] {
    return this.#tickets.filter((ticket) => ticket.saleId === saleId).map((ticket) => this.#lookAt(ticket));
  }

  /** All customers have been served, and for no ticket there is anything left to do. */
  get done(): boolean {
    const { terminal } = this.#world;
    return this.#waiting.length === 0 && terminal.free && terminal.sales().every((sale) => this.#isDoneWith(sale));
  }

  /** Somebody at the counter looks up, once a second. */
  look(): void {
    const { terminal } = this.#world;
    if (terminal.state === 'off') return;
    if (terminal.failure !== undefined) {
      if (this.#hasBeen('out of service', this.#manners.mendsMs)) this.#callService();
      return;
    }
    this.#sinceMs.delete('out of service');
    this.#mend();
    if (terminal.state === 'scanning') this.#scanning();
    else this.#sinceMs.delete('scanning');
    if (terminal.state === 'prompting' && this.#manners.printsNow) {
      if (this.#hasBeen('prompting', this.#manners.reactsMs)) this.#press(() => terminal.printNow());
    } else this.#sinceMs.delete('prompting');
    if (!terminal.free) return;
    if (this.#lookAtTicket() || this.#printAgain()) return;
    this.#serve();
  }

  #hasBeen(what: string, forMs: number): boolean {
    const nowMs = this.#world.clock.now();
    const sinceMs = this.#sinceMs.get(what) ?? nowMs;
    this.#sinceMs.set(what, sinceMs);
    return nowMs - sinceMs >= forMs;
  }

  /** Whoever comes has room made on the disk, or a good copy of the journal put back, and starts it anew. */
  #callService(): void {
    this.#clear(({ fault }) => fault === 'terminal.disk-full' || fault === 'terminal.journal-rot');
    this.#sinceMs.delete('out of service');
    this.#world.powerCut();
  }

  /** What the display says of the printer is mended after a while, and so is what only the paper shows. */
  #mend(): void {
    const { terminal, printer } = this.#world;
    const seen = this.#seenBad();
    const told = printer.status().faults.length > 0 || (terminal.state === 'printFault' && !seen);
    this.#mendAfterAWhile('printer', told, (fault) => isAtTheCounter(fault) && !isOnPaper(fault));
    this.#mendAfterAWhile('paper', seen, isOnPaper);
  }

  #mendAfterAWhile(what: string, wrong: boolean, which: (fault: ActiveFault) => boolean): void {
    if (!wrong) this.#sinceMs.delete(what);
    else if (this.#hasBeen(what, this.#manners.mendsMs)) this.#clear(which);
  }

  #seenBad(): boolean {
    return ['blank', 'unreadable'].includes(this.#world.terminal.sales().at(-1)?.ticket ?? '');
  }

  #clear(which: (fault: ActiveFault) => boolean): void {
    for (const fault of this.#world.faults.active()) {
      if (fault.begun && which(fault)) this.#world.faults.clear(fault.id);
    }
  }

  /** Nothing was read, or nothing that is a code. */
  #scanning(): void {
    const serving = this.#serving;
    if (serving === undefined || !this.#manners.showsAgain || serving.shown >= 3) return;
    if (!this.#hasBeen('scanning', 2 * this.#manners.reactsMs)) return;
    this.#sinceMs.delete('scanning');
    serving.shown++;
    const { people } = this.#world;
    this.#press(() => people.show(people.codeOf(serving.sale.customer)));
  }

  /** Looks at the latest ticket. Whether something was said of it: then there is something to be seen on the display first. */
  #lookAtTicket(): boolean {
    const { terminal, clock } = this.#world;
    const ticket = this.#tickets.at(-1);
    if (ticket?.ended === undefined || ticket.look !== undefined) return false;
    if (clock.now() - ticket.ended.atMs < this.#manners.reactsMs) return false;
    const look = this.#lookAt(ticket);
    const facts = terminal.find(ticket.saleId)?.facts;
    if (facts === undefined || facts.ticketLeft || facts.declined) return false;
    const [seen, how] = TOLD[look] ?? [];
    if (seen === undefined || !this.#canBe(facts, seen)) return false;
    return this.#press(() => terminal.ticketSeen(ticket.saleId, seen, how));
  }

  /** What the printer said to be unfinished is no news when it looks so. */
  #canBe({ ticket }: SaleFacts, seen: Seen): boolean {
    if (ticket === 'printed') return seen !== 'complete';
    return ticket === 'unconfirmed' || ticket === 'unknown';
  }

  #lookAt(ticket: Ticket): Look {
    const world = this.#world;
    ticket.look ??= lookAtPaper(world, ticket.saleId, ticket.fromMark, ticket.ended?.mark ?? paperMark(world));
    return ticket.look;
  }

  /** Prints the ticket that failed once more, when the printer is back. */
  #printAgain(): boolean {
    const { terminal, printer, people } = this.#world;
    const sale = terminal.sales().findLast((one) => !this.#isDoneWith(one) && one.payment === 'paid');
    if (sale === undefined || !UNFINISHED.includes(sale.ticket)) return false;
    if (!printer.status().ready) return true;
    if (this.#hasBeen(`reprint ${sale.prints.length}`, this.#manners.reactsMs))
      this.#press(() => people.reprint(sale.saleId));
    return true;
  }

  #isDoneWith(sale: SaleFacts): boolean {
    if (sale.payment !== 'paid') return isFinal(sale) || sale.unresolved;
    if (sale.ticketLeft || sale.declined || sale.digital !== undefined) return true;
    if (sale.prints.length >= PRINTS_MAX) return true;
    const ticket = this.#tickets.findLast(({ saleId }) => saleId === sale.saleId);
    return sale.ticket === 'printed' && ticket?.look !== undefined;
  }

  #serve(): void {
    const { terminal, people } = this.#world;
    const [sale] = this.#waiting;
    if (sale === undefined || !terminal.sales().every((one) => this.#isDoneWith(one))) return;
    if (!this.#hasBeen(`customer ${this.#waiting.length}, ${this.#attempts}`, this.#manners.reactsMs)) return;
    const sold = this.#press(() => {
      const saleId = people.sell(sale.amountFen, { customer: sale.customer });
      this.#serving = { saleId, sale, shown: 1 };
    });
    if (!sold && ++this.#attempts < SALE_ATTEMPTS_MAX) return;
    this.served.push(sold ? this.#serving?.saleId : undefined);
    this.#waiting.shift();
  }

  /** People press keys whatever the terminal is at; it refuses, and says so. */
  #press(act: () => void): boolean {
    try {
      act();
      return true;
    } catch (error) {
      if (error instanceof PaperjamError) return false;
      throw error;
    }
  }
}
