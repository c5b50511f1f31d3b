import type { PlantedBug } from '../bug.js';

/** A memory that keeps less than it says. */
export const JOURNAL_BUGS: readonly PlantedBug[] = [
  {
    name: 'journal-after-act',
    says: 'what is to be done does not wait until its record is durable',
    file: 'terminal/outbox.js',
    edits: [{ find: 'while (!this.#syncing && !this.#closed)', replace: 'while (!this.#closed)' }],
    within: 1_000,
  },
  {
    name: 'sync-not-awaited',
    says: 'a record counts as durable as soon as its sync has begun',
    file: 'terminal/journal/journal.js',
    edits: [
      {
        find: 'this.#storage.sync(done);',
        replace: 'this.#storage.sync(() => { });\n        done();',
      },
    ],
    within: 1_000,
  },
  {
    name: 'torn-tail-kept',
    says: 'a boot leaves the torn end of the journal where it is, and writes behind it',
    file: 'terminal/journal/journal.js',
    edits: [{ find: 'if (torn !== undefined)\n            storage.truncate(goodBytes);', replace: '' }],
    within: 1_000,
    shrinkRuns: 30, // At each boot the damaged line is searched for a rotten bit, one hash after the other.
  },
  {
    name: 'boot-begins-a-new-chain',
    says: 'the first record of a boot does not follow from the last one before it',
    file: 'terminal/journal/journal.js',
    edits: [{ find: 'this.#prev = records.at(-1)?.hash ?? GENESIS;', replace: 'this.#prev = GENESIS;' }],
    within: 1_000,
  },
  {
    name: 'write-error-ignored',
    says: 'a journal that cannot be written any more is written on, and the sales go on',
    file: 'terminal/outbox.js',
    edits: [{ find: 'if (error !== undefined) {', replace: 'if (error === null) {' }],
    within: 1_000,
  },
  {
    name: 'rotten-record-believed',
    says: 'a record is read without a look at its hash, so that a rotten bit is neither seen nor mended',
    file: 'terminal/journal/seal.js',
    edits: [
      {
        find: "return line.toString('latin1', text.length) === hashTail(text);",
        replace: 'return line.at(-1) === 0x7d;',
      },
    ],
    within: 2_000,
  },
];
