import { describe, expect, test } from 'vitest';
import { verdictOf } from '../../src/terminal/verdict/verdict.js';
import { ticketPieces } from '../../src/world/pictures.js';
import { whenSettled } from '../../src/world/settled.js';
import { createSimulation, type Simulation, type SimulationOptions } from '../../src/world/simulated.js';

async function boot(options: SimulationOptions = {}): Promise<Simulation> {
  const simulation = await createSimulation(options);
  simulation.world.start();
  simulation.clock.runUntil(() => simulation.world.terminal.free);
  return simulation;
}

/** Runs until the sale has settled; gives its verdict. */
function settle({ world, clock }: Simulation, saleId: string) {
  let settled = false;
  whenSettled(world, saleId, 600_000, () => {
    settled = true;
  });
  clock.runUntil(() => settled);
  return verdictOf(world.terminal.page(saleId));
}

function sell(simulation: Simulation, behaviour: 'pays' | 'confirms' | 'refuses' | 'no-money' | 'never' = 'pays') {
  const { world } = simulation;
  const saleId = world.terminal.sell(1_280, { code: world.people.codeOf({ behaviour }) });
  return { saleId, verdict: settle(simulation, saleId) };
}

/** Original or copy, and whether it came to its end: what anybody sees who looks at the paper. */
function papers({ world }: Simulation, saleId: string): string[] {
  return ticketPieces(world, saleId).map(({ lines }) => {
    const copy = lines.some((line) => line.includes('补打'));
    const complete = lines.some((line) => line.includes('谢谢惠顾'));
    return `${complete ? 'complete' : 'partial'} ${copy ? 'copy' : 'original'}`;
  });
}

function reprint(simulation: Simulation, saleId: string) {
  const { world, clock } = simulation;
  clock.runUntil(() => world.printer.status().ready);
  world.terminal.reprint(saleId);
  clock.runUntil(() => world.terminal.free && world.terminal.page(saleId).facts.ticket !== 'pending');
  clock.advance(100);
  return verdictOf(world.terminal.page(saleId));
}

describe('a simulated world', () => {
  test('sells: the verdict, the ledger and the paper agree', async () => {
    const simulation = await boot();
    const { saleId, verdict } = sell(simulation);
    expect(verdict).toMatchObject({ payment: 'paid', ticket: 'printed', final: true });
    expect(simulation.world.platform?.ledger.trades()).toMatchObject([{ orderNo: saleId, state: 'TRADE_SUCCESS' }]);
    expect(papers(simulation, saleId)).toEqual(['complete original']);
    expect(ticketPieces(simulation.world, saleId)[0]?.lines).toEqual([
      '街角咖啡 Corner Cafe',
      '-'.repeat(48),
      '消费凭证 SALES SLIP         顾客联 CUSTOMER COPY',
      '订单号 Order             T0120260101080000976204',
      '交易号 Trade        2026010122001000000000145903',
      '终端 Terminal                                T01',
      '时间 Time                    2026-01-01 08:00:00',
      '支付方式 Paid by                   支付宝 Alipay',
      '付款人 Payer                         154****0423',
      '商品 Item                             商品 Goods',
      '-'.repeat(48),
      '金额             ￥12.80',
      '人民币壹拾贰元捌角整',
      '状态 Status                        支付成功 PAID',
      '凭此码查询退款 SCAN TO LOOK UP',
      '谢谢惠顾 THANK YOU',
    ]);
  });

  test('an answer that is lost after the ledger has booked: unknown first, then paid and printed, one payment', async () => {
    const simulation = await boot();
    const { world, clock } = simulation;
    world.faults.put({ fault: 'platform.answer-lost' });
    const saleId = world.terminal.sell(1_280, { code: world.people.codeOf({ behaviour: 'pays' }) });
    clock.advance(9_000);
    expect(verdictOf(world.terminal.page(saleId))).toMatchObject({ payment: 'unknown', final: false });
    expect(world.platform?.ledger.trade(saleId)).toMatchObject({ state: 'TRADE_SUCCESS', paidFen: 1_280 });
    const verdict = settle(simulation, saleId);
    expect(verdict).toMatchObject({ payment: 'paid', ticket: 'printed', cause: { id: 'platform.unreported' } });
    expect(world.platform?.ledger.trades()).toHaveLength(1);
    expect(papers(simulation, saleId)).toEqual(['complete original']);
  });

  test('an answer that comes late: the platform was slow, and nobody pays twice', async () => {
    const simulation = await boot();
    simulation.world.faults.put({ fault: 'platform.answer-delayed', delayMs: 12_000 });
    const { saleId, verdict } = sell(simulation);
    expect(verdict).toMatchObject({ payment: 'paid', ticket: 'printed' });
    simulation.clock.advance(60_000);
    expect(papers(simulation, saleId)).toEqual(['complete original']);
  });

  test.each([
    ['never', 'operation.timeout'],
    ['refuses', undefined],
    ['no-money', 'customer.refused'],
  ] as const)('a customer who %s: not paid, and the ledger keeps no money', async (behaviour, cause) => {
    const simulation = await boot();
    const { saleId, verdict } = sell(simulation, behaviour);
    expect(verdict).toMatchObject({ payment: 'not-paid', ticket: 'none', final: true });
    if (cause !== undefined) expect(verdict.cause?.id).toBe(cause);
    const trade = simulation.world.platform?.ledger.trade(saleId);
    expect(trade?.state ?? 'TRADE_CLOSED').toBe('TRADE_CLOSED');
    expect(trade?.paidFen ?? 0).toBe(0);
    expect(papers(simulation, saleId)).toEqual([]);
  });

  test('a customer who confirms after being asked: paid and printed', async () => {
    const simulation = await boot();
    const { verdict } = sell(simulation, 'confirms');
    expect(verdict).toMatchObject({ payment: 'paid', ticket: 'printed' });
    expect(verdict.cause).toBeUndefined();
  });

  test('a jam in the sixth line: paid, partial; cleared and reprinted: one partial original, one complete copy', async () => {
    const simulation = await boot();
    const jam = simulation.world.faults.put({ fault: 'printer.paper-jam' });
    const { saleId, verdict } = sell(simulation);
    expect(verdict).toMatchObject({ payment: 'paid', ticket: 'partial', cause: { id: 'printer.paper-jam' } });
    expect(simulation.world.terminal.screen.zh).toBe('已支付,卡纸,清除卡纸后补打');
    expect(papers(simulation, saleId)).toEqual(['partial original']);
    simulation.world.faults.clear(jam.id);
    expect(reprint(simulation, saleId)).toMatchObject({
      payment: 'paid',
      ticket: 'printed',
      tickets: { originals: 1, copies: 1 },
    });
    expect(papers(simulation, saleId)).toEqual(['partial original', 'complete copy']);
    expect(ticketPieces(simulation.world, saleId)[0]?.lines.length).toBe(6);
  });

  test.each([
    ['printer.paper-out', 'printer.paper-out'],
    ['printer.cover-open', 'printer.cover-open'],
    ['link.printer-lost', 'link.printer-lost'],
  ])('%s in the middle of the ticket, and mended: the same', async (fault, cause) => {
    const simulation = await boot();
    const { id } = simulation.world.faults.put({ fault });
    const { saleId, verdict } = sell(simulation);
    expect(verdict).toMatchObject({ payment: 'paid', ticket: 'partial', cause: { id: cause } });
    simulation.clock.advance(5_000);
    simulation.world.faults.clear(id);
    expect(reprint(simulation, saleId)).toMatchObject({ ticket: 'printed', tickets: { originals: 1, copies: 1 } });
    expect(papers(simulation, saleId)).toEqual(['partial original', 'complete copy']);
  });

  test.each(['printer.mute', 'printer.hang'])('%s: the sale never hangs, and the display says so', async (fault) => {
    const simulation = await boot();
    const { id } = simulation.world.faults.put({ fault, when: { line: 3 } });
    const startMs = simulation.clock.now();
    const { saleId, verdict } = sell(simulation);
    expect(verdict.payment).toBe('paid');
    expect(['partial', 'unknown']).toContain(verdict.ticket);
    expect(verdict.cause?.id).toBe('printer.no-answer');
    expect(simulation.clock.now() - startMs).toBeLessThan(60_000);
    expect(simulation.world.terminal.screen.zh).toBe('已支付,打印机无应答,检查后补打');
    simulation.world.faults.clear(id);
    expect(reprint(simulation, saleId)).toMatchObject({ ticket: 'printed' });
    expect(papers(simulation, saleId).filter((paper) => paper === 'complete original').length).toBeLessThanOrEqual(1);
    expect(papers(simulation, saleId).at(-1)).toBe('complete copy');
  });

  test('a printer without process IDs is believed by its answer to GS r', async () => {
    const simulation = await boot({ device: 'sunmi-58' });
    const { saleId, verdict } = sell(simulation);
    expect(verdict).toMatchObject({ payment: 'paid', ticket: 'printed' });
    expect(papers(simulation, saleId)).toEqual(['complete original']);
  });

  test('two runs with one seed are equal byte for byte, and another seed is another run', async () => {
    const run = async (seed: number) => {
      const simulation = await boot({ seed });
      simulation.world.faults.put({ fault: 'printer.paper-jam', for: 20_000 });
      const { saleId } = sell(simulation);
      simulation.world.powerCut();
      simulation.clock.advance(60_000);
      sell(simulation, 'confirms');
      const { platform, emulatedPrinter } = simulation.world;
      const pieces = emulatedPrinter?.paper.pieces.map((piece) => piece.operations);
      const ledger = platform?.ledger.trades();
      return JSON.stringify({
        journal: Buffer.from(simulation.flash().read()).toString(),
        pieces,
        ledger,
        papers: papers(simulation, saleId),
      });
    };
    expect(await run(42)).toBe(await run(42));
    expect(await run(42)).not.toBe(await run(43));
  });
});

test('on a printer without Chinese the ticket is in English, whatever was asked for', async () => {
  for (const lang of ['both', 'zh'] as const) {
    const simulation = await boot({ device: 'custom-q3x', policy: { ticket: { lang } } });
    const { saleId, verdict } = sell(simulation);
    const lines = ticketPieces(simulation.world, saleId)[0]?.lines.join('\n') ?? '';
    expect(verdict.ticket).toBe('printed');
    expect(lines).toContain('SALES SLIP');
    expect(lines).toContain('THANK YOU');
    expect(lines.replaceAll('???? Corner Cafe', '').replaceAll('?? Goods', '')).not.toContain('??');
  }
});
