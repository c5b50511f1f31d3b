import { BEHAVIOURS } from '../../../emulator/platform/wallet.js';
import type { Step } from '../../../fixture/language/steps.js';
import type { Random } from '../../../ports/random.js';
import { SEEN, SEEN_HOW } from '../../../terminal/journal/record.js';
import { between, oneOf, percent } from '../../diagnosis/chance.js';

/** What a deed can be about. */
export interface Counter {
  /** By their names, the latest last. */
  readonly sales: readonly string[];
  /** Those of them whose customer showed a code. */
  readonly codes: readonly string[];
  /** Of the faults that have been put in, the names to clear them by. */
  readonly faults: readonly string[];
  /** Sales of which the till has said that it got the answer: it does not take that back. */
  readonly delivered: Set<string>;
}

type Deed = (random: Random, counter: Counter) => Step;

/** What people do at a terminal besides selling, at whatever moment: it says itself when it will not have it. */
export const DEEDS: Readonly<Record<string, Deed>> = {
  cancel: () => ({ cancel: {} }),
  reprint: (random, counter) => ({ reprint: { ...about(random, counter), refused: undefined } }),
  reverse: (random, counter) => ({ reverse: { ...about(random, counter), refused: undefined } }),
  page: (random) => ({ page: { text: oneOf(random, PAGES), lines: between(random, 1, 40), refused: undefined } }),
  restart: (random) => ({ restart: { offMs: percent(random, 50) ? 0 : between(random, 20, 120_000) } }),
  'saw-ticket': (random, counter) => ({ 'saw-ticket': { ...saw(random), ...about(random, counter) } }),
  'leave-ticket': (random, counter) => ({ 'leave-ticket': { reason: 'the queue is long', ...about(random, counter) } }),
  'decline-ticket': (random, counter) => ({ 'decline-ticket': about(random, counter) }),
  'customer-left': (random, counter) => ({ 'customer-left': about(random, counter) }),
  'print-now': () => ({ 'print-now': {} }),
  'offer-digital': (random, counter) => ({ 'offer-digital': about(random, counter) }),
  ask: (random, counter) => ({ ask: about(random, counter) }),
  till: (random, counter) => {
    const sale = percent(random, 70) ? counter.sales.at(-1) : oneOf(random, counter.sales);
    const lost = percent(random, 50) && !counter.delivered.has(sale ?? '');
    if (!lost) counter.delivered.add(sale ?? '');
    return { till: { answer: lost ? 'lost' : 'delivered', to: 'till', sale } };
  },
  'second code': (random) => ({ show: { customer: drawCustomer(random) } }),
  'old code': (random, counter) =>
    counter.codes.length === 0 ? { scan: oneOf(random, GARBAGE) } : { show: { code: oneOf(random, counter.codes) } },
  garbage: (random) => ({ scan: oneOf(random, GARBAGE) }),
  'self-test': () => ({ 'self-test': {} }),
  'saw-self-test': (random) => ({ 'saw-self-test': oneOf(random, SEEN) }),
  mend: (random, { faults }) => ({ clear: percent(random, 40) || faults.length === 0 ? 'all' : oneOf(random, faults) }),
  wait: (random) => ({ wait: { forMs: between(random, 100, 300_000) } }),
};

/** Of another wallet, too short, none at all, well-formed and nobody's, and what a scanner makes of a poster. */
const GARBAGE = [
  '130000000000000000',
  '28123',
  '6901234567892',
  '287777777777777777',
  'https://example.com/menu',
  ' ',
] as const;

/**
 * What stands on the lines of a till's own pages. Nothing that stands on tickets: what is left of a page in a printer that
 * cannot be cleared may come out with the next ticket, and nobody could tell the two apart.
 */
const PAGES = ['a page', '交班报表 SHIFT REPORT', '欢迎光临 WELCOME'] as const;

/** Some come oftener than others, who are still there. */
const CUSTOMERS = [...BEHAVIOURS, 'pays', 'pays', 'pays', 'pays', 'confirms'] as const;

export function drawCustomer(random: Random): NonNullable<NonNullable<Step['sell']>['customer']> {
  const does = oneOf(random, CUSTOMERS);
  const decides = does === 'confirms' || does === 'refuses';
  return { does, afterMs: decides && percent(random, 60) ? between(random, 100, 90_000) : undefined };
}

/** Mostly the latest sale, by no name; else any of the run. */
function about(random: Random, { sales }: Counter): { sale: string | undefined } {
  return { sale: percent(random, 70) || sales.length === 0 ? undefined : oneOf(random, sales) };
}

function saw(random: Random): Omit<NonNullable<Step['saw-ticket']>, 'sale'> {
  const seen = oneOf(random, SEEN);
  return { saw: seen, how: seen === 'unreadable' && percent(random, 60) ? oneOf(random, SEEN_HOW) : undefined };
}
