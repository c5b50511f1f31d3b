import type { Screen } from '../ports/display.js';
import type { Proof } from '../ports/printer.js';
import { isFinal, type SaleFacts } from '../terminal/facts.js';
import { isPageRecord } from '../terminal/journal/record.js';
import { isAskedBack, isRefusedBack } from './asked-back.js';
import type { Oracle, Report } from './oracle.js';
import { paperHint, type Sight } from './sight.js';

/** What a till has been told of a sale, as the control API has it in its events and its answers. */
interface Told {
  readonly amountFen: number;
  readonly payment: SaleFacts['payment'];
  readonly ticket: SaleFacts['ticket'];
  readonly delivery: SaleFacts['delivery'];
  readonly final: boolean;
}

/** What a screen says of the payment of its sale; the others say nothing of it, or what the facts say. */
const SHOWS: Readonly<Record<string, readonly SaleFacts['payment'][]>> = {
  printing: ['paid'],
  printFault: ['paid'],
  unconfirmed: ['paid'],
  askPrint: ['paid'],
  digital: ['paid'],
  noTicket: ['paid'],
  done: ['paid'],
  notReversed: ['paid'],
  declined: ['not-paid', 'reversed'],
  notScanned: ['not-paid'],
  givenUp: ['not-paid', 'reversed'],
  expired: ['not-paid', 'reversed'],
  reversed: ['reversed'],
};

/**
 * What a till was told is never contradicted later. A till hears of each change as an event, and gets its answer when the
 * sale has settled; it may act on any of it at once: hand the goods over, or ask for another way to pay. So what it hears
 * stands in the journal by then, a payment that it was told of is not taken back, a final word is final, a ticket once
 * printed stays printed, and was whole on the paper when it was said to be.
 *
 * Money that goes back on request is no contradiction: behind such a request in the journal, and only there, a sale that
 * was paid for good is in doubt again, until it is reversed, or paid as before.
 */
export function tillTold(sight: Sight, report: Report): Oracle {
  const { journal, paper } = sight;
  const last = new Map<string, Told>();
  /** Sales that are known to have been paid: what becomes of one can only be that it stays so, or that the money goes back. */
  const everPaid = new Set<string>();
  /** Sales of which a person has said that a ticket is no good. */
  const seenBad = new Set<string>();
  /** The lines that came out since the latest job began, and how many whole tickets of its sale there were before. */
  let lines = 0;
  let wholeBefore = 0;
  /** The sale whose ticket was confirmed, until the next job. */
  let confirmed: string | undefined;

  const wholeOf = (saleId: string) => paper.tickets().filter((one) => one.saleId === saleId && one.complete).length;

  /**
   * Where something garbles what was sent, nobody can read whether it is whole. And a printer that only time proves may have
   * got more than was sent, each byte twice over: then it is still at the job before, and none of its answers tells.
   */
  const look = (saleId: string, proof: Proof) => {
    if (paper.garbled && proof === 'DLE EOT') return;
    const whole = paper.garbled || wholeOf(saleId) > wholeBefore;
    if (!paper.known || (lines > 0 && whole)) return;
    const actual = lines === 0 ? 'not a line of it had come out' : 'no whole ticket had come out';
    const expected = 'a ticket that is said to be printed is on the paper';
    report({ saleId, expected, actual, hint: paperHint(sight) });
  };

  /** It is paid, perhaps as before: then the money that was asked back stays, and the platform must have said so. */
  const checkStays = (saleId: string) => {
    const before = (journal.page(saleId)?.records ?? []).slice(0, -1);
    const was = before.findLast((record) => record.kind === 'payment');
    if (was?.kind !== 'payment' || was.fact !== 'paid' || !isAskedBack(before) || isRefusedBack(before)) return;
    const expected = 'money that was asked back stays only where the platform refuses to give it back';
    report({ saleId, expected, actual: 'it is said to stay, and no cancel was refused' });
  };

  const tell = (saleId: string, now: Told) => {
    const before = last.get(saleId);
    last.set(saleId, now);
    const asked = isAskedBack(journal.page(saleId)?.records ?? []);
    const paid = everPaid.has(saleId);
    if (now.payment === 'paid') everPaid.add(saleId);
    const wrong =
      before === undefined ? undefined : contradiction(before, now, { paid, asked, seenBad: seenBad.has(saleId) });
    if (wrong === undefined) return;
    report({ saleId, expected: 'what a till was told is never contradicted', actual: wrong });
  };

  return {
    told(facts) {
      const { saleId } = facts;
      const now = toldOf(facts);
      const own = journal.page(saleId)?.facts;
      const durable = own === undefined ? undefined : toldOf(own);
      if (durable === undefined || words(durable) !== words(now)) {
        const actual = `told ${words(now)}, and the journal ${durable === undefined ? 'has no such sale' : `says ${words(durable)}`}`;
        report({ saleId, expected: 'a till is told what stands in the journal', actual });
      }
      tell(saleId, now);
    },
    shown({ state, saleId }: Screen) {
      const payment = saleId === undefined ? undefined : journal.page(saleId)?.facts.payment;
      const allowed = SHOWS[state];
      if (saleId === undefined || allowed === undefined || (payment !== undefined && allowed.includes(payment))) return;
      const actual = `the display shows ${state}, and the payment is ${payment ?? 'in no journal'}`;
      report({ saleId, expected: 'the display says of a payment what stands in the journal', actual });
    },
    recorded(record) {
      if (record.kind === 'payment' && record.fact === 'paid') checkStays(record.saleId);
      if (record.kind === 'ticket-seen' && record.seen !== 'complete') seenBad.add(record.saleId);
      if (record.kind === 'print-intent' || (isPageRecord(record) && record.phase === 'begun')) {
        lines = 0;
        confirmed = undefined;
        wholeBefore = record.kind === 'print-intent' ? wholeOf(record.saleId) : 0;
      } else if (record.kind === 'print-result' && record.result.outcome === 'printed') {
        confirmed = record.saleId;
        look(record.saleId, record.result.confirmedBy);
      }
    },
    paper({ piece }) {
      lines++;
      if (confirmed === undefined || piece.cut !== undefined || paper.garbled) return;
      const actual = `then "${piece.lines.at(-1) ?? ''}" came out`;
      report({ saleId: confirmed, expected: 'a ticket that is said to be printed is on the paper', actual });
    },
    ended() {
      for (const facts of journal.sales()) tell(facts.saleId, toldOf(facts));
    },
  };
}

function toldOf(facts: SaleFacts): Told {
  const { amountFen, payment, ticket, delivery } = facts;
  return { amountFen, payment, ticket, delivery, final: isFinal(facts) };
}

/** A person may look at a ticket that the printer has confirmed, and see that it is no good: then what was agreed on counts. */
const SEEN_BAD: readonly SaleFacts['ticket'][] = ['blank', 'unreadable', 'digital', 'refused'];

/** What else is known of a sale. */
interface Known {
  /** A till was told before that it is paid. */
  readonly paid: boolean;
  /** Its money goes back, or has gone back, on request. */
  readonly asked: boolean;
  readonly seenBad: boolean;
}

/** What a till that has heard `before` cannot make agree with `now`. */
function contradiction(before: Told, now: Told, { paid, asked, seenBad }: Known): string | undefined {
  const said = `told ${words(before)}, and later ${words(now)}`;
  if (before.amountFen !== now.amountFen) return said;
  const goesBack = asked && before.payment === 'paid' && now.payment !== 'not-paid';
  if (before.final && !goesBack && (before.payment !== now.payment || !now.final)) return said;
  if (paid && now.payment === 'not-paid') return `told that it is paid, and later ${words(now)}`;
  if (['not-paid', 'reversed'].includes(before.payment) && before.payment !== now.payment) return said;
  const staysGood = now.ticket === 'printed' || (seenBad && SEEN_BAD.includes(now.ticket));
  if (before.ticket === 'printed' && !staysGood) return said;
  return before.delivery === 'delivered' && now.delivery !== 'delivered' ? said : undefined;
}

function words({ amountFen, payment, ticket, delivery, final }: Told): string {
  return `${amountFen} fen, ${payment}${final ? ' for good' : ''}, ticket ${ticket}, answer ${delivery}`;
}
