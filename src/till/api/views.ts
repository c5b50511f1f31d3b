import { z } from 'zod';
import { formatYuan } from '../../base/money.js';
import type { ActiveFault } from '../../faults/board.js';
import { isFinal, type SaleFacts, TICKET_STATES } from '../../terminal/facts.js';
import { type JournalRecord, PAYMENTS } from '../../terminal/journal/record.js';
import { maskCode } from '../../terminal/payment-code.js';
import { compareWithPlatform, type PlatformReply } from '../../terminal/verdict/ask.js';
import type { Verdict } from '../../terminal/verdict/verdict.js';

/** What the API shows. Types and description come from the same schemas, and tests hold real answers against them. */

const WORDS = z.strictObject({ zh: z.string(), en: z.string() });
const AT = z.iso.datetime();
const AMOUNT_FEN = z.int().describe('in fen');
const PAYMENT = z.enum(PAYMENTS).describe('the first fact: what became of the money');
const TICKET = z.enum(TICKET_STATES).describe('the second fact: what became of the ticket');
const DELIVERY = z
  .enum(['none', 'delivered', 'lost'])
  .describe('the third fact: whether a till has got the final answer');
const FINAL = z.boolean().describe('the payment will not change any more');

export const SALE_VIEW = z
  .strictObject({
    id: z.string().describe('the order number'),
    amount: z.string().describe('in yuan'),
    amountFen: AMOUNT_FEN,
    subject: z.string(),
    openedAt: AT,
    payment: PAYMENT,
    ticket: TICKET,
    delivery: DELIVERY,
    final: FINAL,
    wallet: z.string().optional(),
    tradeNo: z.string().optional().describe('the number of the payment with the platform'),
    buyer: z.string().optional(),
    reversal: z
      .enum(['asked', 'refused'])
      .optional()
      .describe('a paid sale was to be reversed: it is going back or has gone back, or the platform would not'),
    till: z
      .strictObject({ face: z.string(), key: z.string() })
      .optional()
      .describe('in which protocol a till asked for it, and by which key; absent for what was keyed in'),
  })
  .meta({ id: 'Sale', description: 'A sale: the three facts, and what names it. The payment code stays inside.' });
export type SaleView = z.infer<typeof SALE_VIEW>;

export function saleView(facts: SaleFacts): SaleView {
  const { saleId, amountFen, subject, openedAtMs, payment, ticket, delivery, wallet, tradeNo, buyer, reversal, till } =
    facts;
  return {
    id: saleId,
    amount: formatYuan(amountFen),
    amountFen,
    subject,
    openedAt: new Date(openedAtMs).toISOString(),
    payment,
    ticket,
    delivery,
    final: isFinal(facts),
    ...(wallet === undefined ? {} : { wallet }),
    ...(tradeNo === undefined ? {} : { tradeNo }),
    ...(buyer === undefined ? {} : { buyer }),
    ...(reversal === undefined ? {} : { reversal }),
    ...(till === undefined ? {} : { till: { face: till.face, key: till.key } }),
  };
}

const PAGE_LINKS = {
  cursor: z.string().optional().describe('where this page ends; as after it gives what comes later'),
  prev: z.string().optional().describe('the address of the page before; absent at the beginning'),
  next: z.string().optional().describe('the address of the page after; absent as long as there is none'),
};

export const SALES_VIEW = z
  .strictObject({ sales: z.array(SALE_VIEW).describe('in the order in which they were opened'), ...PAGE_LINKS })
  .meta({ id: 'Sales' });

export const STATE_VIEW = z
  .strictObject({
    id: z.string().optional().describe('the sale'),
    state: z.string().describe('what the terminal is at now'),
  })
  .meta({ id: 'State', description: 'It was taken; what comes of it is told by the sale.' });

const CAUSE = WORDS.extend({
  id: z.string().describe('of the catalogue of causes'),
  confidence: z.enum(['certain', 'likely', 'possible']),
  reason: WORDS,
  evidence: z.array(z.int()).describe('sequence numbers of the records that it rests on'),
});
const DAMAGE = WORDS.extend({
  record: z.int().optional().describe('the first record that is not proved'),
  problem: z.string(),
}).describe('the journal is damaged behind the evidence, so this is the sale as it once stood');
const PLATFORM = z
  .strictObject({
    askedAt: AT,
    afterMs: z.number(),
    payment: PAYMENT,
    outcome: z.string(),
    code: z.string().optional(),
    said: z.string().optional(),
    tradeNo: z.string().optional(),
    agreement: z.enum(['agrees', 'differs', 'open']),
    words: WORDS,
  })
  .describe('what the platform says now, when it was asked');

export const VERDICT_VIEW = z
  .strictObject({
    saleId: z.string(),
    amountFen: AMOUNT_FEN,
    payment: PAYMENT,
    ticket: TICKET,
    delivery: DELIVERY,
    final: FINAL,
    tradeNo: z.string().optional(),
    tickets: z.strictObject({ originals: z.int(), copies: z.int() }).describe('that may be on paper'),
    cause: CAUSE.optional(),
    also: z.array(CAUSE),
    evidence: z.array(z.strictObject({ seq: z.int(), at: AT, kind: z.string(), says: z.string() })),
    advice: z.strictObject({ cashier: z.union([WORDS, DAMAGE]), customer: WORDS, display: WORDS }),
    words: z.union([WORDS, DAMAGE]),
    damage: DAMAGE.optional(),
    platform: PLATFORM.optional(),
  })
  .meta({ id: 'Verdict', description: 'Has the customer paid, why is there no ticket, and what now?' });

export function verdictView(verdict: Verdict, reply: PlatformReply | undefined): object {
  return reply === undefined ? verdict : { ...verdict, platform: compareWithPlatform(verdict.payment, reply) };
}

export const RECORD_VIEW = z
  .looseObject({
    seq: z.int().min(1),
    at: AT,
    kind: z.string(),
    saleId: z.string().optional(),
    prev: z.string().describe('the hash of the record before'),
    hash: z.string(),
  })
  .meta({ id: 'Record', description: 'A record of the journal; what else it holds depends on its kind.' });

export const RECORDS_VIEW = z.strictObject({ records: z.array(RECORD_VIEW), ...PAGE_LINKS }).meta({ id: 'Records' });

/** A record of the journal, but for the payment code in it: recognisable, and of no use for paying. */
export function recordView(record: JournalRecord): JournalRecord {
  const { kind } = record;
  const hasCode = kind === 'authorize-intent' || kind === 'code-rejected' || kind === 'scan-ignored';
  return hasCode ? { ...record, code: maskCode(record.code) } : record;
}

export const FAULT_VIEW = z
  .looseObject({
    id: z.string(),
    fault: z.string(),
    begun: z.boolean().describe('before, it waits for its moment'),
    when: z.unknown(),
    for: z.number().optional(),
  })
  .meta({ id: 'Fault', description: 'A fault as it was put in, with its defaults filled in.' });

/** A fault in the shape in which it is put in, with its id and whether it has begun. */
export function faultView({ id, begun, fault, when, for: forMs, attributes }: ActiveFault) {
  return { id, begun, fault, when, ...(forMs === undefined ? {} : { for: forMs }), ...attributes };
}

export const FAULT_FACTS_VIEW = z
  .looseObject({ name: z.string(), place: z.string(), does: z.string(), seen: z.string() })
  .meta({ id: 'FaultFacts', description: 'What a fault does, what is seen of it, and what it takes.' });

export const SCREEN_VIEW = z
  .strictObject({
    state: z.string(),
    zh: z.string(),
    en: z.string(),
    saleId: z.string().optional(),
    qr: z.string().optional().describe('shown as a code beside the words'),
  })
  .meta({ id: 'Screen', description: 'What the display shows.' });
