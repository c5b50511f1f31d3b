import { formatYuan } from '../../base/money.js';
import type { SalePage } from '../book.js';
import { isFinal, type SaleFacts, type TicketState } from '../facts.js';
import type { JournalRecord, Payment } from '../journal/record.js';
import type { Words } from '../screens.js';
import { type Advice, advise, instruct } from './advice.js';
import { type Cause, findCauses } from './cause.js';
import { type Damage, damageOf } from './damage.js';
import { says } from './says.js';
import { isOut } from './ticket-todo.js';

/** A record of the journal that the verdict rests on. */
export interface Evidence {
  readonly seq: number;
  readonly at: string;
  readonly kind: JournalRecord['kind'];
  /** For an engineer, in a line. */
  readonly says: string;
}

/**
 * The answer to the cashier's question: has the customer paid, why is there no ticket, and what now? Made from the
 * journal alone; the same records always give the same verdict.
 */
export interface Verdict {
  readonly saleId: string;
  readonly amountFen: number;
  readonly payment: Payment;
  readonly ticket: TicketState;
  /** Whether the till got the answer; `none` when no till asked. */
  readonly delivery: SaleFacts['delivery'];
  /** The payment will not change any more. */
  readonly final: boolean;
  readonly tradeNo?: string;
  /** How many tickets may be on paper: originals without a mark (at most one), and marked copies. */
  readonly tickets: { readonly originals: number; readonly copies: number };
  /** The first that kept the ticket from coming out; absent when all went straight through. */
  readonly cause?: Cause;
  /** What else went wrong, or came along. */
  readonly also: readonly Cause[];
  readonly evidence: readonly Evidence[];
  readonly advice: Advice;
  /** All of it in one paragraph. */
  readonly words: Words;
  /** The journal is damaged behind the evidence, so this is the sale as it once stood, and not final. */
  readonly damage?: Damage;
}

export function verdictOf(page: SalePage): Verdict {
  const { facts, records, boots } = page;
  const damage = page.damage === undefined ? undefined : damageOf(page.damage);
  const { main, latest, also } = findCauses(page);
  // A jam that was cleared is still why there was no ticket, and no longer what keeps it from coming out.
  const acute = facts.payment === 'paid' && !isOut(facts.ticket) ? (latest ?? main) : main;
  const policy = boots.findLast((boot) => boot.policy !== undefined)?.policy;
  const reached = facts.prints.filter(({ result }) => result?.outcome !== 'not-printed');
  const originals = reached.filter(({ copy }) => copy === 0).length;
  const { status, todo } = instruct(facts, acute, policy);
  return {
    saleId: facts.saleId,
    amountFen: facts.amountFen,
    payment: facts.payment,
    ticket: facts.ticket,
    delivery: facts.delivery,
    final: isFinal(facts) && damage === undefined,
    ...(facts.tradeNo === undefined ? {} : { tradeNo: facts.tradeNo }),
    tickets: { originals, copies: reached.length - originals },
    ...(main === undefined ? {} : { cause: main }),
    also,
    evidence: records.map(toEvidence),
    advice: { ...advise(facts, acute, policy), ...(damage === undefined ? {} : { cashier: damage }) },
    words: damage ?? paragraph(facts, main, acute, status, todo),
    ...(damage === undefined ? {} : { damage }),
  };
}

/** Has the customer paid, why is there no ticket, what now: three sentences or so. */
function paragraph(
  facts: SaleFacts,
  cause: Cause | undefined,
  acute: Cause | undefined,
  status: Words,
  todo: Words | undefined,
): Words {
  const amount = `¥${formatYuan(facts.amountFen)}`;
  const why =
    cause === undefined
      ? undefined
      : { zh: `原因:${named('zh', cause, acute, ',后来')}。`, en: `Cause: ${named('en', cause, acute, ', then ')}.` };
  return {
    zh: [`${amount} ${status.zh}`, why?.zh, todo?.zh].filter(Boolean).join(''),
    en: [`${amount}: ${status.en}`, why?.en, todo?.en].filter(Boolean).join(' '),
  };
}

function named(lang: keyof Words, first: Cause, acute: Cause | undefined, then: string): string {
  const one = (cause: Cause) => `${cause[lang]}${SURE[lang][cause.confidence]}`;
  return acute === undefined || acute.id === first.id ? one(first) : `${one(first)}${then}${one(acute)}`;
}

const SURE = {
  zh: { certain: '', likely: '(很可能)', possible: '(可能)' },
  en: { certain: '', likely: ' (likely)', possible: ' (possible)' },
} as const;

function toEvidence(record: JournalRecord): Evidence {
  return { seq: record.seq, at: record.at, kind: record.kind, says: says(record) };
}
