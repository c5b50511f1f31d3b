/**
 * Fault model: the program is killed (SIGKILL) at the worst moments of a sale, on real files, sockets and
 * pseudo-terminals, and started again on the same data. Each window is held open by a fault, so that the kill hits it.
 */

import { afterEach, describe, expect, test } from 'vitest';
import { createEmulatedPrinter, type EmulatedPrinter } from '../../src/emulator/printer/printer.js';
import { wallClock } from '../../src/ground/wall-clock.js';
import { PtyLink } from '../../src/links/pty.js';
import { readPrinterProfile } from '../../src/world/devices.js';
import { put, sell } from './api.js';
import type { Ended } from './program.js';
import { describePiece, openShop, type Shop } from './shop.js';
import { until } from './until.js';

/** Starts again, waits until the sale that was cut off has its ticket, and stops. Gives what the start has said. */
async function startAgain(shop: Shop, args: readonly string[] = []): Promise<Ended> {
  const printed = shop.records('print-result').length;
  const program = shop.start(['--lang', 'en', ...args]);
  await until(
    () => shop.records('print-result').some(({ result }, i) => i >= printed && result.outcome === 'printed'),
    () => `a ticket after the restart: ${program.stdout}`,
  );
  return program.signal('SIGTERM');
}

/** What has to hold however the program ended: one payment, a settled sale, an intact chain, at most one original. */
async function expectSettled(shop: Shop, saleId: string): Promise<void> {
  expect(shop.payments()).toEqual([[saleId, 1_280]]);
  expect(shop.records('authorize-intent')).toHaveLength(1);
  const verdict = await shop.run('verdict', saleId, '--json');
  expect(JSON.parse(verdict.stdout)).toMatchObject({ payment: 'paid', ticket: 'printed', final: true });
  const verified = await shop.run('journal', '--verify');
  expect(verified).toMatchObject({ code: 0, stderr: '' });
  expect(verified.stdout).toContain('the chain holds');
}

/** At most one unmarked original is complete on paper, and one ticket is complete: the customer leaves with evidence. */
function expectOneOriginal(papers: readonly string[]): void {
  expect(papers.filter((paper) => paper.endsWith('original')).length).toBeLessThanOrEqual(1);
  expect(papers.some((paper) => paper.startsWith('complete'))).toBe(true);
}

describe('killed during authorisation, after the ledger has booked', () => {
  test.each([
    ['the answer was lost', 'platform.answer-lost'],
    ['the answer was still to come', 'platform.answer-delayed'],
  ])('%s: the restart asks the platform, and the ticket is printed', async (_, fault) => {
    const shop = openShop();
    const program = shop.start(['--fault', fault]);
    const { id } = await sell(await program.api(), { wait: false });
    await until(() => shop.payments().length === 1, 'the ledger to book');
    await program.kill();
    expect(shop.records('payment')).toEqual([]);

    const { code, stdout } = await startAgain(shop);
    expect(code).toBe(0);
    expect(stdout).toContain(`found ${id} ¥12.80: the payment is not known: asking the platform`);
    expect(stdout).toContain('[boot] Recovered, see the result: 1 sale(s)');
    expect(shop.records('payment', id)).toMatchObject([{ fact: 'paid', by: 'query' }]);
    await expectSettled(shop, id);
    expect(shop.papers(id)).toEqual(['complete original']);
  });
});

describe('killed between approval and ticket', () => {
  test('the printer had taken nothing yet: the restart prints a marked copy, since nobody can know', async () => {
    const shop = openShop();
    const program = shop.start(['--fault', 'printer.hang:when=now']);
    const { id } = await sell(await program.api(), { wait: false });
    await shop.record('print-intent');
    await program.kill();
    expect(shop.papers(id)).toEqual([]);

    const { stdout } = await startAgain(shop);
    expect(stdout).toContain(`found ${id} ¥12.80: paid, it was being printed: printing a marked copy`);
    await expectSettled(shop, id);
    expect(shop.papers(id)).toEqual(['complete copy']);
  });

  test('in the moment in which the payment is written down: whatever was on paper, there is one original at most', async () => {
    const shop = openShop();
    const program = shop.start();
    const { id } = await sell(await program.api(), { wait: false });
    await shop.record('payment');
    await program.kill();

    const { stdout } = await startAgain(shop);
    expect(stdout).toMatch(new RegExp(`found ${id} ¥12\\.80: paid, (the ticket is not out|it was being printed)`));
    await expectSettled(shop, id);
    expectOneOriginal(shop.papers(id));
  });

  test('in the middle of the ticket: a torn original and a complete marked copy', async () => {
    const shop = openShop();
    const program = shop.start(['--fault', 'printer.hang:line=9']);
    const { id } = await sell(await program.api(), { wait: false });
    await until(() => shop.pieces(id)[0]?.lines.length === 8, 'eight lines on paper');
    await program.kill();

    await startAgain(shop);
    await expectSettled(shop, id);
    expectOneOriginal(shop.papers(id));
    expect(shop.papers(id).at(-1)).toBe('complete copy');
  });
});

describe('killed again while the restart prints', () => {
  test('every further ticket is a copy with its own number', async () => {
    const shop = openShop();
    const first = shop.start(['--fault', 'printer.hang:line=9']);
    const { id } = await sell(await first.api(), { wait: false });
    await until(() => shop.pieces(id)[0]?.lines.length === 8, 'half the original');
    await first.kill();
    const second = shop.start(['--fault', 'printer.hang:line=9']);
    await until(() => shop.papers(id).includes('partial copy'), 'half a copy');
    await second.kill();

    await startAgain(shop);
    await expectSettled(shop, id);
    expectOneOriginal(shop.papers(id));
    expect(shop.papers(id).at(-1)).toBe('complete copy');
    expect(shop.records('print-intent').map(({ copy }) => copy)).toEqual([0, 1, 2]);
    expect(shop.pieces(id).at(-1)?.lines).toContain('*** 补打 COPY 2 ***');
  });
});

describe('killed between ticket and confirmation', () => {
  test('the original is complete and the printer has not confirmed it: what the restart prints is marked 补打', async () => {
    const shop = openShop();
    const program = shop.start(['--fault', 'printer.mute:line=17']);
    const { id } = await sell(await program.api(), { wait: false });
    await until(() => shop.papers(id)[0] === 'complete original', 'the ticket to be complete on paper');
    await program.kill();
    expect(shop.records('print-result')).toEqual([]);

    const { stdout } = await startAgain(shop);
    expect(stdout).toContain(`found ${id} ¥12.80: paid, it was being printed: printing a marked copy`);
    await expectSettled(shop, id);
    expect(shop.papers(id)).toEqual(['complete original', 'complete copy']);
  });
});

describe('killed while a printer of its own prints on', () => {
  const printers: EmulatedPrinter[] = [];
  afterEach(() => {
    for (const printer of printers.splice(0)) printer.close();
  });

  /** A printer that outlives the terminal, as real ones do, at the end of its own pseudo-terminal. */
  function standAlonePrinter() {
    const link = new PtyLink();
    link.create();
    const printer = createEmulatedPrinter({ clock: wallClock, link, profile: readPrinterProfile('epson-tm-m30') });
    printers.push(printer);
    return { printer, path: link.path ?? '' };
  }

  test('what it had received comes out all the same; the restart clears the rest and prints one marked copy', async () => {
    const shop = openShop();
    const { printer, path } = standAlonePrinter();
    const args = ['--printer', path];
    const program = shop.start(args);
    const { id } = await sell(await program.api(), { wait: false });
    await until(() => printer.paper.current?.lines.some((line) => line.includes(id)), 'the order number on paper');
    await program.kill();

    await startAgain(shop, args);
    await expectSettled(shop, id);
    const papers = printer.paper.pieces.filter(({ lines }) => lines.some((line) => line.includes(id)));
    const words = papers.map(describePiece);
    expectOneOriginal(words);
    expect(words.filter((paper) => paper === 'complete copy')).toHaveLength(1);
  });
});

describe('a cancel that was under way', () => {
  test('goes on after the kill: not paid, and the ledger keeps no money', async () => {
    const shop = openShop({ timings: { queryIntervalMs: 100 } });
    const program = shop.start();
    const api = await program.api();
    await put(api, { fault: 'platform.answer-lost', method: 'alipay.trade.cancel', times: 9 });
    const { id } = await sell(api, { behaviour: 'never', wait: false });
    await shop.record('cancel-intent');
    await program.kill();

    const again = shop.start(['--lang', 'en']);
    await until(() => shop.records('payment')[0], 'the sale to settle');
    const { stdout } = await again.signal('SIGTERM');
    expect(stdout).toContain(`found ${id} ¥12.80: it was being cancelled: going on with that`);
    expect(shop.records('payment')).toMatchObject([{ saleId: id, fact: 'not-paid', by: 'cancel' }]);
    expect(shop.payments()).toEqual([]);
    expect(shop.trades()).toMatchObject([{ orderNo: id, state: 'TRADE_CLOSED' }]);
    expect(shop.papers(id)).toEqual([]);
  });
});
