import { describe, expect, test } from 'vitest';
import type { TicketDocument } from '../../src/ports/ticket.js';
import { Bench, JAMMED, NO_PAPER, PAID, PAPER_OUT, PRINTED, READY, textOf } from './bench.js';

const RECEIPT: TicketDocument = {
  elements: [
    { kind: 'text', text: 'RECEIPT OF THE TILL' },
    { kind: 'qr', data: 'https://shop.example/r/1' },
    { kind: 'cut' },
  ],
};
const NEXO = { id: 'POS-1/12', from: 'nexo' };
const JOB = 'page/nexo/POS-1/12';

const lastRecord = (bench: Bench) =>
  JSON.parse(Buffer.from(bench.flash.read()).toString().trim().split('\n').at(-1) ?? '');

describe('a page that a till has printed', () => {
  test('stands in the journal before the printer gets it, and how it ended behind it', () => {
    const bench = new Bench();
    bench.clock.advance(10);
    bench.jobs.push(PRINTED);
    expect(bench.terminal.printPage(RECEIPT, NEXO)).toBe(JOB);
    expect(bench.printed).toEqual([]);
    bench.clock.runUntil(() => bench.printed.length > 0);
    expect(lastRecord(bench)).toMatchObject({ kind: 'page', jobId: JOB, phase: 'begun' });
    expect(bench.terminal.state).toBe('page');
    expect(bench.screens.at(-1)).toMatchObject({ state: 'page', zh: '正在打印', en: 'Printing a page' });
    expect(bench.printed).toEqual([{ jobId: JOB, ticket: RECEIPT, clearFirst: false }]);
    bench.clock.advance(100);
    expect(lastRecord(bench)).toMatchObject({ kind: 'page', jobId: JOB, phase: 'ended', result: PRINTED });
    expect(bench.terminal.state).toBe('idle');
    expect(bench.terminal.sales()).toEqual([]);
  });

  test('tells what the printer said when it fails, and what is left on the paper is cleared before the next job', () => {
    const bench = new Bench();
    bench.jobs.push('silent', PRINTED);
    bench.terminal.printPage(RECEIPT, NEXO);
    bench.clock.advance(1);
    bench.powerCut();
    bench.clock.advance(10);
    expect(lastRecord(bench)).toMatchObject({
      kind: 'page',
      jobId: JOB,
      phase: 'ended',
      result: { outcome: 'unknown', block: 0, blocks: 0, reason: 'power-cut' },
    });
    expect(bench.kinds()).toEqual(['boot', 'page', 'boot', 'page:unknown']);
    bench.terminal.printPage(RECEIPT, { ...NEXO, id: '13' });
    bench.clock.advance(100);
    expect(bench.printed.at(-1)).toMatchObject({ jobId: 'page/nexo/13', clearFirst: true });
    bench.powerCut();
    bench.clock.advance(10);
    expect(bench.kinds().slice(-2)).toEqual(['page:printed', 'boot']);
  });

  test('that jams says so, with the evidence of the printer', () => {
    const bench = new Bench();
    bench.jobs.push(JAMMED);
    bench.terminal.printPage(RECEIPT, NEXO);
    bench.clock.advance(10);
    bench.tell({ ready: false, life: 'faulty', faults: ['mechanical-error'], paperNearEnd: false });
    bench.clock.advance(100);
    expect(lastRecord(bench)).toMatchObject({
      phase: 'ended',
      result: JAMMED,
      printer: { faults: ['mechanical-error'] },
    });
    expect(bench.terminal.state).toBe('idle');
  });

  test('is printed once, however often it is asked for, behind a boot too', () => {
    const bench = new Bench();
    bench.jobs.push(PRINTED);
    bench.terminal.printPage(RECEIPT, NEXO);
    bench.clock.advance(100);
    const known = expect.objectContaining({ code: 'PJ_PAGE_KNOWN', data: { jobId: JOB } });
    expect(() => bench.terminal.printPage(RECEIPT, NEXO)).toThrow(known);
    bench.powerCut();
    bench.clock.advance(10);
    expect(() => bench.terminal.printPage(RECEIPT, NEXO)).toThrow(known);
    expect(bench.terminal.printPage(RECEIPT, { ...NEXO, from: 'square' })).toBe('page/square/POS-1/12');
  });

  test('waits for nothing: while something else is under way it is refused', () => {
    const bench = new Bench();
    bench.terminal.sell(1_280);
    expect(() => bench.terminal.printPage(RECEIPT, NEXO)).toThrow(
      'The terminal cannot do this now: a sale waits for the customer to show a payment code (scanning). Wait until that is done, or cancel the sale under way.',
    );
    bench.terminal.cancel();
    bench.clock.advance(10);
    bench.jobs.push('silent');
    bench.terminal.printPage(RECEIPT, NEXO);
    bench.clock.advance(10);
    expect(() => bench.terminal.sell(100)).toThrow(expect.objectContaining({ code: 'PJ_BUSY' }));
    expect(bench.screens.at(-1)).toMatchObject({ state: 'busyPage', en: 'Printing a page, please wait' });
  });

  test('is refused where the printer cannot print it, and that is nothing in the journal', () => {
    const bench = new Bench();
    bench.unprintable = true;
    expect(() => bench.terminal.printPage(RECEIPT, NEXO)).toThrow(expect.objectContaining({ code: 'PJ_TICKET' }));
    expect(bench.kinds()).toEqual(['boot']);
    expect(bench.terminal.free).toBe(true);
  });

  test.each([
    [{ id: '', from: 'nexo' }, 'page.id'],
    [{ id: 'x', from: '' }, 'page.from'],
    [{ id: 'x'.repeat(201), from: 'nexo' }, 'page.id'],
  ])('is refused under the name %j', (name, what) => {
    const thrown = expect.objectContaining({ code: 'PJ_REQUEST', data: expect.objectContaining({ what }) });
    expect(() => new Bench().terminal.printPage(RECEIPT, name)).toThrow(thrown);
  });
});

describe('a ticket that has failed to come out', () => {
  test('waits behind a page, and is prompted for again', () => {
    const bench = new Bench({ policy: { reprint: 'when-ready' } });
    bench.authorizations.push(PAID);
    bench.jobs.push(PAPER_OUT, PRINTED, PRINTED);
    bench.status = NO_PAPER;
    const saleId = bench.sell();
    expect(bench.terminal.state).toBe('printFault');
    bench.terminal.printPage(RECEIPT, NEXO);
    bench.clock.advance(100);
    expect(bench.terminal.state).toBe('printFault');
    expect(bench.terminal.page(saleId).facts).toMatchObject({ ticket: 'not-printed', ticketLeft: false });
    bench.tell(READY);
    bench.clock.advance(100);
    expect(bench.terminal.page(saleId).facts.ticket).toBe('printed');
    expect(textOf(bench.printed.at(-1))).not.toContain('补打');
    bench.clock.advance(5_000);
    bench.jobs.push(PRINTED);
    bench.terminal.printPage(RECEIPT, { ...NEXO, id: '13' });
    bench.clock.advance(100);
    expect(bench.terminal.state).toBe('idle');
  });

  test('lets no page go before it where policy holds it', () => {
    const bench = new Bench({ policy: { paper: 'required' } });
    bench.authorizations.push(PAID);
    bench.jobs.push(PAPER_OUT);
    bench.sell();
    expect(() => bench.terminal.printPage(RECEIPT, NEXO)).toThrow(expect.objectContaining({ code: 'PJ_TICKET_HELD' }));
  });
});

describe('words that a till puts on the display', () => {
  const WORDS = { zh: '欢迎光临', en: 'Welcome: the till is open' };

  test('stand there while nothing is under way, whatever the printer says, until the next sale', () => {
    const bench = new Bench();
    bench.clock.advance(10);
    bench.terminal.showText(WORDS);
    expect(bench.screens.at(-1)).toEqual({ state: 'idle', ...WORDS, text: true });
    bench.tell(NO_PAPER);
    expect(bench.screens.at(-1)).toEqual({ state: 'idle', ...WORDS, text: true });
    bench.terminal.sell(100);
    bench.clock.advance(10);
    bench.terminal.cancel();
    bench.clock.advance(10_000);
    expect(bench.terminal.screen).toMatchObject({ state: 'idle', en: 'Printer: out of paper, load paper' });
    expect(bench.terminal.screen).not.toHaveProperty('text');
    expect(bench.kinds()).not.toContain('text');
  });

  test('that come while a sale is under way wait for its end; undefined takes them away', () => {
    const bench = new Bench();
    bench.terminal.sell(100);
    bench.clock.advance(10);
    bench.terminal.showText(WORDS);
    expect(bench.terminal.screen.state).toBe('scanning');
    bench.terminal.cancel();
    bench.clock.advance(10_000);
    expect(bench.terminal.screen).toMatchObject({ state: 'idle', ...WORDS, text: true });
    bench.terminal.showText(undefined);
    expect(bench.terminal.screen).toMatchObject({ state: 'idle', en: 'Ready for a sale' });
  });

  test('are gone with the power', () => {
    const bench = new Bench();
    bench.terminal.showText(WORDS);
    bench.powerCut();
    bench.clock.advance(10);
    expect(bench.terminal.screen.en).toBe('Ready for a sale');
  });
});
