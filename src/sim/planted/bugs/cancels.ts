import type { PlantedBug } from '../bug.js';

/** Cancels that are taken for done, or are not done to the end. */
export const CANCEL_BUGS: readonly PlantedBug[] = [
  {
    name: 'last-cancel-counts-as-done',
    says: 'the last of the cancels is taken for done when it brings no answer, or one that says nothing',
    file: 'terminal/machine.js',
    edits: [
      {
        find: "{ target: '#terminal.unresolved', actions: noAnswer('cancel') },",
        replace: "{ target: '#terminal.expired', actions: [noAnswer('cancel'), 'recordNothingSent'] },",
      },
      {
        find: "{ guard: 'anyAnswer', target: 'unresolved', actions: 'recordAnswer' },",
        replace: "{ guard: 'anyAnswer', target: 'expired', actions: ['recordAnswer', 'recordNothingSent'] },",
      },
    ],
    within: 2_000,
  },
  {
    name: 'cancel-error-is-done',
    says: 'a cancel whose connection breaks is taken for done',
    file: 'acquirer/alipay/acquirer.js',
    edits: [
      {
        find: 'done(read(result, (response, repeated) => cancelAnswer(response, orderNo, repeated)))',
        replace:
          "done('failure' in result ? { outcome: 'cancelled', action: 'close' } : cancelAnswer(result.response, orderNo))",
      },
    ],
    within: 1_000,
  },
  {
    name: 'cancel-refused-is-closed',
    says: 'an order that the platform refuses to cancel is taken for closed long ago',
    file: 'acquirer/alipay/answers.js',
    edits: [
      {
        find: "return { outcome: final && !repeated ? 'refused' : 'unknown', ...words };",
        replace: "return final ? { outcome: 'cancelled', action: 'close' } : { outcome: 'unknown', ...words };",
      },
    ],
    within: 1_000,
  },
  {
    name: 'cancel-not-repeated',
    says: 'a sale whose cancels stay unanswered is left open, and no guard task takes it up',
    file: 'terminal/terminal.js',
    edits: [
      {
        find: 'this.#guard.adopt(facts);',
        replace: '',
      },
    ],
    within: 1_000,
  },
  {
    name: 'guard-stops-after-one-round',
    says: 'the guard task cancels once and sleeps for good',
    file: 'terminal/guard-task.js',
    edits: [{ find: "after: { every: 'round' },", replace: '' }],
    within: 1_000,
  },
  {
    name: 'guard-takes-refusal-for-done',
    says: 'the guard task settles a sale as not paid when the platform refuses its cancel, without asking why',
    file: 'terminal/guard-task.js',
    edits: [
      {
        find: "{ guard: 'refused', target: 'asking', actions: noteRefusal },",
        replace: "{ guard: 'refused', target: 'next', actions: settle },",
      },
    ],
    within: 1_000,
  },
  {
    name: 'code-life-ignored',
    says: 'a cancel that finds nothing is final, though the request to pay may still be on its way and its code be alive',
    file: 'terminal/hands.js',
    edits: [{ find: 'believedCancel(answer, leftMs)', replace: 'believedCancel(answer, 0)' }],
    within: 5_000,
  },
  {
    name: 'late-payment-overtakes-cancel',
    says: 'an answer that the sale is paid counts while it is being cancelled, and the cancel goes on',
    file: 'terminal/machine.js',
    edits: [
      {
        find: "AUTHORIZED: { guard: 'anyAnswer', actions: 'recordAnswer' },\n                QUERIED: { guard: 'anyAnswer', actions: 'recordAnswer' },",
        replace:
          "AUTHORIZED: [{ guard: 'paid', target: 'paid', actions: 'recordPaid' }, { guard: 'anyAnswer', actions: 'recordAnswer' }],\n                QUERIED: [{ guard: 'paid', target: 'paid', actions: 'recordPaid' }, { guard: 'anyAnswer', actions: 'recordAnswer' }],",
      },
    ],
    within: 2_000,
  },
  {
    name: 'cashier-cancel-is-final',
    says: "the cashier's cancel ends the sale as not paid, and the platform is never told",
    file: 'terminal/machine.js',
    edits: [
      {
        find: "CANCEL: { target: 'reversing', actions: 'recordGiveUp' },",
        replace: "CANCEL: { target: 'givenUp', actions: 'recordNothingSent' },",
      },
    ],
    within: 1_000,
  },
  {
    name: 'void-although-printed',
    says: 'a ticket of which the printer cannot say whether it came out counts as not printed, and the money goes back',
    file: 'terminal/facts.js',
    edits: [
      {
        find: "(result?.outcome === 'not-printed' || result?.outcome === 'partial')",
        replace:
          "(result?.outcome === 'not-printed' || result?.outcome === 'partial' || result?.outcome === 'unknown')",
      },
    ],
    within: 10_000,
  },
];
