import type { PlantedBug } from '../bug.js';

/** Money that is to go back on request. */
export const REVERSAL_BUGS: readonly PlantedBug[] = [
  {
    name: 'refused-reversal-is-done',
    says: 'a reversal that the platform refuses for good is taken for done',
    file: 'terminal/machine.js',
    edits: [
      {
        find: "{ guard: 'reversalRefused', target: '.asking', actions: ['recordAnswer', 'noteRefusal'] },",
        replace: "{ guard: 'reversalRefused', target: 'reversed', actions: ['recordAnswer', 'recordNotPaid'] },",
      },
    ],
    within: 5_000,
  },
  {
    name: 'reversing-is-still-paid',
    says: 'a sale whose money is to go back counts as paid until the platform has answered',
    file: 'terminal/facts.js',
    edits: [
      {
        find: "payment: 'unknown',\n                reversal: entry.why === 'asked' ? 'asked' : facts.reversal,",
        replace: "payment: facts.payment,\n                reversal: entry.why === 'asked' ? 'asked' : facts.reversal,",
      },
    ],
    within: 2_000,
  },
  {
    name: 'reversal-forgotten-at-boot',
    says: 'a boot that finds an open reversal only asks what has become of the payment, and never cancels it',
    file: 'terminal/recovery.js',
    edits: [{ find: "return facts.cancelling === undefined ? 'ask' : 'reverse';", replace: "return 'ask';" }],
    within: 10_000,
  },
];
