import type { PlantedBug } from '../bug.js';

/** What tills are told, in each protocol. */
export const TILL_BUGS: readonly PlantedBug[] = [
  {
    name: 'till-key-forgotten',
    says: 'a till that repeats its request, since no answer came, is taken for one that wants another sale',
    file: 'terminal/book.js',
    edits: [{ find: 'return this.#ofTills.get(tillKey(till));', replace: 'return undefined;' }],
    profile: 'tills',
    within: 2_000,
  },
  {
    name: 'till-told-before-durable',
    says: 'a till is told of a sale that does not stand in the journal yet',
    file: 'till/counter.js',
    edits: [
      {
        find: 'const isDurable = this.facts(saleId) !== undefined;',
        replace: 'const isDurable = true;',
      },
    ],
    profile: 'tills',
    within: 2_000,
  },
  {
    name: 'lost-answer-is-delivered',
    says: 'an answer counts as delivered though the till had gone before it came',
    file: 'till/counter.js',
    edits: [
      {
        find: "this.#deliveries.note(face, saleId, 'lost');",
        replace: "this.#deliveries.note(face, saleId, 'delivered');",
      },
    ],
    profile: 'tills',
    within: 2_000,
  },
  {
    name: 'nexo-unfinished-is-refusal',
    says: 'a nexo till that asks about a payment under way is told that it was refused',
    file: 'till/nexo/payment-response.js',
    edits: [
      {
        find: "Response: failure('InProgress', { message: 'Uncompleted transaction' }),",
        replace: "Response: failure('Refusal', { message: 'Uncompleted transaction' }),",
      },
    ],
    profile: 'tills',
    within: 2_000,
  },
  {
    name: 'nexo-paid-before-final',
    says: 'a nexo till is told of a payment that policy may still give back',
    file: 'till/nexo/outcome.js',
    edits: [{ find: 'if (asked === -1 && !isFinal(facts))', replace: 'if (false)' }],
    within: 5_000,
  },
  {
    name: 'square-cancelling-is-canceled',
    says: 'a Square checkout is CANCELED while the platform has not answered the cancel yet',
    file: 'till/square/payment-state.js',
    edits: [
      {
        find: "return { status: bySeller || canceling ? 'CANCEL_REQUESTED' : 'IN_PROGRESS' };",
        replace:
          "return bySeller || canceling ? { status: 'CANCELED', cancelReason: 'SELLER_CANCELED' } : { status: 'IN_PROGRESS' };",
      },
    ],
    profile: 'tills',
    within: 2_000,
  },
  {
    name: 'stripe-unfinished-has-failed',
    says: 'a PaymentIntent whose payment is under way, or in doubt, says that the payment has failed',
    file: 'till/stripe/intents.js',
    edits: [
      {
        find: "return away ? { ...this.#away(intent, attempt), sale } : { status: 'processing', sale };",
        replace: 'return { status: this.#waiting(intent), sale, ...why(sale) };',
      },
    ],
    profile: 'tills',
    within: 2_000,
  },
];
