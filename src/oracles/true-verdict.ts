import { isFinal } from '../terminal/facts.js';
import { isOfSale, type JournalRecord } from '../terminal/journal/record.js';
import { type Verdict, verdictOf } from '../terminal/verdict/verdict.js';
import { isAskedBack } from './asked-back.js';
import type { Oracle, Report } from './oracle.js';
import { booksWords, keptFen, type Sight } from './sight.js';

/** Records behind which a verdict may say something else of the payment. */
const BEARS_ON_PAYMENT: readonly JournalRecord['kind'][] = [
  'payment',
  'cancel-intent',
  'unresolved',
  'print-result',
  'ticket-seen',
  'ticket-declined',
  'ticket-digital',
  'ticket-left',
];

/** Records behind which a payment is unknown, rare enough for a whole verdict at each. */
const IN_DOUBT: readonly JournalRecord['kind'][] = ['cancel-intent', 'unresolved'];

/**
 * A verdict `paid` or `not paid` agrees with the platform's books, when it is given and ever after; and what was said of a
 * payment is not taken back: only money that was given back by a deed in the journal makes `reversed` of `paid`, and of one
 * that was final only a deed that somebody has asked for. That a payment is `unknown` is no lie; that it does not stay so when the platform can be asked is for `settles` to see.
 */
export function trueVerdict(sight: Sight, report: Report): Oracle {
  const { journal, ledger } = sight;
  const given = new Map<string, Pick<Verdict, 'payment' | 'final'>>();

  const agree = (saleId: string, { payment, amountFen }: Pick<Verdict, 'payment' | 'amountFen'>) => {
    if (ledger === undefined || payment === 'unknown') return;
    if (keptFen(ledger, saleId) === (payment === 'paid' ? amountFen : 0)) return;
    const actual = `the terminal says ${payment}, and ${booksWords(sight, saleId)}`;
    report({ saleId, expected: "a payment fact agrees with the platform's books", actual });
  };

  const give = (saleId: string) => {
    const page = journal.page(saleId);
    if (page === undefined) return;
    // What a verdict says of the payment, without its reasons: these are made once, at the end.
    const { payment, amountFen } = page.facts;
    const final = isFinal(page.facts);
    agree(saleId, { payment, amountFen });
    const before = given.get(saleId);
    if (payment !== 'unknown' || before === undefined) given.set(saleId, { payment, final });
    if (before === undefined || before.payment === 'unknown') return;
    const back = page.records.some((record) => record.kind === 'cancel-intent');
    const asked = isAskedBack(page.records);
    const gaveBack = before.payment === 'paid' && back && (!before.final || asked);
    const same = payment === before.payment || (gaveBack && (payment === 'reversed' || payment === 'unknown'));
    if (same && (final || !before.final || asked)) return;
    const words = `first ${saying(before)}, then ${saying({ payment, final })}`;
    report({ saleId, expected: 'what was said of a payment is never contradicted', actual: words });
  };

  return {
    recorded(record) {
      if (!isOfSale(record)) return;
      if (BEARS_ON_PAYMENT.includes(record.kind)) give(record.saleId);
      // While nobody knows yet, somebody asks: here the verdict itself has to bear it.
      const page = IN_DOUBT.includes(record.kind) ? journal.page(record.saleId) : undefined;
      if (page !== undefined) agree(record.saleId, verdictOf(page));
    },
    booked(record) {
      const facts = 'orderNo' in record ? journal.page(record.orderNo)?.facts : undefined;
      if (facts !== undefined) agree(facts.saleId, facts);
    },
    ended() {
      for (const { saleId } of journal.sales()) {
        give(saleId);
        const page = journal.page(saleId);
        if (page !== undefined) agree(saleId, verdictOf(page));
      }
    },
  };
}

function saying({ payment, final }: Pick<Verdict, 'payment' | 'final'>): string {
  return payment === 'unknown' || final ? payment : `${payment}, for the time being`;
}
