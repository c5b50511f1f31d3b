import type { PlantedBug } from '../bug.js';

/** Answers of the platform that are taken for more than they say. */
export const ANSWER_BUGS: readonly PlantedBug[] = [
  {
    name: 'time-out-is-refusal',
    says: 'a payment that is not answered in time is taken for refused',
    file: 'terminal/machine.js',
    edits: [
      {
        find: "{ authorizeTimeout: { target: 'querying', actions: noAnswer('authorize') } }",
        replace:
          "{ authorizeTimeout: { target: '#terminal.declined', actions: [noAnswer('authorize'), 'recordNothingSent'] } }",
      },
    ],
    within: 1_000,
  },
  {
    name: 'network-error-is-refusal',
    says: 'a payment whose connection breaks is taken for refused',
    file: 'acquirer/alipay/acquirer.js',
    edits: [
      {
        find: 'done(read(result, (response, repeated) => authorizeAnswer(response, request, repeated)))',
        replace:
          "done('failure' in result ? { outcome: 'refused', ...result.failure } : authorizeAnswer(result.response, request))",
      },
    ],
    within: 1_000,
  },
  {
    name: 'system-error-is-refusal',
    says: "every answer of the family 40004 is taken for a refusal, the platform's own trouble among them",
    file: 'acquirer/alipay/answers.js',
    edits: [{ find: 'return FINAL_PAY_REFUSALS.has(subCode);', replace: 'return true;' }],
    within: 5_000,
  },
  {
    name: 'in-process-is-paid',
    says: "the answer 10003, the buyer is asked for the password, is taken for a payment since it has a trade's number",
    file: 'acquirer/alipay/answers.js',
    edits: [
      {
        find: "return { outcome: 'waiting', ...wordsOf(response) };",
        replace: "return { outcome: 'paid', ...paidFacts(response, request.orderNo, 'gmt_payment') };",
      },
    ],
    within: 1_000,
  },
  {
    name: 'stale-query-believed',
    says: "a query that knows of no such order closes the sale, though the platform's copy of its books may be behind",
    file: 'terminal/conditions.js',
    edits: [
      {
        find: "closed: ({ context, event }) => isAnswer(context, event, ['closed']),",
        replace: "closed: ({ context, event }) => isAnswer(context, event, ['closed', 'not-found']),",
      },
      {
        find: "const UNCLEAR = ['waiting', 'not-found', 'unknown'];",
        replace: "const UNCLEAR = ['waiting', 'unknown'];",
      },
    ],
    within: 2_000,
  },
  {
    name: 'never-confirmed-is-unpaid',
    says: 'a buyer who has not confirmed by the last query is taken for one who never will, and the order stays open',
    file: 'terminal/machine.js',
    edits: [
      {
        find: "{ guard: 'unclearToTheEnd', target: '#terminal.reversing', actions: ['recordAnswer', 'recordGiveUp'] }",
        replace:
          "{ guard: 'unclearToTheEnd', target: '#terminal.expired', actions: ['recordAnswer', 'recordNotPaid'] }",
      },
    ],
    within: 1_000,
  },
  {
    name: 'order-number-anew-on-retry',
    says: 'a payment that gets no answer is asked for again under a fresh order number',
    file: 'acquirer/alipay/acquirer.js',
    edits: [
      {
        find: `authorize(request, done) {
            transport.exchange('alipay.trade.pay', payContent(request, closesAfterMinutes), (result) => done(read(result, (response, repeated) => authorizeAnswer(response, request, repeated))));`,
        replace: `authorize(request, done) {
            transport.exchange('alipay.trade.pay', payContent(request, closesAfterMinutes), (result) => {
                if ('failure' in result && !request.orderNo.endsWith('R'))
                    this.authorize({ ...request, orderNo: request.orderNo + 'R' }, done);
                else
                    done(read(result, (response, repeated) => authorizeAnswer(response, request, repeated)));
            });`,
      },
    ],
    within: 1_000,
  },
  {
    name: 'answers-of-another-sale',
    says: 'an answer is taken for one about the sale in the foreground without a look at its order number',
    file: 'terminal/conditions.js',
    edits: [
      {
        find: "return 'answer' in event && event.saleId === context.facts?.saleId && outcomes.includes(event.answer.outcome);",
        replace: "return 'answer' in event && outcomes.includes(event.answer.outcome);",
      },
    ],
    within: 5_000,
  },
  {
    name: 'notice-books-again',
    says: 'a notice that a sale was paid books it as paid whenever it comes, behind its cancel too',
    file: 'terminal/machine.js',
    edits: [
      {
        find: "NOTIFIED: { actions: 'recordNotice' },\n        TOLD",
        replace:
          "NOTIFIED: [{ guard: 'paid', actions: ['recordNotice', 'recordPaid'] }, { actions: 'recordNotice' }],\n        TOLD",
      },
    ],
    within: 1_000,
  },
  {
    name: 'notice-pays-the-next-sale',
    says: 'a notice is taken for one about the sale in the foreground, whichever order it names',
    file: 'terminal/terminal.js',
    edits: [
      {
        find: "this.#send({ type: 'NOTIFIED', saleId: facts.saleId,",
        replace: "this.#send({ type: 'NOTIFIED', saleId: this.foreground ?? facts.saleId,",
      },
    ],
    within: 2_000,
  },
];
