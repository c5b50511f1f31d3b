/** Sales in every condition that words are said about, so that the guide quotes what display and verdict really say. */
import { PRINTER_NOT_SEEN, type TerminalContext } from '../terminal/context.js';
import { applyEntry, type SaleFacts, type TicketState } from '../terminal/facts.js';
import type { Payment } from '../terminal/journal/record.js';
import { type ScreenName, screen, type Words } from '../terminal/screens.js';
import { DEFAULT_TIMINGS } from '../terminal/timings.js';
import { advise } from '../terminal/verdict/advice.js';
import { PAYMENT_WORDS, TICKET_WORDS } from '../terminal/verdict/fact-words.js';

const SALE: SaleFacts = applyEntry(
  undefined,
  { kind: 'sale-opened', saleId: 'T01', amountFen: 1_280, subject: '商品 Goods' },
  0,
);

const JAMMED = {
  jobId: 'T01/1',
  copy: 0,
  result: { outcome: 'partial', block: 3, blocks: 9, reason: 'mechanical-error' },
} as const;

const CONTEXT: TerminalContext = {
  version: '',
  merchant: { name: '', terminalId: 'T01', utcOffsetMinutes: 480 },
  policy: { reprint: 'ask' },
  timings: DEFAULT_TIMINGS,
  wallets: ['alipay'],
  found: [],
  unfinishedPaper: false,
  torn: undefined,
  mended: [],
  facts: SALE,
  queue: [],
  queries: 0,
  cancels: 0,
  printer: { ...PRINTER_NOT_SEEN, ready: true, life: 'online' },
  trouble: undefined,
  selfTest: undefined,
  configuration: '',
  now: () => 0,
};

const FAULTY = { ...PRINTER_NOT_SEEN, life: 'faulty', faults: ['mechanical-error'] } as const;

/** What a screen says, in the usual case first, and with what else it may say when the printer has a jam. */
export function screenTexts(name: ScreenName): Words[] {
  const jammed = { ...SALE, payment: 'paid', ticket: 'partial', prints: [JAMMED] } as const;
  const contexts: TerminalContext[] = [
    CONTEXT,
    { ...CONTEXT, printer: FAULTY, facts: jammed },
    { ...CONTEXT, facts: jammed },
    { ...CONTEXT, torn: '' },
  ];
  const texts = contexts.map((context) => {
    const { zh, en } = screen(name, context);
    return { zh, en };
  });
  return texts.filter(({ zh }, i) => texts.findIndex((other) => other.zh === zh) === i);
}

export interface Advice {
  readonly payment: Payment;
  readonly ticket: TicketState;
  /** Nothing was sent to the platform yet. */
  readonly unsent: boolean;
  readonly cashier: Words;
  readonly customer: Words;
}

/** Every advice that a verdict can give, by the facts of the sale. */
export function adviceTable(): Advice[] {
  const payments = Object.keys(PAYMENT_WORDS) as Payment[]; // The keys of a record of payments,
  const tickets = Object.keys(TICKET_WORDS) as TicketState[]; // and of tickets.
  const cases: { payment: Payment; ticket: TicketState; sent: boolean }[] = [];
  for (const payment of payments) {
    if (payment === 'paid') cases.push(...tickets.map((ticket) => ({ payment, ticket, sent: true })));
    else cases.push({ payment, ticket: 'none', sent: true });
    if (payment === 'unknown') cases.push({ payment, ticket: 'none', sent: false });
  }
  return cases.map(({ payment, ticket, sent }) => {
    const facts: SaleFacts = { ...SALE, payment, ticket, sent };
    return { payment, ticket, unsent: !sent, ...advise(facts, undefined, undefined) };
  });
}
