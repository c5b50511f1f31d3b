import type { PlantedBug } from '../bug.js';

/** A driver that believes itself more than the printer. */
export const DRIVER_BUGS: readonly PlantedBug[] = [
  {
    name: 'checkpoint-ignored',
    says: 'a block counts as printed once it is sent',
    file: 'printer/job-run.js',
    edits: [
      {
        find: 'this.#times.sent(block, line.connection.sentBytes, arrivesMs, before !== undefined);',
        replace: 'this.#context.clock.setTimeout(() => this.#confirm(this.#sent), 0);',
      },
    ],
    within: 1_000,
  },
  {
    name: 'unproved-counts-as-printed',
    says: 'a printer that cannot say what it did is taken to have printed',
    file: 'printer/job-run.js',
    edits: [
      {
        find: "this.#over({ outcome: 'unconfirmed', blocks });",
        replace: "this.#over({ outcome: 'printed', blocks, confirmedBy: 'DLE EOT' });",
      },
    ],
    within: 5_000,
  },
  {
    name: 'all-but-the-end-is-printed',
    says: 'a ticket of which only the last block is not confirmed counts as printed, since that is but the cut',
    file: 'printer/job-run.js',
    edits: [
      {
        find: "if (this.#sent === 0)\n            this.#over({ outcome: 'not-printed', ...told });",
        replace: `if (this.#sent === 0)
            this.#over({ outcome: 'not-printed', ...told });
        else if (block === told.blocks - 1)
            this.#over({ outcome: 'printed', blocks: told.blocks, confirmedBy: this.#proof });`,
      },
    ],
    within: 5_000,
  },
  {
    name: 'nothing-confirmed-is-nothing-printed',
    says: 'a job of which no block was confirmed is told as not printed, whatever was sent of it',
    file: 'printer/job-run.js',
    edits: [
      {
        find: "if (this.#sent === 0)\n            this.#over({ outcome: 'not-printed'",
        replace: "if (this.#confirmed === 0)\n            this.#over({ outcome: 'not-printed'",
      },
    ],
    within: 1_000,
  },
  {
    name: 'goes-on-after-an-error',
    says: 'behind a fault that ends a job the driver takes what was sent for printed, and sends the rest',
    file: 'printer/job-run.js',
    edits: [
      {
        find: "lasted: () => this.#end(this.#context.status().faults[0] ?? 'offline'),",
        replace: 'lasted: () => this.#confirm(this.#sent),',
      },
    ],
    within: 1_000,
  },
  {
    name: 'asb-taken-for-dle-eot',
    says: 'whatever looks like a status is the next answer to DLE EOT, the first byte of an automatic one among them, and what is left over waits for the next question',
    file: 'printer/line.js',
    edits: [
      {
        find: 'asb(b1, b2, b3) {\n        if (this.#answered())\n            this.#listener.observed(fromAsb(b1, b2, b3), false);',
        replace: 'asb(b1) {\n        this.realtime(b1);',
      },
      {
        find: `realtime(byte) {
        if (!this.#answered() || !this.round.underWay)
            return;
        const answers = this.round.answer(byte);
        if (answers === undefined)
            return;`,
        replace: `#unread = [];
    realtime(byte) {
        if (!this.#answered())
            return;
        this.#unread.push(byte);
        if (!this.round.underWay || this.#unread.length < 4)
            return;
        const answers = this.#unread.splice(0, 4);
        this.round.forget();`,
      },
    ],
    within: 10_000,
  },
  {
    name: 'never-prints-again',
    says: 'a driver that once did not bring a job to its end refuses every job after it',
    file: 'printer/driver.js',
    edits: [
      {
        find: "const whole = result.outcome === 'printed' || result.outcome === 'unconfirmed';",
        replace:
          "const whole = result.outcome === 'printed' || result.outcome === 'unconfirmed';\n        this.dead ||= touched && !whole;",
      },
      {
        find: 'this.#run.begin();',
        replace: 'if (this.dead)\n            this.#run.cancel();\n        else\n            this.#run.begin();',
      },
    ],
    within: 1_000,
  },
  {
    name: 'stale-answers-believed',
    says: 'answers to GS r that are still under way from an earlier job count for the next one',
    file: 'printer/job-start.js',
    edits: [{ find: "if (proof() !== 'GS r' || !line.staleAnswers)", replace: 'if (line.up)' }],
    within: 1_000,
  },
];
