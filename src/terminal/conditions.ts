import { isRefund } from './answers.js';
import type { TerminalContext } from './context.js';
import type { TerminalEvent, ToldEntry } from './effects.js';
import { mayBeVoided, surelyUnprinted } from './facts.js';
import { readPaymentCode } from './payment-code.js';
import { offersDigital, voidDueInMs } from './policy.js';
import { terminalSetup } from './ticket-actions.js';

/** Whether the event is the platform's answer about the foreground's sale, with one of the outcomes. */
function isAnswer(context: TerminalContext, event: TerminalEvent, outcomes: readonly string[]): boolean {
  return 'answer' in event && event.saleId === context.facts?.saleId && outcomes.includes(event.answer.outcome);
}

/** Whether the event ends the print job under way. A job of before, ending late, is none of the machine's business. */
function endsJob(context: TerminalContext, event: TerminalEvent): boolean {
  return event.type === 'PRINTED' && context.facts?.prints.at(-1)?.jobId === event.jobId;
}

/** A printer that fails again and again is left to a person after so many attempts. */
export const PRINTS_BY_ITSELF = 5;

/** What a person has told about the sale in the foreground. */
function told(context: TerminalContext, event: TerminalEvent): ToldEntry | undefined {
  return event.type === 'TOLD' && event.entry.saleId === context.facts?.saleId ? event.entry : undefined;
}

const UNCLEAR = ['waiting', 'not-found', 'unknown'];

/** The machine's questions, and its delays. */
export const guardedSetup = terminalSetup.extend({
  guards: {
    paid: ({ context, event }) => isAnswer(context, event, ['paid']),
    waiting: ({ context, event }) => isAnswer(context, event, ['waiting']),
    unclear: ({ context, event }) => isAnswer(context, event, UNCLEAR),
    unclearToTheEnd: ({ context, event }) =>
      isAnswer(context, event, UNCLEAR) && context.queries >= context.timings.queryLimit,
    refused: ({ context, event }) => isAnswer(context, event, ['refused']),
    closed: ({ context, event }) => isAnswer(context, event, ['closed']),
    refunded: ({ context, event }) =>
      (isAnswer(context, event, ['cancelled', 'closed']) && 'answer' in event && isRefund(event.answer)) ||
      (isAnswer(context, event, ['cancelled']) && context.facts?.tradeNo !== undefined),
    cancelled: ({ context, event }) => isAnswer(context, event, ['cancelled']),
    cancelUnclear: ({ context, event }) =>
      isAnswer(context, event, ['retry', 'unknown']) && context.cancels < context.timings.cancelLimit,
    /** Of a cancel that an earlier boot may have sent nobody knows whether it is still under way. */
    reversalRefused: ({ context, event }) =>
      isAnswer(context, event, ['refused']) &&
      context.facts?.cancelling === 'asked' &&
      context.cancels === 1 &&
      !context.found.some(({ facts }) => facts.saleId === context.facts?.saleId && facts.cancelling !== undefined),
    anyAnswer: ({ context, event }) => 'answer' in event && event.saleId === context.facts?.saleId,
    queriesLeft: ({ context }) => context.queries < context.timings.queryLimit,
    cancelsLeft: ({ context }) => context.cancels < context.timings.cancelLimit,
    codeAccepted: ({ context, event }) => {
      if (event.type !== 'SCAN') return false;
      const reading = readPaymentCode(event.code);
      return reading.ok && context.wallets.includes(reading.wallet);
    },
    nextIsAsk: ({ context }) => context.queue[0]?.finding === 'ask',
    nextIsReverse: ({ context }) => context.queue[0]?.finding === 'reverse',
    nextIsDigital: ({ context }) => context.queue[0]?.finding === 'digital',
    nextIsPrint: ({ context }) => context.queue.length > 0,
    jobPrinted: ({ context, event }) =>
      endsJob(context, event) && event.type === 'PRINTED' && event.result.outcome === 'printed',
    jobUnconfirmed: ({ context, event }) =>
      endsJob(context, event) && event.type === 'PRINTED' && event.result.outcome === 'unconfirmed',
    jobFailed: ({ context, event }) => endsJob(context, event),
    reprintsItself: ({ context, event }) => {
      const { ready } = event.type === 'PRINTER_STATUS' ? event.status : context.printer;
      const attempts = context.facts?.prints.length ?? 0;
      return ready && context.policy.reprint === 'when-ready' && attempts < PRINTS_BY_ITSELF;
    },
    asksToPrint: ({ context }) => context.policy.print === 'prompt' && context.facts?.prints.length === 0,
    toBeVoided: ({ context: { facts } }) => facts !== undefined && mayBeVoided(facts) && surelyUnprinted(facts),
    offersDigital: ({ context }) => offersDigital(context),
    toldDeclined: ({ context, event }) => told(context, event)?.kind === 'ticket-declined',
    toldLeft: ({ context, event }) => told(context, event)?.kind === 'ticket-left',
    toldComplete: ({ context, event }) => {
      const entry = told(context, event);
      return entry?.kind === 'ticket-seen' && entry.seen === 'complete';
    },
    toldBad: ({ context, event }) => {
      const entry = told(context, event);
      return entry?.kind === 'ticket-seen' && entry.seen !== 'complete';
    },
    endsDeferring: ({ context, event }) =>
      event.type === 'PRINTED' && event.jobId === context.page && context.pageDefers === true,
    endsPage: ({ context, event }) => event.type === 'PRINTED' && event.jobId === context.page,
    endsSelfTest: ({ context, event }) => event.type === 'PRINTED' && event.jobId === context.selfTest,
  },
  delays: {
    scanTimeout: ({ context }) => context.timings.scanTimeoutMs,
    authorizeTimeout: ({ context }) => context.timings.authorizeTimeoutMs,
    queryTimeout: ({ context }) => context.timings.queryTimeoutMs,
    queryInterval: ({ context }) => context.timings.queryIntervalMs,
    cancelTimeout: ({ context }) => context.timings.cancelTimeoutMs,
    cancelInterval: ({ context }) => context.timings.cancelIntervalMs,
    result: ({ context }) => context.timings.resultMs,
    prompt: ({ context }) => context.timings.promptMs,
    digital: ({ context }) => context.timings.digitalMs,
    /** Where nothing is to be voided the guard says so, whenever that may be. */
    voidDue: ({ context }) => voidDueInMs(context) ?? context.timings.resultMs,
  },
});
