/** Sales in every condition that words are said about, so that the guide quotes what display and verdict really say. */
import { DEFAULT_VOID_AFTER_MS, PRINTER_NOT_SEEN, type TerminalContext, type Trouble } from '../terminal/context.js';
import { applyEntry, type SaleFacts, type TicketState } from '../terminal/facts.js';
import type { BootPolicy, Payment } from '../terminal/journal/record.js';
import { type ScreenName, screen, type Words } from '../terminal/screens.js';
import { DEFAULT_TIMINGS } from '../terminal/timings.js';
import { type Advice, advise } from '../terminal/verdict/advice.js';
import type { Cause } from '../terminal/verdict/cause.js';
import { CAUSE_IDS, CAUSES, type CauseId } from '../terminal/verdict/causes/catalogue.js';
import { PAYMENT_WORDS, TICKET_WORDS } from '../terminal/verdict/fact-words.js';

type Lang = keyof Words;

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
  pagesCutShort: [],
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

const OTHER_TROUBLES: readonly (Trouble | undefined)[] = [
  'silence',
  'network',
  'maintenance',
  'customer',
  'set-up',
  'outdated',
  'other-wallet',
];

/** What a screen says, in the usual case first, and then whatever else it may say, with one fault of the printer for all. */
export function screenTexts(name: ScreenName): Words[] {
  const paid = { ...SALE, payment: 'paid', ticket: 'printed' } as const;
  const jammed = { ...SALE, payment: 'paid', ticket: 'partial', prints: [JAMMED] } as const;
  const contexts: TerminalContext[] = [
    CONTEXT,
    { ...CONTEXT, printer: FAULTY, facts: jammed },
    { ...CONTEXT, facts: jammed },
    { ...CONTEXT, facts: paid },
    { ...CONTEXT, facts: { ...jammed, ticket: 'blank' } },
    { ...CONTEXT, facts: { ...jammed, ticket: 'unreadable' } },
    { ...CONTEXT, facts: jammed, policy: { reprint: 'ask', paper: 'required' } },
    { ...CONTEXT, found: [{ finding: 'ask', facts: SALE }] },
    { ...CONTEXT, torn: '' },
    { ...CONTEXT, mended: [{ seq: 1, byte: 0, bit: 0 }] },
    ...OTHER_TROUBLES.map((trouble) => ({ ...CONTEXT, trouble })),
  ];
  const texts = contexts.map((context) => {
    const { zh, en } = screen(name, context);
    return { zh, en };
  });
  return texts.filter(({ zh }, i) => texts.findIndex((other) => other.zh === zh) === i);
}

/** A sale as it may stand, and what is said of it when nothing is known of a cause. */
export interface Stand {
  readonly facts: SaleFacts;
  readonly policy: BootPolicy | undefined;
  readonly advice: Advice;
}

const PAYMENTS = Object.keys(PAYMENT_WORDS) as Payment[]; // The keys of a record of payments,
const TICKETS = Object.keys(TICKET_WORDS) as TicketState[]; // and of tickets.
const POLICY: BootPolicy = { reprint: 'ask', unprinted: 'keep-and-reprint', paper: 'optional', print: 'at-once' };
const PAPER: BootPolicy = { ...POLICY, paper: 'required' };

/** The ways in which a sale can stand, one for each difference that the advice makes of it. */
export function stands(): Stand[] {
  const sent: SaleFacts = { ...SALE, sent: true };
  const all: (readonly [SaleFacts, BootPolicy])[] = [[SALE, POLICY]];
  for (const payment of PAYMENTS) {
    if (payment === 'paid') {
      for (const ticket of TICKETS) if (ticket !== 'none') all.push([{ ...sent, payment, ticket }, POLICY]);
      const missing: SaleFacts = { ...sent, payment, ticket: 'partial', prints: [JAMMED] };
      all.push([missing, PAPER]);
      all.push([{ ...missing, ticket: 'unknown' }, PAPER]);
      all.push([
        { ...missing, voidAfterMs: DEFAULT_VOID_AFTER_MS },
        { ...POLICY, unprinted: 'void-if-unprinted' },
      ]);
      all.push([{ ...sent, payment, ticket: 'printed', reversal: 'refused' }, POLICY]);
      all.push([{ ...missing, ticketLeft: true, leftWhy: 'customer-left' }, POLICY]);
      all.push([{ ...missing, ticket: 'printed', ticketLeft: true, leftWhy: 'customer-left' }, POLICY]);
    } else {
      all.push([{ ...sent, payment }, POLICY]);
      if (payment !== 'not-paid') {
        all.push([{ ...sent, payment, cancelling: 'unprinted' }, POLICY]);
        all.push([{ ...sent, payment, cancelling: 'asked', reversal: 'asked', ticket: 'printed' }, POLICY]);
      }
    }
  }
  return all.map(([facts, policy]) => ({ facts, policy, advice: advise(facts, undefined, policy) }));
}

/** What is said because of a cause, apart from what is said without it. */
export interface CauseAdvice {
  readonly id: CauseId;
  readonly name: string;
  readonly todo: string;
  /** By payment, in sentences; only where the cause makes a difference. */
  readonly told: readonly Told[];
}

export interface Told {
  readonly payment: Payment;
  readonly cashier: readonly string[];
  readonly customer: readonly string[];
}

/** Every cause that a verdict can name, in the order of the catalogue. */
export function causeTable(lang: Lang): CauseAdvice[] {
  const all = stands();
  return CAUSE_IDS.map((id) => {
    const { zh, en, todo } = CAUSES[id];
    const cause: Cause = { id, zh, en, confidence: 'certain', reason: { zh, en }, evidence: [] };
    const told = PAYMENTS.map((payment): Told => {
      const cashier = new Set<string>();
      const customer = new Set<string>();
      for (const { facts, policy, advice } of all.filter((stand) => stand.facts.payment === payment)) {
        const because = advise(facts, cause, policy);
        for (const sentence of added(because.cashier, advice.cashier, lang)) cashier.add(sentence);
        for (const sentence of added(because.customer, advice.customer, lang)) customer.add(sentence);
      }
      return { payment, cashier: [...cashier], customer: [...customer] };
    });
    return { id, name: { zh, en }[lang], todo: todo[lang], told: told.filter(({ cashier }) => cashier.length > 0) };
  });
}

/** The sentences that the one has and the other has not. Of one that is only led in by other words, just those. */
function added(words: Words, usual: Words, lang: Lang): string[] {
  const known = sentences(usual[lang]);
  return sentences(words[lang])
    .filter((sentence) => !known.includes(sentence))
    .map((sentence) => {
      const end = known.find((one) => sentence.toLowerCase().endsWith(one.toLowerCase()));
      const lead = end === undefined ? '' : sentence.slice(0, -end.length);
      return /:\s?$|:$/.test(lead) ? `${lead}…` : sentence;
    });
}

/** A text in sentences, each with its full stop. */
export function sentences(text: string): string[] {
  return text.split(/(?<=。)|(?<=\.) /).filter((sentence) => sentence !== '');
}
