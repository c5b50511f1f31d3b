import type { SalePage, SaleRecord } from '../../book.js';
import type { SaleFacts } from '../../facts.js';
import type { BootDevice, BootPolicy, BootRecord, SelfTestRecord } from '../../journal/record.js';
import type { Words } from '../../screens.js';
import type { CauseId } from './catalogue.js';

/** `certain`: somebody said so. `likely`: nothing else that is usual looks like this. `possible`: others look the same. */
export type Confidence = 'certain' | 'likely' | 'possible';

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
    return gaveUp || this.answers.some(({ outcome }) => outcome === 'refused');
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
