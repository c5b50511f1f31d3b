import type { SalePage } from '../book.js';
import type { SaleFacts, TicketState } from '../facts.js';
import type { JournalRecord, Payment } from '../journal/record.js';
import { maskCode } from '../payment-code.js';
import type { Words } from '../screens.js';
import { adviseCashier, adviseCustomer } from './advice.js';
import { type Cause, findCause } from './cause.js';
import { type Damage, damageOf } from './damage.js';

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
  readonly cause?: Cause;
  readonly evidence: readonly Evidence[];
  readonly advice: { readonly cashier: Words; readonly customer: Words };
  /** The journal is damaged behind the evidence, so this is the sale as it once stood, and not final. */
  readonly damage?: Damage;
}

export function verdictOf({ facts, records, damage: error }: SalePage): Verdict {
  const damage = error === undefined ? undefined : damageOf(error);
  const cause = findCause(facts, records);
  const reached = facts.prints.filter(({ result }) => result?.outcome !== 'not-printed');
  const originals = reached.filter(({ copy }) => copy === 0).length;
  return {
    saleId: facts.saleId,
    amountFen: facts.amountFen,
    payment: facts.payment,
    ticket: facts.ticket,
    delivery: facts.delivery,
    final: facts.payment !== 'unknown' && damage === undefined,
    ...(facts.tradeNo === undefined ? {} : { tradeNo: facts.tradeNo }),
    tickets: { originals, copies: reached.length - originals },
    ...(cause === undefined ? {} : { cause }),
    evidence: records.map(toEvidence),
    advice: { cashier: damage ?? adviseCashier(facts), customer: adviseCustomer(facts) },
    ...(damage === undefined ? {} : { damage }),
  };
}

function toEvidence(record: JournalRecord): Evidence {
  return { seq: record.seq, at: record.at, kind: record.kind, says: says(record) };
}

function says(record: JournalRecord): string {
  switch (record.kind) {
    case 'boot':
      return `boot of ${record.version}`;
    case 'sale-opened':
      return `${record.amountFen} fen for ${record.subject}`;
    case 'code-rejected':
      return `code ${maskCode(record.code)} not accepted: ${record.problem}`;
    case 'authorize-intent':
      return `about to ask ${record.wallet} for ${record.amountFen} fen`;
    case 'platform-answer':
      return [`${record.call}: ${record.outcome}`, record.code, record.words].filter(Boolean).join(' ');
    case 'notified':
      return [`notice: ${record.outcome}`, record.tradeNo, record.code, record.words].filter(Boolean).join(' ');
    case 'cancel-intent':
      return `to be cancelled: ${record.why}`;
    case 'payment':
      return [`${record.fact} by ${record.by}`, record.tradeNo, record.why].filter(Boolean).join(' ');
    case 'unresolved':
      return 'left to the guard task';
    case 'print-intent':
      return `about to print ${record.copy === 0 ? 'the original' : `copy ${record.copy}`}, job ${record.jobId}`;
    case 'print-result': {
      const { result } = record;
      if (result.outcome === 'printed') return `printed, confirmed by ${result.confirmedBy}`;
      if (result.outcome === 'unconfirmed') return 'sent to a printer that confirms nothing';
      const upTo = result.outcome === 'not-printed' ? '' : ` at block ${result.block} of ${result.blocks}`;
      return `${result.outcome}${upTo}: ${result.reason}`;
    }
    case 'ticket-left':
      return 'the cashier went on without the ticket';
    case 'delivery':
      return `answer to ${record.to} ${record.fact}`;
  }
}
