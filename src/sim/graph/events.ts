/** A deed as the machine's event, and what it leaves behind around the machine. */
import type { AuthorizeAnswer, CancelAnswer, QueryAnswer } from '../../ports/acquirer.js';
import type { DriverCounters, JobResult, PrinterStatus } from '../../ports/printer.js';
import type { TicketDocument } from '../../ports/ticket.js';
import type { TerminalEvent, ToldEntry } from '../../terminal/effects.js';
import { applyEntry, type SaleFacts } from '../../terminal/facts.js';
import type { Seen } from '../../terminal/journal/record.js';
import { isToPrint } from '../../terminal/recovery.js';
import type { Deed } from './deeds.js';
import {
  AMOUNT_FEN,
  type Fate,
  foregroundOf,
  type ModelSale,
  NOW_MS,
  type Situation,
  saleIdOf,
  stateOf,
} from './situation.js';
import { delaysIn } from './transitions.js';

export const CODE = '281234567890123456';
/** Of a wallet that has no acquirer here (WeChat Pay). */
export const CODE_OF_NO_WALLET = '134567890123456789';

export const PAGE: TicketDocument = { elements: [{ kind: 'text', text: 'a page' }, { kind: 'cut' }] };
export const TEXT = { zh: '欢迎光临', en: 'Welcome' };

const WORDS = { code: 'MODEL', words: 'as the model has it' } as const;
const PAID = { outcome: 'paid', tradeNo: '2026010122001400001234567890' } as const;

export const AUTHORIZE_ANSWERS: Readonly<Record<string, AuthorizeAnswer>> = {
  paid: PAID,
  waiting: { outcome: 'waiting', ...WORDS },
  refused: { outcome: 'refused', ...WORDS },
  unknown: { outcome: 'unknown', ...WORDS },
};

export const QUERY_ANSWERS: Readonly<Record<string, QueryAnswer>> = {
  paid: PAID,
  waiting: { outcome: 'waiting', ...WORDS },
  closed: { outcome: 'closed', ...WORDS },
  refunded: { outcome: 'closed', refunded: true, ...WORDS },
  unknown: { outcome: 'unknown', ...WORDS },
};

export const CANCEL_ANSWERS: Readonly<Record<string, CancelAnswer>> = {
  close: { outcome: 'cancelled', action: 'close' },
  refund: { outcome: 'cancelled', action: 'refund' },
  retry: { outcome: 'retry', ...WORDS },
  refused: { outcome: 'refused', ...WORDS },
};

export const JOB_RESULTS: Readonly<Record<string, JobResult>> = {
  printed: { outcome: 'printed', blocks: 4, confirmedBy: 'GS ( H' },
  unconfirmed: { outcome: 'unconfirmed', blocks: 4 },
  unprintable: { outcome: 'not-printed', blocks: 0, reason: 'unprintable' },
  partial: { outcome: 'partial', block: 1, blocks: 4, reason: 'mechanical-error' },
  unknown: { outcome: 'unknown', block: 1, blocks: 4, reason: 'no-answer' },
  'not-printed': { outcome: 'not-printed', blocks: 4, reason: 'cover-open' },
};

export const PRINTER_READY: PrinterStatus = { ready: true, life: 'online', faults: [], paperNearEnd: false };
export const PRINTER_FAULT: PrinterStatus = {
  ready: false,
  life: 'faulty',
  faults: ['cover-open'],
  paperNearEnd: false,
};

export const NO_COUNTERS: DriverCounters = {
  jobs: { printed: 0, partial: 0, 'not-printed': 0, unknown: 0, unconfirmed: 0 },
  ...{ lines: 0, cuts: 0, paperMm: 0, faults: {}, sentBytes: 0, receivedBytes: 0, reconnects: 0 },
};

/** The entry of the table, which has all that a deed can say. */
function of<Value>(table: Readonly<Record<string, Value>>, word = ''): Value {
  const value = table[word];
  if (value === undefined) throw new Error(`no deed says ${JSON.stringify(word)}`);
  return value;
}

export const authorizeAnswer = (word?: string) => of(AUTHORIZE_ANSWERS, word);
export const queryAnswer = (word?: string) => of(QUERY_ANSWERS, word);
export const cancelAnswer = (word?: string) => of(CANCEL_ANSWERS, word);
export const jobResult = (word?: string) => of(JOB_RESULTS, word);

/** What an answer shows about the order; any other leaves its fate as it was. */
const FATES: Readonly<Record<string, Fate>> = {
  'AUTHORIZED paid': 'paid',
  'AUTHORIZED waiting': 'waiting',
  'AUTHORIZED refused': 'refused',
  'QUERIED paid': 'paid',
  'QUERIED waiting': 'waiting',
  'QUERIED closed': 'closed',
  'QUERIED refunded': 'refunded',
  'CANCELLED close': 'closed',
  'CANCELLED refund': 'refunded',
  'NOTIFIED paid': 'paid',
};

interface Happening {
  /** None for a deed of which the machine does not hear. */
  readonly events: readonly TerminalEvent[];
  readonly around: Partial<Pick<Situation, 'sales' | 'asked' | 'job'>>;
}

export function eventOf(before: Situation, deed: Deed): Happening {
  const { type, word = '', sale = -1 } = deed;
  const saleId = saleIdOf(sale);
  const fated = () => {
    const fate = FATES[`${type} ${word}`];
    return withSale(before.sales, sale, fate === undefined ? {} : { fate });
  };
  const answered = () => ({ sales: fated(), asked: { ...before.asked, [type]: undefined } });
  switch (type) {
    case 'SELL':
      return only({ type, facts: openedSale(before.sales.length) });
    case 'BUSY':
      return only(word === 'sale' ? { type, key: 'sale' } : { type });
    case 'NO_PAPER':
    case 'CANCEL':
    case 'PRINT_NOW':
    case 'STORAGE_FAILED':
      return only({ type });
    case 'SCAN':
      return only({ type, code: word === 'code' ? CODE : CODE_OF_NO_WALLET });
    case 'REPRINT':
    case 'REVERSE':
    case 'DIGITAL':
      return only({ type, facts: factsOf(before, sale) });
    case 'SELF_TEST':
      return only({ type, jobId: 'self-test-model' });
    case 'PAGE':
      return only({ type, jobId: 'page-model', document: PAGE });
    case 'TEXT':
      return only({ type, text: TEXT });
    case 'TOLD':
      return only({ type, entry: toldEntry(factsOf(before, sale), word) });
    case 'AUTHORIZED':
      return { events: [{ type, saleId, answer: authorizeAnswer(word) }], around: answered() };
    case 'QUERIED':
      return { events: [{ type, saleId, answer: queryAnswer(word) }], around: answered() };
    case 'CANCELLED':
      return { events: [{ type, saleId, answer: cancelAnswer(word) }], around: answered() };
    case 'NOTIFIED': {
      const answer = { id: `notice-${sale}`, orderNo: saleId, ...PAID };
      return { events: [{ type, saleId, answer }], around: { sales: withSale(fated(), sale, { noticed: true }) } };
    }
    case 'FOUND_PAID': {
      const entry = { kind: 'payment', saleId, fact: 'paid', by: 'query', tradeNo: PAID.tradeNo } as const;
      const facts = applyEntry(before.sales[sale]?.facts, entry, NOW_MS);
      const sales = withSale(before.sales, sale, { facts, fate: 'paid', guarded: false });
      const asked = before.asked.CANCELLED === sale ? { ...before.asked, CANCELLED: undefined } : before.asked;
      const settled = { type: 'SETTLED', facts } as const;
      return { events: isToPrint(facts) ? [settled, { type, facts }] : [settled], around: { sales, asked } };
    }
    case 'PRINTED': {
      const jobId = before.job ?? '';
      return {
        events: [{ type, jobId, result: jobResult(word), counters: NO_COUNTERS }],
        around: { job: undefined },
      };
    }
    case 'PRINTER_STATUS':
      return only({ type, status: word === 'ready' ? PRINTER_READY : PRINTER_FAULT });
    case 'AFTER':
      return only(delayEnds(stateOf(before), word));
    case 'POWER_CUT':
      return { events: [], around: {} };
  }
}

function only(event: TerminalEvent): Happening {
  return { events: [event], around: {} };
}

/** XState tells a machine of the end of a delay by an event of its own, of which the machine's types do not know. */
function delayEnds(state: string, name: string): TerminalEvent {
  const type = delaysIn(state).find((delay) => delay.name === name)?.eventType;
  if (type === undefined) throw new Error(`no delay ${name} runs in ${state}`);
  return { type } as unknown as TerminalEvent;
}

function openedSale(place: number): SaleFacts {
  const entry = { kind: 'sale-opened', saleId: saleIdOf(place), amountFen: AMOUNT_FEN, subject: 'model' } as const;
  return applyEntry(undefined, entry, NOW_MS);
}

/** The newest facts of a sale: the machine's own, if it is at that sale. */
function factsOf(before: Situation, sale: number): SaleFacts {
  const own = foregroundOf(before) === sale ? before.machine.context.facts : undefined;
  const facts = own ?? before.sales[sale]?.facts;
  if (facts === undefined) throw new Error(`there is no sale ${sale}`);
  return facts;
}

function toldEntry({ saleId, prints }: SaleFacts, word: string): ToldEntry {
  if (word === 'declined') return { kind: 'ticket-declined', saleId };
  if (word === 'left') return { kind: 'ticket-left', saleId, why: 'customer-left' };
  const seen: Seen = word === 'complete' ? 'complete' : 'blank';
  const { jobId = '' } = prints.findLast(({ result }) => result?.outcome !== 'not-printed') ?? {};
  return { kind: 'ticket-seen', saleId, jobId, seen };
}

function withSale(sales: readonly ModelSale[], place: number, change: Partial<ModelSale>): readonly ModelSale[] {
  return sales.map((sale, at) => (at === place ? { ...sale, ...change } : sale));
}
