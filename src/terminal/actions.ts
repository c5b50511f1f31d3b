import { assertEvent } from 'xstate';
import type { JobResult } from '../ports/printer.js';
import { base, emitWith, record, saleOf } from './action-kit.js';
import { isRefund } from './answers.js';
import { PRINTER_NOT_SEEN, type TerminalContext, type TerminalInput } from './context.js';
import type { AnswerEvent, TerminalEvent } from './effects.js';
import { applyEntry, type SaleFacts } from './facts.js';
import type { Finding, GiveUp, SaleEntry } from './journal/record.js';
import { maskCode, readPaymentCode } from './payment-code.js';
import { settledPolicy, voidAfterMsOf } from './policy.js';
import { isToPrint } from './recovery.js';
import { type ScreenName, screen } from './screens.js';
import { statePath } from './state-path.js';
import { subjectOf } from './verdict/causes/answer-codes.js';

/** So many ignored codes, rejected codes, and refused keys, of one sale are written down; what runs wild fills no journal. */
const IGNORED_MAX = 20;

/** What the machine does about money: changes of its context, and effects. Nothing here touches the world. */
export const paymentSetup = base.extend({
  actions: {
    /** Writes what this boot found, and settles what needs nobody's answer. */
    boot: base.enqueueActions(({ context, enqueue }) => {
      const { found, pagesCutShort, torn, mended, version, merchant, device, policy, configuration } = context;
      enqueue.emit({
        type: 'journal',
        entry: {
          kind: 'boot',
          version,
          terminalId: merchant.terminalId,
          found: found.map(({ finding, facts }) => ({ saleId: facts.saleId, finding })),
          ...(torn === undefined ? {} : { torn }),
          ...(mended.length === 0 ? {} : { mended }),
          ...(device === undefined ? {} : { device }),
          policy: settledPolicy(policy),
          configuration,
        },
      });
      for (const jobId of pagesCutShort) {
        enqueue.emit({ type: 'journal', entry: { kind: 'page', jobId, phase: 'ended', result: CUT_SHORT } });
      }
      const queue = found.flatMap((recovery) => {
        const entry = settledByBoot(recovery.facts, recovery.finding);
        if (entry !== undefined) enqueue.emit({ type: 'journal', entry });
        if (!goesOn(recovery.finding)) return [];
        return [
          entry === undefined ? recovery : { ...recovery, facts: applyEntry(recovery.facts, entry, context.now()) },
        ];
      });
      enqueue.assign({ queue });
    }),
    takeNext: base.assign(({ context }) => ({
      facts: context.queue[0]?.facts,
      queue: context.queue.slice(1),
      queries: 0,
      cancels: 0,
      trouble: undefined,
    })),
    open: base.enqueueActions(({ event, enqueue }) => {
      assertEvent(event, 'SELL');
      const { saleId, amountFen, subject, till } = event.facts;
      const asked = till === undefined ? {} : { till };
      enqueue.assign({ facts: event.facts, queries: 0, cancels: 0, rejected: 0, trouble: undefined, text: undefined });
      enqueue.emit({ type: 'journal', entry: { kind: 'sale-opened', saleId, amountFen, subject, ...asked } });
    }),
    rejectCode: base.enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'SCAN');
      const reading = readPaymentCode(event.code);
      const problem = reading.ok ? `codes of ${reading.wallet} are not accepted here` : reading.problem;
      const { saleId } = saleOf(context);
      const { rejected = 0 } = context;
      enqueue.assign({ trouble: reading.ok ? 'other-wallet' : 'code', rejected: rejected + 1 });
      if (rejected >= IGNORED_MAX) return;
      enqueue.emit({ type: 'journal', entry: { kind: 'code-rejected', saleId, code: reading.code, problem } });
    }),
    recordIntent: record((context, event) => {
      assertEvent(event, 'SCAN');
      const reading = readPaymentCode(event.code);
      if (!reading.ok) throw new Error('the guard lets only valid codes pass');
      const { saleId, amountFen } = saleOf(context);
      return { kind: 'authorize-intent', saleId, amountFen, code: reading.code, wallet: reading.wallet };
    }),
    authorize: base.emit(({ context }) => {
      const { saleId, amountFen, code, subject } = saleOf(context);
      const { terminalId } = context.merchant;
      return { type: 'authorize', request: { orderNo: saleId, amountFen, code: code ?? '', subject, terminalId } };
    }),
    query: base.enqueueActions(({ context, enqueue }) => {
      enqueue.assign({ queries: context.queries + 1, trouble: 'silence' }); // Until there is an answer.
      enqueue.emit({ type: 'query', saleId: saleOf(context).saleId });
    }),
    cancel: base.enqueueActions(({ context, enqueue }) => {
      enqueue.assign({ cancels: context.cancels + 1 });
      enqueue.emit({ type: 'cancel', saleId: saleOf(context).saleId });
    }),
    recordAnswer: base.enqueueActions(({ event, enqueue }) => {
      assertEvent(event, ['AUTHORIZED', 'QUERIED', 'CANCELLED']);
      const { answer } = event;
      enqueue.assign({ trouble: 'code' in answer ? subjectOf(answer.code, answer.words) : undefined });
      enqueue.emit({ type: 'journal', entry: answerEntry(event) });
    }),
    /** An answer that nobody waits for any more: it changes nothing, and tells why the ticket came late. */
    recordLateAnswer: base.emit(({ event }) => {
      assertEvent(event, ['AUTHORIZED', 'QUERIED', 'CANCELLED']);
      return { type: 'journal', entry: answerEntry(event) };
    }),
    recordNoAnswer: emitWith<{ call: 'authorize' | 'query' | 'cancel' }>((context, { call }) => ({
      type: 'journal',
      entry: {
        kind: 'platform-answer',
        saleId: saleOf(context).saleId,
        call,
        outcome: 'no-answer',
        afterMs: context.timings[PATIENCE[call]],
      },
    })),
    /** Of whatever sale it speaks: it is evidence, and changes nothing by itself. */
    recordNotice: base.emit(({ event }) => {
      assertEvent(event, 'NOTIFIED');
      const { saleId, answer } = event;
      const said = answer.outcome === 'paid' ? { tradeNo: answer.tradeNo } : { code: answer.code, words: answer.words };
      const { id: noticeId, outcome } = answer;
      return { type: 'journal', entry: { kind: 'notified', saleId, noticeId, outcome, ...said } };
    }),
    recordPaid: record((context, event) => {
      assertEvent(event, ['AUTHORIZED', 'QUERIED', 'NOTIFIED']);
      if (event.answer.outcome !== 'paid') throw new Error('the guard lets only paid answers pass');
      const { tradeNo, buyer, paidAtMs } = event.answer;
      const { afterMs } = event.type === 'NOTIFIED' ? {} : event;
      const voidAfterMs = voidAfterMsOf(context.policy);
      const { saleId } = saleOf(context);
      const by = PAID_BY[event.type];
      return { kind: 'payment', saleId, fact: 'paid', by, tradeNo, buyer, paidAtMs, afterMs, voidAfterMs };
    }),
    /** The platform said no, or that the order is closed, or took the cancel. */
    recordNotPaid: record((context, event) => {
      assertEvent(event, ['AUTHORIZED', 'QUERIED', 'CANCELLED']);
      const { saleId, tradeNo } = saleOf(context);
      const why = 'code' in event.answer ? event.answer.code : context.facts?.cancelling;
      const refunded = isRefund(event.answer) || tradeNo !== undefined; // What had been paid goes back by any cancel.
      return {
        kind: 'payment',
        saleId,
        fact: refunded ? 'reversed' : 'not-paid',
        by: CALLS[event.type],
        ...(why === undefined ? {} : { why }),
      };
    }),
    noteRefusal: base.assign(({ event }) => {
      assertEvent(event, 'CANCELLED');
      if (event.answer.outcome !== 'refused') throw new Error('the guard lets only refusals pass');
      const { code, words } = event.answer;
      return { refusal: { code, words } };
    }),
    /** The platform will not take the payment back, and says that it stands: its ticket may yet have to be printed. */
    recordNotReversed: base.enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'QUERIED');
      if (event.answer.outcome !== 'paid') throw new Error('the guard lets only paid answers pass');
      const { tradeNo, buyer, paidAtMs } = event.answer;
      const { queue, refusal, now } = context;
      const { saleId } = saleOf(context);
      const paid = { kind: 'payment', saleId, fact: 'paid', by: 'query', tradeNo, buyer, paidAtMs } as const;
      const entry: SaleEntry = { ...paid, afterMs: event.afterMs, refusal };
      const facts = applyEntry(context.facts, entry, now());
      enqueue.assign({ facts, queue: isToPrint(facts) ? [...queue, { finding: 'print', facts }] : queue });
      enqueue.emit({ type: 'journal', entry });
    }),
    /** Nothing was sent to the platform, so no money can have moved. */
    recordNothingSent: record((context, event) => ({
      kind: 'payment',
      saleId: saleOf(context).saleId,
      fact: 'not-paid',
      by: 'nothing-sent',
      why: event.type === 'CANCEL' ? 'cashier' : 'no-code',
    })),
    recordGiveUp: record((context, event) => ({
      kind: 'cancel-intent',
      saleId: saleOf(context).saleId,
      why: whyGivenUp(event),
    })),
    recordUnresolved: record((context) => ({ kind: 'unresolved', saleId: saleOf(context).saleId })),
    /** The guard task has found a sale paid: its ticket is to be printed when there is time. */
    queueTicket: base.assign(({ context, event }) => {
      assertEvent(event, 'FOUND_PAID');
      return { queue: [...context.queue, { finding: 'print' as const, facts: event.facts }] };
    }),
    /** What has become of the sale that the machine was at last, and had left to the guard task. */
    takeSettled: base.assign(({ context, event }) => {
      assertEvent(event, 'SETTLED');
      return event.facts.saleId === context.facts?.saleId ? { facts: event.facts } : {};
    }),
    ignoreCode: base.enqueueActions(({ context, event, enqueue, self }) => {
      assertEvent(event, 'SCAN');
      const { facts } = context;
      if (facts === undefined || facts.scansIgnored >= IGNORED_MAX) return;
      const code = maskCode(readPaymentCode(event.code).code);
      const state = statePath(self.getSnapshot().value);
      const entry: SaleEntry = { kind: 'scan-ignored', saleId: facts.saleId, code, state };
      enqueue.assign({ facts: applyEntry(facts, entry, context.now()) });
      enqueue.emit({ type: 'journal', entry });
    }),
    /** Whoever asks later why a sale was asked for twice finds it here. */
    recordRefusedKey: base.enqueueActions(({ context, event, enqueue, self }) => {
      assertEvent(event, 'BUSY');
      const { key } = event;
      const { facts } = context;
      if (key === undefined || facts === undefined || facts.keysRefused >= IGNORED_MAX) return;
      const entry: SaleEntry = {
        kind: 'key-refused',
        saleId: facts.saleId,
        key,
        state: statePath(self.getSnapshot().value),
      };
      enqueue.assign({ facts: applyEntry(facts, entry, context.now()) });
      enqueue.emit({ type: 'journal', entry });
    }),
    noteText: base.assign(({ event }) => {
      assertEvent(event, 'TEXT');
      return { text: event.text };
    }),
    notePrinter: base.assign(({ event }) => {
      assertEvent(event, 'PRINTER_STATUS');
      return { printer: event.status };
    }),
    show: emitWith<{ name: ScreenName }>((context, { name }) => ({ type: 'show', screen: screen(name, context) })),
  },
});

function whyGivenUp(event: TerminalEvent): GiveUp {
  if (event.type === 'CANCEL') return 'cashier';
  return event.type === 'QUERIED' && event.answer.outcome === 'waiting' ? 'buyer-did-not-confirm' : 'no-answer';
}

const PAID_BY = { AUTHORIZED: 'authorize', QUERIED: 'query', NOTIFIED: 'notify' } as const;
function answerEntry({ type, saleId, answer, afterMs }: AnswerEvent): SaleEntry {
  const said = 'code' in answer ? { code: answer.code, words: answer.words } : {};
  const when = afterMs === undefined ? {} : { afterMs };
  return { kind: 'platform-answer', saleId, call: CALLS[type], outcome: answer.outcome, ...said, ...when };
}

const PATIENCE = { authorize: 'authorizeTimeoutMs', query: 'queryTimeoutMs', cancel: 'cancelTimeoutMs' } as const;

const CALLS = { AUTHORIZED: 'authorize', QUERIED: 'query', CANCELLED: 'cancel' } as const;

/** Whether a boot has more to do about it in the foreground than to write what is so. */
function goesOn(finding: Finding): boolean {
  return finding !== 'never-sent' && finding !== 'guard' && finding !== 'left';
}

/** What becomes of a job that was under way when the power went. */
const CUT_SHORT: JobResult = { outcome: 'unknown', block: 0, blocks: 0, reason: 'power-cut' };

/** What a boot can write about an open sale without asking anybody. */
function settledByBoot(facts: SaleFacts, finding: Finding): SaleEntry | undefined {
  const { saleId } = facts;
  if (finding === 'never-sent') {
    return { kind: 'payment', saleId, fact: 'not-paid', by: 'nothing-sent', why: 'power-cut' };
  }
  const job = facts.prints.at(-1);
  if ((finding !== 'reprint' && finding !== 'left') || job === undefined) return undefined;
  return { kind: 'print-result', saleId, jobId: job.jobId, result: CUT_SHORT };
}

/** The context that a machine begins with. */
export function initialContext(input: TerminalInput): TerminalContext {
  const none = { facts: undefined, queue: [], selfTest: undefined, trouble: undefined };
  const nothing = { ...none, queries: 0, cancels: 0, rejected: 0 };
  return { ...input, ...nothing, printer: PRINTER_NOT_SEEN };
}
