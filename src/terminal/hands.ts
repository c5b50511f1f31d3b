import { PaperjamError } from '../base/errors.js';
import type { Acquirer, Wallet } from '../ports/acquirer.js';
import type { Clock } from '../ports/clock.js';
import type { JobResult, Printer, PrintJob } from '../ports/printer.js';
import { believed, believedCancel } from './believed.js';
import { CodeLives } from './code-lives.js';
import type { AnswerEvent, Effect, TerminalEvent } from './effects.js';
import type { SaleFacts } from './facts.js';
import type { PrinterWatch } from './printer-watch.js';
import { SELF_TEST_JOB } from './self-test.js';

/** What the hands work with, and whom they tell. */
export interface HandsParts {
  readonly clock: Clock;
  readonly acquirers: Partial<Record<Wallet, Acquirer>>;
  readonly printer: Printer;
  /** See `Timings`. */
  readonly codeLifeMs: number;
  readonly printerWatch: PrinterWatch;
  /** The durable facts of a sale that something is done for. */
  factsOf(saleId: string): SaleFacts | undefined;
  /** The platform's answers; authorisations concern the foreground only. */
  answered(event: AnswerEvent): void;
  printed(event: Extract<TerminalEvent, { type: 'PRINTED' }>): void;
}

export type Deed = Exclude<Effect, { type: 'journal' | 'show' }>;

/** Carries effects out through the ports, and turns what comes back into events. */
export class Hands {
  readonly #parts: HandsParts;
  readonly #codes: CodeLives;

  constructor(parts: HandsParts) {
    this.#parts = parts;
    this.#codes = new CodeLives(parts.clock, parts.codeLifeMs);
  }

  /** Power off. */
  stop(): void {
    this.#codes.stop();
  }

  do(deed: Deed): void {
    const { clock } = this.#parts;
    const answered = (event: AnswerEvent) => {
      if (isSettled(event)) this.#codes.settled(event.saleId);
      this.#parts.answered(event);
    };
    const askedAtMs = clock.now();
    const waited = () => ({ afterMs: clock.now() - askedAtMs });
    switch (deed.type) {
      case 'print':
        this.#print(deed.job);
        return;
      case 'authorize': {
        const saleId = deed.request.orderNo;
        const { acquirer, amountFen } = this.#sale(saleId);
        this.#codes.begin(saleId, this.#parts.factsOf(saleId)?.sentAtMs);
        acquirer.authorize(deed.request, (answer) =>
          answered({ type: 'AUTHORIZED', saleId, answer: believed(answer, amountFen), ...waited() }),
        );
        return;
      }
      case 'query': {
        const { saleId } = deed;
        const { acquirer, amountFen } = this.#sale(saleId);
        acquirer.query(saleId, (answer) =>
          answered({ type: 'QUERIED', saleId, answer: believed(answer, amountFen), ...waited() }),
        );
        return;
      }
      case 'cancel': {
        const { saleId } = deed;
        const leftMs = this.#codes.leftMs(saleId, this.#parts.factsOf(saleId)?.sentAtMs);
        this.#sale(saleId).acquirer.cancel(saleId, (answer) =>
          answered({ type: 'CANCELLED', saleId, answer: believedCancel(answer, leftMs), ...waited() }),
        );
        return;
      }
    }
  }

  /** The acquirer of the wallet whose code was scanned: it is in the journal before anything is sent. */
  #sale(saleId: string): { acquirer: Acquirer; amountFen: number | undefined } {
    const facts = this.#parts.factsOf(saleId);
    const acquirer = facts?.wallet === undefined ? undefined : this.#parts.acquirers[facts.wallet];
    return { acquirer: acquirer ?? noAcquirer, amountFen: facts?.amountFen };
  }

  #print(job: PrintJob): void {
    const { clock, printer, printerWatch, printed } = this.#parts;
    const { jobId } = job;
    const ended = (result: JobResult) => {
      const evidence = printerWatch.evidence(result.outcome === 'printed');
      printed({
        type: 'PRINTED',
        jobId,
        result,
        ...(evidence === undefined ? {} : { printer: evidence }),
        ...(jobId.startsWith(SELF_TEST_JOB) ? { counters: printer.counters() } : {}),
      });
    };
    printerWatch.begin();
    try {
      printer.print(job, ended);
    } catch (error) {
      if (!(error instanceof PaperjamError) || error.code !== 'PJ_TICKET') throw error;
      clock.setTimeout(() => ended({ outcome: 'not-printed', blocks: 0, reason: 'unprintable' }), 0);
    }
  }
}

/** Whether the platform has said what became of the sale; a cancel that it refuses leaves that open. */
function isSettled({ type, answer: { outcome } }: AnswerEvent): boolean {
  return outcome === 'refused' ? type === 'AUTHORIZED' : ['paid', 'closed', 'cancelled'].includes(outcome);
}

/** Stands in when a journal speaks of a wallet that the configuration no longer has: it never answers, so nothing is claimed. */
const noAcquirer: Acquirer = { authorize: () => {}, query: () => {}, cancel: () => {} };
