import type { PlantedBug } from '../bug.js';

/** What a boot makes wrong of what it finds. */
export const RECOVERY_BUGS: readonly PlantedBug[] = [
  {
    name: 'recovery-prints-without-asking',
    says: 'a boot prints the ticket of a sale whose payment it does not know',
    file: 'terminal/machine.js',
    edits: [
      {
        find: "{ guard: 'nextIsAsk', target: 'settling.querying', actions: 'takeNext' },",
        replace: "{ guard: 'nextIsAsk', target: 'paid', actions: 'takeNext' },",
      },
    ],
    within: 1_000,
  },
  {
    name: 'boot-forgets-request',
    says: 'a boot takes a sale without an answer for one that was never sent',
    file: 'terminal/recovery.js',
    edits: [{ find: 'if (!facts.sent)', replace: 'if (!facts.sent || facts.cancelling === undefined)' }],
    within: 1_000,
  },
  {
    name: 'boot-forgets-open-sale',
    says: 'a boot takes up only sales that were being cancelled',
    file: 'terminal/recovery.js',
    edits: [
      {
        find: "return facts.cancelling === undefined ? 'ask' : 'reverse';",
        replace: "return facts.cancelling === undefined ? undefined : 'reverse';",
      },
    ],
    within: 1_000,
  },
  {
    name: 'second-boot-trusts-the-first',
    says: 'what an earlier boot has found open is taken for settled by it',
    file: 'terminal/terminal.js',
    edits: [
      {
        find: 'this.found = findOpen(sales,',
        replace:
          'this.found = findOpen(sales.filter(({ saleId }) => (this.#book.atHand(saleId)?.boots.length ?? 0) < 2),',
      },
    ],
    within: 1_000,
  },
  {
    name: 'cut-job-never-began',
    says: 'a boot takes a print job without a result for one of which no byte was sent',
    file: 'terminal/actions.js',
    edits: [
      {
        find: "const CUT_SHORT = { outcome: 'unknown', block: 0, blocks: 0, reason: 'power-cut' };",
        replace: "const CUT_SHORT = { outcome: 'not-printed', blocks: 0, reason: 'power-cut' };",
      },
    ],
    within: 1_000,
  },
  {
    name: 'second-press-opens-second-sale',
    says: 'the key for a new sale works while a code is awaited, and the first sale is dropped without a record',
    file: 'terminal/machine.js',
    edits: [
      {
        find: "scanning: {\n            entry: show('scanning'),",
        replace: "scanning: {\n            tags: ['free'],\n            entry: show('scanning'),",
      },
      {
        find: "CANCEL: { target: 'givenUp', actions: 'recordNothingSent' },",
        replace:
          "CANCEL: { target: 'givenUp', actions: 'recordNothingSent' },\n                SELL: { target: 'scanning', reenter: true, actions: ['open'] },",
      },
    ],
    within: 1_000,
  },
  {
    name: 'order-number-by-the-minute',
    says: 'an order number is terminal and minute, so that two sales of a minute share one',
    file: 'terminal/desk.js',
    edits: [
      {
        find: 'let saleId = newOrderNo(merchant, clock.now(), random);',
        replace: "let saleId = newOrderNo(merchant, clock.now() - (clock.now() % 60000), { digits: () => '000000' });",
      },
      {
        find: 'while (book.has(saleId))\n            saleId = newOrderNo(merchant, clock.now(), random);',
        replace: '',
      },
    ],
    within: 1_000,
  },
];
