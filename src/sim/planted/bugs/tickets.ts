import type { PlantedBug } from '../bug.js';

/** Tickets that say what is not so, and words that say what no ticket says. */
export const TICKET_BUGS: readonly PlantedBug[] = [
  {
    name: 'reprint-not-marked',
    says: 'a ticket that is printed again carries no mark',
    file: 'terminal/ticket-actions.js',
    edits: [{ find: 'makeTicket(facts, copy,', replace: 'makeTicket(facts, 0,' }],
    within: 1_000,
  },
  {
    name: 'only-finished-tickets-count',
    says: 'a ticket is marked only if the one before it was confirmed, not if it may have come out',
    file: 'terminal/facts.js',
    edits: [
      {
        find: "facts.prints.filter(({ result }) => result?.outcome !== 'not-printed').length",
        replace: "facts.prints.filter(({ result }) => result?.outcome === 'printed').length",
      },
    ],
    within: 1_000,
  },
  {
    name: 'print-intent-after-printing',
    says: 'that a ticket is to be printed is written when it has been, so that a boot in between prints a second original',
    file: 'terminal/ticket-actions.js',
    edits: [
      {
        find: "enqueue.emit({ type: 'journal', entry });\n            const ticket",
        replace: 'const ticket',
      },
      {
        find: "recordPrinted: record((context, event) => {\n            assertEvent(event, 'PRINTED');",
        replace: `recordPrinted: paymentSetup.enqueueActions(({ context, event, enqueue }) => {
            const facts = saleOf(context);
            const intent = facts.prints.at(-1);
            enqueue.emit({ type: 'journal', entry: { kind: 'print-intent', saleId: facts.saleId, jobId: intent.jobId, copy: intent.copy } });
            const entry = { kind: 'print-result', saleId: facts.saleId, jobId: event.jobId, result: event.result };
            enqueue.assign({ facts: applyEntry(facts, entry, context.now()) });
            enqueue.emit({ type: 'journal', entry });
        }),
        recordPrintedBefore: record((context, event) => {
            assertEvent(event, 'PRINTED');`,
      },
    ],
    within: 1_000,
  },
  {
    name: 'amount-of-an-earlier-sale',
    says: "the line with the amount is made once, with the merchant's own lines, and comes again on every ticket",
    file: 'terminal/ticket.js',
    edits: [
      {
        find: 'function factsOf(sale, merchant, form, numbers, capitals) {',
        replace: `const AMOUNTS = new WeakMap();
function factsOf(sale, merchant, form, numbers, capitals) {
    if (!AMOUNTS.has(merchant))
        AMOUNTS.set(merchant, sale.amountFen);`,
      },
      { find: 'formatYuan(sale.amountFen)', replace: 'formatYuan(AMOUNTS.get(merchant))' },
    ],
    within: 1_000,
  },
  {
    name: 'ticket-while-unknown',
    says: 'a ticket is printed as soon as the buyer has been asked for the password',
    file: 'terminal/machine.js',
    edits: [
      {
        find: "{ guard: 'waiting', target: 'awaitingBuyer', actions: 'recordAnswer' },\n                            { guard: 'unclear', target: 'querying', actions: 'recordAnswer' },",
        replace:
          "{ guard: 'waiting', target: '#terminal.paid', actions: 'recordAnswer' },\n                            { guard: 'unclear', target: 'querying', actions: 'recordAnswer' },",
      },
    ],
    within: 1_000,
  },
  {
    name: 'partial-counts-as-printed',
    says: 'a ticket of which a part came out counts as printed',
    file: 'terminal/facts.js',
    edits: [
      {
        find: "return result?.outcome ?? 'pending';",
        replace: "return result?.outcome === 'partial' ? 'printed' : (result?.outcome ?? 'pending');",
      },
    ],
    within: 5_000,
  },
  {
    name: 'unknown-told-as-not-paid',
    says: 'the verdict on a sale that is still being cancelled is that it was not paid',
    file: 'terminal/verdict/verdict.js',
    edits: [
      {
        find: 'payment: facts.payment,',
        replace: "payment: facts.payment === 'unknown' && facts.cancelling !== undefined ? 'not-paid' : facts.payment,",
      },
    ],
    within: 1_000,
  },
  {
    name: 'refunded-told-as-paid',
    says: 'the verdict on a sale that has the number of a payment is that it is paid, though the money has gone back',
    file: 'terminal/verdict/verdict.js',
    edits: [
      {
        find: 'payment: facts.payment,',
        replace: "payment: facts.tradeNo === undefined ? facts.payment : 'paid',",
      },
    ],
    within: 1_000,
  },
];
