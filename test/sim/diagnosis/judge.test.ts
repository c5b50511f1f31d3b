import { expect, test } from 'vitest';
import { judge } from '../../../src/sim/diagnosis/judge.js';
import { tallyMarkdown } from '../../../src/sim/diagnosis/markdown.js';
import type { Case } from '../../../src/sim/diagnosis/measure.js';
import type { Played } from '../../../src/sim/diagnosis/play.js';
import { tally } from '../../../src/sim/diagnosis/tally.js';
import { playedWith, runWith } from './support.js';

const JAM = { fault: 'printer.paper-jam', when: { line: 6 } };
const NO_PAPER = { fault: 'printer.paper-out', when: { line: 6 } };

/** The jam's verdict, judged as if these faults had taken hold. */
async function judged(faults: readonly { readonly fault: string }[], more: Partial<Played> = {}) {
  const { played } = await playedWith([JAM]);
  const held = [new Set(faults.map((_, i) => i))];
  const [found] = judge(runWith(faults), { ...played, ...more }, held);
  return found;
}

test('a verdict is right that names the cause of a fault that took hold, also if it does not name all of them', async () => {
  expect(await judged([JAM])).toMatchObject({
    named: ['printer.paper-jam'],
    mistakes: [],
    faults: [{ cause: 'printer.paper-jam', named: 'so' }],
  });
  expect((await judged([JAM, NO_PAPER]))?.mistakes).toEqual([]);
  expect((await judged([JAM, NO_PAPER]))?.faults).toContainEqual({ cause: 'printer.paper-out', named: 'no' });
});

test('and wrong that names another one, or any when none took hold', async () => {
  expect((await judged([NO_PAPER]))?.mistakes).toEqual(['printer.paper-jam']);
  expect((await judged([]))?.mistakes).toEqual(['printer.paper-jam']);
});

test('and wrong that names none where one is wanted', async () => {
  const { played } = await playedWith([]);
  const mistakes = (fault: string) => judge(runWith([{ fault }]), played, [new Set([0])])[0]?.mistakes;
  expect(mistakes('printer.slow')).toEqual(['none']);
  expect(mistakes('operator.wrong-amount')).toEqual([]); // To the terminal the amount is the amount.
});

test('a payment is wrong that the ledger contradicts at any moment, or that stays unknown', async () => {
  const { played } = await playedWith([]);
  const [sale] = played.sales;
  if (sale === undefined) throw new Error('there was a sale');
  const wrong = { ...sale, wrongPayments: ['at payment: paid, and the ledger: none, 0 fen kept'] };
  const [found] = judge(runWith([]), { ...played, sales: [wrong] }, [new Set()]);
  expect(found?.wrongPayments).toEqual(wrong.wrongPayments);
});

test('the table counts them, the most frequent confusion first, and rounds nothing up', () => {
  const one = (seed: number, more: Partial<Case>): Case => ({
    seed,
    saleId: 'T',
    faults: [{ cause: 'printer.paper-jam', named: 'so' }],
    named: ['printer.paper-jam'],
    mistakes: [],
    wrongPayments: [],
    ...more,
  });
  const cases = [
    ...Array.from({ length: 2_996 }, (_, i) => one(i, {})),
    one(5_001, { faults: [], mistakes: ['printer.paper-jam'] }),
    one(5_002, {
      named: ['printer.cutter'],
      mistakes: ['printer.cutter'],
      faults: [{ cause: 'printer.paper-jam', named: 'no' }],
    }),
    one(5_003, {
      named: ['printer.cutter'],
      mistakes: ['printer.cutter'],
      faults: [{ cause: 'printer.paper-jam', named: 'no' }],
    }),
    one(5_004, { wrongPayments: ['at the end: unknown'] }),
  ];
  const found = tally(cases);
  expect(found.wrongPayments).toEqual([{ seed: 5_004, says: 'at the end: unknown' }]);
  expect(found.confusions).toEqual([
    { truth: 'printer.paper-jam', said: 'printer.cutter', seeds: [5_002, 5_003] },
    { truth: 'none', said: 'printer.paper-jam', seeds: [5_001] },
  ]);
  expect(tallyMarkdown(found, { seed: 1, runs: 2_000 })).toBe(`\
| 2,000 runs, 3,000 sales (seeds 1 to 2000) |  |
| --- | --- |
| payment wrong, at any moment | 1 |
| cause right | 99.9 % (2,997 of 3,000) |
| of sales that a fault took hold of | 99.9 % (2,997 of 2,999) |
| of the others, which want no cause | 0.0 % (0 of 1) |

| true | said instead, or beside it | sales | seeds |
| --- | --- | --- | --- |
| \`printer.paper-jam\` | \`printer.cutter\` | 2 | 5002, 5003 |
| none | \`printer.paper-jam\` | 1 | 5001 |

| cause | true | named so | or otherwise | said | wrongly |
| --- | --- | --- | --- | --- | --- |
| \`printer.cutter\` |  |  |  | 2 | 2 |
| \`printer.paper-jam\` | 2999 | 2997 |  | 2998 | 1 |`);
});
