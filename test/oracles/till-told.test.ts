import { describe, expect, test } from 'vitest';
import type { PaperPiece } from '../../src/emulator/printer/paper/piece.js';
import { tillTold } from '../../src/oracles/till-told.js';
import type { JournalEntry } from '../../src/terminal/journal/record.js';
import { makeTicket } from '../../src/terminal/ticket.js';
import { INTENT, MERCHANT, OPENED, PAID, SALE, said, trial, watched } from './support.js';

const PRINT: JournalEntry = { kind: 'print-intent', saleId: SALE, jobId: `${SALE}/1`, copy: 0 };
const PRINTED: JournalEntry = {
  kind: 'print-result',
  saleId: SALE,
  jobId: `${SALE}/1`,
  result: { outcome: 'printed', blocks: 3, confirmedBy: 'GS ( H' },
};

/** Tells the till what stands in the journal. */
async function till() {
  const tried = await trial(tillTold);
  const told = (more: object = {}) => {
    const facts = tried.journal.page(SALE)?.facts;
    if (facts === undefined) throw new Error('there is no such sale');
    tried.oracle.told?.({ ...facts, ...more });
  };
  return { ...tried, told };
}

const CONTRADICTED = 'what a till was told is never contradicted';

describe('a till', () => {
  test('that was told paid is not told not paid later', async () => {
    const { record, told, said } = await till();
    record(OPENED, INTENT, PAID);
    told();
    expect(said()).toEqual([]);
    record({ kind: 'payment', saleId: SALE, fact: 'not-paid', by: 'query' });
    told();
    expect(said()).toEqual([
      `${CONTRADICTED} / told 1280 fen, paid for good, ticket pending, answer none, and later 1280 fen, not-paid for good, ticket none, answer none`,
    ]);
  });

  test('that was told of a sale, and what it was told, finds it in the journal', async () => {
    const { record, told, said } = await till();
    record(OPENED, INTENT);
    told({ payment: 'paid' });
    expect(said()).toEqual([
      'a till is told what stands in the journal / told 1280 fen, paid for good, ticket none, answer none, and the journal says 1280 fen, unknown, ticket none, answer none',
    ]);
  });

  test('that was told what the journal then lacks learns of it in the end', async () => {
    const { record, told, forget, oracle, said } = await till();
    record(OPENED, INTENT, PAID);
    told();
    forget(2);
    record({ kind: 'unresolved', saleId: SALE });
    oracle.ended?.(undefined);
    expect(said()).toEqual([expect.stringContaining(CONTRADICTED)]);
  });

  test('that reads on the display that a sale is done is not ahead of the journal', async () => {
    const { record, oracle, said } = await till();
    record(OPENED, INTENT);
    oracle.shown?.({ state: 'querying', zh: '', en: '', saleId: SALE });
    oracle.shown?.({ state: 'done', zh: '', en: '', saleId: SALE });
    expect(said()).toEqual([
      'the display says of a payment what stands in the journal / the display shows done, and the payment is unknown',
    ]);
  });

  test('that was told of a printed ticket would find it: not one of which no line is out', async () => {
    const { record, said } = await till();
    record(OPENED, INTENT, PAID, PRINT, PRINTED);
    expect(said()).toEqual(['a ticket that is said to be printed is on the paper / not a line of it had come out']);
  });

  test.each([
    ['nor one that was cut short', 6, ['no whole ticket had come out']],
    ['but one that is whole', undefined, []],
  ])('%s', async (_, jamAt, problems) => {
    const { journal, oracle, paper, record, said, simulation } = await till();
    const { world, clock } = simulation;
    world.start();
    clock.advance(1_000);
    const see = (__: unknown, piece: PaperPiece) => oracle.paper?.(paper.notePiece(piece));
    world.emulatedPrinter?.watch({ line: see, cut: (piece) => see(undefined, piece) });
    if (jamAt !== undefined) world.faults.put({ fault: 'printer.paper-jam', when: { line: jamAt } });
    record(OPENED, INTENT, PAID, PRINT);
    paper.noteRecord({ ...OPENED, seq: 1, at: '', prev: '', hash: '' });
    const facts = journal.page(SALE)?.facts;
    if (facts === undefined) throw new Error('there is no such sale');
    world.printer.print({ jobId: 'a', ticket: makeTicket(facts, 0, MERCHANT) }, () => {});
    clock.advance(10_000);
    record(PRINTED);
    expect(said()).toEqual(problems.map((words) => `a ticket that is said to be printed is on the paper / ${words}`));
  });

  test('nor one of which something comes out only later', async () => {
    const shop = await watched();
    const saleId = shop.world.people.sell(1_280, { customer: { behaviour: 'pays' } });
    shop.clock.runUntil(() => shop.world.terminal.find(saleId)?.facts.ticket === 'printed', 30_000);
    shop.clock.advance(5_000);
    expect(shop.witness.breaches).toEqual([]);
    const ticket = { elements: [{ kind: 'text', text: 'too late' }] } as const;
    shop.world.printer.print({ jobId: 'stray', ticket }, () => {});
    shop.clock.advance(5_000);
    expect(said(shop.witness.breaches)).toEqual([
      'till-told: a ticket that is said to be printed is on the paper / then "too late" came out',
    ]);
  });
});
