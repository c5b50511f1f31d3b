import { assertEvent } from 'xstate';
import { record, saleOf } from './action-kit.js';
import { paymentSetup } from './actions.js';
import { applyEntry, nextCopy } from './facts.js';
import type { LeftWhy, SaleEntry } from './journal/record.js';
import { SELF_TEST_PAGE } from './self-test.js';
import { makeTicket } from './ticket.js';

/** What the machine does about tickets, on top of what it does about money. */
export const terminalSetup = paymentSetup.extend({
  actions: {
    takeReprint: paymentSetup.assign(({ context, event }) => {
      assertEvent(event, ['REPRINT', 'DIGITAL', 'REVERSE']);
      // What the machine knows of its own sale may be newer than what is durable.
      const facts = event.facts.saleId === context.facts?.saleId ? context.facts : event.facts;
      const queue = context.queue.filter((recovery) => recovery.facts.saleId !== facts.saleId);
      return { facts, queue, queries: 0, cancels: 0, trouble: undefined };
    }),
    /** The sale in the foreground gives way to another one without its ticket. */
    leaveTicket: paymentSetup.enqueueActions(({ context, event, enqueue }) => {
      const { saleId, ticket } = saleOf(context);
      const stays = 'facts' in event && event.facts.saleId === saleId;
      if (stays || ticket === 'printed') return;
      const why: LeftWhy = event.type === 'SELL' ? 'next-sale' : 'skipped';
      enqueue.emit({ type: 'journal', entry: { kind: 'ticket-left', saleId, why } });
    }),
    print: paymentSetup.enqueueActions(({ context, enqueue }) => {
      const facts = saleOf(context);
      const copy = nextCopy(facts);
      const jobId = `${facts.saleId}/${facts.prints.length + 1}`;
      const entry: SaleEntry = { kind: 'print-intent', saleId: facts.saleId, jobId, copy };
      enqueue.assign({ facts: applyEntry(facts, entry, context.now()) });
      enqueue.emit({ type: 'journal', entry });
      const ticket = makeTicket(facts, copy, context.merchant, context.policy.ticket);
      const last = facts.prints.at(-1)?.result;
      const clearFirst = context.unfinishedPaper || (copy > 0 && last?.outcome !== 'printed');
      enqueue.assign({ unfinishedPaper: false }); // From here on the driver knows.
      enqueue.emit({ type: 'print', job: { jobId, ticket, clearFirst } });
    }),
    recordPrinted: record((context, event) => {
      assertEvent(event, 'PRINTED');
      const { jobId, result, printer } = event;
      const said = printer === undefined ? {} : { printer };
      return { kind: 'print-result', saleId: saleOf(context).saleId, jobId, result, ...said };
    }),
    /** Of a sale that waits for its turn too: one that needs no ticket any more loses its turn. */
    recordTold: paymentSetup.enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'TOLD');
      const { entry } = event;
      const { facts, queue, now } = context;
      if (facts?.saleId === entry.saleId) enqueue.assign({ facts: applyEntry(facts, entry, now()) });
      if (entry.kind !== 'ticket-seen') {
        enqueue.assign({ queue: queue.filter((recovery) => recovery.facts.saleId !== entry.saleId) });
      }
      enqueue.emit({ type: 'journal', entry });
    }),
    /** The money is to go back: from here on the payment is unknown, until the platform has answered. */
    recordAsked: record((context) => ({ kind: 'cancel-intent', saleId: saleOf(context).saleId, why: 'asked' })),
    recordDigital: record((context) => {
      const facts = saleOf(context);
      if (context.digitalUrl === undefined) throw new Error('the guard lets only terminals with digital tickets pass');
      return { kind: 'ticket-digital', saleId: facts.saleId, url: context.digitalUrl(facts) };
    }),
    /** By policy: the ticket surely did not come out, and was not reprinted in time. */
    recordVoid: paymentSetup.enqueueActions(({ context, enqueue }) => {
      const facts = saleOf(context);
      const entry: SaleEntry = { kind: 'cancel-intent', saleId: facts.saleId, why: 'unprinted' };
      enqueue.assign({ facts: applyEntry(facts, entry, context.now()), cancels: 0 });
      enqueue.emit({ type: 'journal', entry });
    }),
    beginSelfTest: paymentSetup.enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'SELF_TEST');
      const { jobId } = event;
      enqueue.assign({ selfTest: jobId, unfinishedPaper: false });
      enqueue.emit({ type: 'journal', entry: { kind: 'self-test', jobId, phase: 'begun' } });
      const job = { jobId, ticket: SELF_TEST_PAGE, clearFirst: context.unfinishedPaper };
      enqueue.emit({ type: 'print', job });
    }),
    beginPage: paymentSetup.enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'PAGE');
      const { jobId, document } = event;
      enqueue.assign({ page: jobId, pageDefers: false, unfinishedPaper: false });
      enqueue.emit({ type: 'journal', entry: { kind: 'page', jobId, phase: 'begun' } });
      enqueue.emit({ type: 'print', job: { jobId, ticket: document, clearFirst: context.unfinishedPaper } });
    }),
    deferTicket: paymentSetup.assign({ pageDefers: true }),
    recordPage: paymentSetup.emit(({ event }) => {
      assertEvent(event, 'PRINTED');
      const { jobId, result, printer } = event;
      const said = printer === undefined ? {} : { printer };
      return { type: 'journal', entry: { kind: 'page', jobId, phase: 'ended', result, ...said } };
    }),
    recordSelfTest: paymentSetup.emit(({ event }) => {
      assertEvent(event, 'PRINTED');
      const { jobId, result, printer, counters } = event;
      if (counters === undefined) throw new Error('the hands tell the counters with a test page');
      const said = printer === undefined ? {} : { printer };
      return { type: 'journal', entry: { kind: 'self-test', jobId, phase: 'ended', result, counters, ...said } };
    }),
  },
});
