import { formatYuan } from '../base/money.js';
import { isOfSale } from '../terminal/journal/record.js';
import type { Oracle, Report } from './oracle.js';
import { booksWords, paperHint, type Sight } from './sight.js';
import type { TicketOnPaper } from './tickets.js';

/**
 * At most one unmarked original of a sale is on paper, one of the merchant's beside it; no ticket of success is there for
 * a sale that was not paid, and none that is whole for one whose money went back unasked; none is begun for a sale that is
 * not paid, or not any more; and the amount on it is the sale's.
 *
 * One that was cut short counts: whoever finds it has a ticket without a mark. Where something garbles what the terminal
 * sent (noise on the line, a worn head) a mark or a digit may have got lost on the way: there the journal tells which
 * jobs had no mark, and of amounts only the very one of another sale is wrong, if it differs in more than a digit.
 */
export function oneOriginal(sight: Sight, report: Report): Oracle {
  const { journal, ledger, paper } = sight;

  const originals = (saleId: string, own: readonly TicketOnPaper[]) => {
    const unmarked = own.filter(({ copy, readable, garbled }) => !copy && readable && !garbled);
    for (const merchant of [false, true]) {
      // Where there are two roles, one that was cut short before it says its own may be either.
      const count = unmarked.filter((one) => one.merchant === merchant && (one.roleSaid || !sight.merchantCopy)).length;
      if (count <= 1) continue;
      const actual = `${count} of ${saleId}`;
      report({ saleId, expected: 'one unmarked original at most', actual, hint: paperHint(sight) });
    }
  };

  const amounts = (saleId: string, own: readonly TicketOnPaper[]) => {
    const sale = journal.page(saleId)?.facts;
    if (sale === undefined) return;
    for (const { amountFen, saleRead, garbled } of own) {
      if (amountFen === undefined || amountFen === sale.amountFen) continue;
      if (garbled && !saleRead) continue; // Its number lost a digit: whose it is nobody can tell.
      if (garbled && mayBeNoise(formatYuan(amountFen), formatYuan(sale.amountFen))) continue;
      const other = journal.sales().find((one) => one.amountFen === amountFen);
      const hint = paperHint(sight);
      if (other !== undefined) {
        const actual = `${formatYuan(amountFen)}, as of ${other.saleId}, on the ticket of ${saleId}`;
        report({ saleId, expected: "no ticket tells another sale's amount", actual, hint });
      } else if (!garbled) {
        const actual = `${formatYuan(amountFen)} on the ticket of ${saleId}, which was ${formatYuan(sale.amountFen)}`;
        report({ saleId, expected: 'a ticket tells the amount of its sale', actual, hint });
      }
    }
  };

  const isVoided = (saleId: string) => {
    const facts = journal.page(saleId)?.facts;
    return facts?.payment === 'reversed' && facts.cancelling !== 'asked';
  };

  const success = (saleId: string, own: readonly TicketOnPaper[]) => {
    if (ledger === undefined) return;
    const hint = paperHint(sight);
    const words = booksWords(sight, saleId);
    if ((ledger.trade(saleId)?.paidFen ?? 0) === 0) {
      const actual = `a ticket of ${saleId}, and ${words}`;
      report({ saleId, expected: 'no ticket for a sale that was not paid', actual, hint });
    } else if (isVoided(saleId) && own.some(({ complete }) => complete)) {
      const actual = `a whole ticket of ${saleId}, and ${words}`;
      report({ saleId, expected: 'no money goes back for a ticket that is on paper', actual, hint });
    }
  };

  const look = (tickets: readonly TicketOnPaper[]) => {
    const all = paper.tickets();
    for (const saleId of new Set(tickets.flatMap((ticket) => ticket.saleId ?? []))) {
      const own = all.filter((ticket) => ticket.saleId === saleId);
      originals(saleId, own);
      amounts(saleId, own);
      success(saleId, own);
    }
  };

  const attempts = (saleId: string) => {
    const unmarked = journal
      .page(saleId)
      ?.facts.prints.filter(({ copy, result }) => copy === 0 && result?.outcome !== 'not-printed');
    const count = unmarked?.length ?? 0;
    if (count <= 1) return;
    const actual = `${count} jobs of ${saleId} that had no mark may have reached the paper`;
    report({ saleId, expected: 'one unmarked original at most', actual, hint: paperHint(sight) });
  };

  const begun = (saleId: string) => {
    const payment = journal.page(saleId)?.facts.payment;
    if (payment === undefined || payment === 'paid') return;
    const actual = `one is printed for ${saleId}, whose payment is ${payment}`;
    report({ saleId, expected: 'a ticket is printed only for a sale that is paid', actual, hint: paperHint(sight) });
  };

  return {
    paper(seen) {
      if (seen.piece.cut !== undefined) look(paper.ticketsOn(seen));
    },
    recorded(record) {
      if (!isOfSale(record) || (record.kind !== 'print-intent' && record.kind !== 'print-result')) return;
      attempts(record.saleId);
      if (record.kind === 'print-intent') begun(record.saleId);
      const last = paper.pieces.at(-1);
      if (last !== undefined && last.piece.cut === undefined) look(paper.ticketsOn(last));
    },
    ended: () => look(paper.tickets()),
  };
}

/** Noise makes another digit of one: that it is then the amount of another sale is chance. */
function mayBeNoise(read: string, meant: string): boolean {
  if (read.length !== meant.length) return false;
  return [...read].filter((digit, i) => digit !== meant[i]).length <= 1;
}
