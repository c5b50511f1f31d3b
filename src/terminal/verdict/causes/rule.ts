import type { SalePage, SaleRecord } from '../../book.js';
import type { SaleFacts } from '../../facts.js';
import type { BootDevice, BootPolicy, BootRecord, SelfTestRecord } from '../../journal/record.js';
import { isTradeNumber } from '../../payment-code.js';
import type { Words } from '../../screens.js';
import type { CauseId } from './catalogue.js';

/** `certain`: somebody said so. `likely`: nothing else that is usual looks like this. `possible`: others look the same. */
export const CONFIDENCES = ['certain', 'likely', 'possible'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** What a cause bears on: the ticket, the payment, or neither, when it only went along. */
export type Stage = 'ticket' | 'payment' | 'aside';

/** A cause that a rule has found. */
export interface Found {
  readonly id: CauseId;
  readonly confidence: Confidence;
  /** Why it is thought so, for an engineer. */
  readonly reason: Words;
  /** Sequence numbers of the records that it rests on; never empty. */
  readonly evidence: readonly number[];
  readonly stage: Stage;
}

/** Clocks that are put right over the network go back by so much at most. */
const CLOCK_SLIP_MS = 2_000;
/** For an answer, or for a job, no terminal waits so long. */
const WAIT_MAX_MS = 15 * 60_000;

/** What the rules look at: a sale as the journal tells it. */
export class CaseFile {
  readonly facts: SaleFacts;
  readonly records: readonly SaleRecord[];
  readonly boots: readonly BootRecord[];
  readonly selfTest: SelfTestRecord | undefined;

  constructor({ facts, records, boots, selfTest }: SalePage) {
    this.facts = facts;
    this.records = records;
    this.boots = boots;
    this.selfTest = selfTest;
  }

  /** The records of a kind, oldest first. */
  of<Kind extends SaleRecord['kind']>(kind: Kind): Extract<SaleRecord, { kind: Kind }>[] {
    return this.records.filter((record): record is Extract<SaleRecord, { kind: Kind }> => record.kind === kind);
  }

  /** The payment as it was settled first. */
  get payment(): Extract<SaleRecord, { kind: 'payment' }> | undefined {
    return this.of('payment')[0];
  }

  /**
   * The answers that were waited for: those before the payment was settled. A silence that the terminal had written down
   * already is not told twice, though the way to the platform has a longer patience of its own, and says so at its end.
   */
  get answers(): Extract<SaleRecord, { kind: 'platform-answer' }>[] {
    const told = this.of('platform-answer').filter(({ seq }) => seq < (this.payment?.seq ?? Number.POSITIVE_INFINITY));
    return told.filter(({ call, code }, i) => {
      const before = told.slice(0, i);
      const silent = before.some((one) => one.call === call && one.outcome === 'no-answer');
      return code !== 'PJ_PLATFORM_TIMEOUT' || !silent;
    });
  }

  /** Not one question was answered while the answer to the payment was waited for: the way was down, and not one answer slow. */
  get isAllSilent(): boolean {
    const queries = this.answers.filter(({ call }) => call === 'query');
    return queries.length > 0 && queries.every(({ outcome }) => outcome === 'no-answer');
  }

  /** Whoever did not confirm, or was refused, would not have paid on the best of days: the rest only went along. */
  get decided(): boolean {
    const gaveUp = this.of('cancel-intent')[0]?.why === 'buyer-did-not-confirm';
    return gaveUp || this.answers.some(({ call, outcome }) => call === 'authorize' && outcome === 'refused');
  }

  /** The last boot in the middle of the sale that came before this record. */
  bootBefore(recordSeq: number): BootRecord | undefined {
    const openedSeq = this.records[0]?.seq ?? 0;
    return this.boots.findLast(({ seq }) => seq > openedSeq && seq < recordSeq);
  }

  /**
   * The first two records with times that go back, or lie farther apart than the terminal ever waits: between them its
   * clock was set.
   */
  get clockJump(): readonly [SaleRecord, SaleRecord] | undefined {
    // What was asked for later on is another matter, at any later time.
    const askedSeq = this.of('cancel-intent').find(({ why }) => why === 'asked')?.seq ?? Number.POSITIVE_INFINITY;
    const settledSeq = (this.of('unresolved').find(({ seq }) => seq < askedSeq) ?? this.payment)?.seq ?? 0;
    for (const [i, record] of this.records.entries()) {
      const before = this.records[i - 1];
      if (before === undefined || this.boots.some(({ seq }) => seq > before.seq && seq < record.seq)) continue;
      const tookMs = Date.parse(record.at) - Date.parse(before.at);
      const waits = record.seq <= settledSeq || before.kind === 'print-intent';
      if (tookMs < -CLOCK_SLIP_MS || (waits && tookMs > WAIT_MAX_MS)) return [before, record];
    }
    return undefined;
  }

  get device(): BootDevice | undefined {
    return this.boots.findLast(({ device }) => device !== undefined)?.device;
  }

  get policy(): BootPolicy | undefined {
    return this.boots.findLast(({ policy }) => policy !== undefined)?.policy;
  }
}

/** Looks at a sale for the causes of one place. */
export type Rule = (file: CaseFile) => readonly Found[];

/** Codes that were read and are none: numbers on the pages of earlier payments, and others. */
export function rejectedCodes(
  file: CaseFile,
): Record<'pages' | 'others', Extract<SaleRecord, { kind: 'code-rejected' }>[]> {
  const rejected = file.of('code-rejected');
  return {
    pages: rejected.filter(({ code }) => isTradeNumber(code)),
    others: rejected.filter(({ code }) => !isTradeNumber(code)),
  };
}
