import { describe, expect, test } from 'vitest';
import type { FaultRecord } from '../../src/faults/fault.js';
import { TestTill } from '../till/exchange.js';
import { ScriptedFace } from '../till/scripted-face.js';
import { LineBench } from './link/bench.js';
import { openShop } from './shop.js';

type Shop = Awaited<ReturnType<typeof openShop>>;

/** A sale, carried through; by a customer who pays if nothing is said. */
function sells(shop: Shop, behaviour: 'pays' | 'confirms' | 'never' = 'pays'): void {
  shop.sell({ customer: { behaviour } });
  shop.settle();
}

/** Nobody does anything. */
const idles = (shop: Shop) => shop.clock.advance(10_000);

/** The cashier gives a sale up that nobody pays. */
function cancels(shop: Shop): void {
  shop.sell({ customer: { behaviour: 'never' } });
  shop.clock.advance(1_000);
  shop.world.people.cancel();
  shop.settle();
  shop.clock.advance(1_000);
}

/** What is asked of a terminal at its till; the answer does not matter. */
const tillAsks = (kind: string) => (shop: Shop) => {
  new TestTill(new ScriptedFace(shop.world), shop.clock).hear({ path: `/${kind}`, body: '12.80' }, 30_000);
};

describe('a fault that is in has struck when it has met its occasion, and not before', () => {
  test.each<[FaultRecord, (shop: Shop) => void, (shop: Shop) => void]>([
    [{ fault: 'platform.cancel-refused', when: 'now' }, sells, cancels],
    [{ fault: 'platform.answer-lost', method: 'alipay.trade.query' }, sells, (shop) => sells(shop, 'confirms')],
    [{ fault: 'platform.clock-skew', when: 'now' }, idles, sells],
    [{ fault: 'network.answer-lost', method: 'alipay.trade.cancel' }, sells, cancels],
    [{ fault: 'network.refused', when: 'now', for: 60_000 }, idles, sells],
    [{ fault: 'network.black-hole', when: 'now', for: 60_000 }, idles, sells],
    [{ fault: 'network.down', when: 'now', for: 60_000 }, idles, sells],
    [{ fault: 'network.expired-certificate', when: 'now', for: 60_000 }, idles, sells],
    [{ fault: 'scanner.misread' }, idles, sells],
    [{ fault: 'customer.refuses' }, idles, sells],
    [{ fault: 'operator.presses-twice', key: 'cancel' }, sells, cancels],
    [{ fault: 'till.reset', when: 'now' }, tillAsks('status'), tillAsks('sale')],
    [{ fault: 'printer.paper-near-end', when: { line: 3 } }, idles, sells],
    [{ fault: 'terminal.power-cut', when: { journal: 'cancel-intent' } }, sells, cancels],
  ])('%j', async (record, without, occasion) => {
    const shop = await openShop();
    const view = shop.world.faults.put(record);
    without(shop);
    expect(view.struckAtMs).toBeUndefined();
    const beforeMs = shop.clock.now();
    occasion(shop);
    expect(view.begun).toBe(true);
    expect(view.struckAtMs).toBeGreaterThanOrEqual(beforeMs);
    expect(view.struckAtMs).toBeLessThanOrEqual(shop.clock.now());
  });

  test.each<[FaultRecord, (line: LineBench) => void, (line: LineBench) => void]>([
    [{ fault: 'link.half-open', when: 'now' }, (line) => line.write('ab'), (line) => line.answer('c')],
    [{ fault: 'link.drop', every: 3 }, (line) => line.write('ab'), (line) => line.write('c')],
    [{ fault: 'link.wrong-baud' }, (line) => line.clock.advance(1_000), (line) => line.write('abc')],
    [{ fault: 'link.printer-lost', when: { byte: 4 } }, (line) => line.write('abc'), (line) => line.write('d')],
  ])('%j', (record, without, occasion) => {
    const line = new LineBench(record);
    const [view] = line.board.active();
    without(line);
    expect(view?.struckAtMs).toBeUndefined();
    occasion(line);
    expect(view?.struckAtMs).toBe(line.clock.now());
  });
});

describe('what changes nothing has not struck', () => {
  test.each<FaultRecord>([
    { fault: 'platform.answer-delayed', delayMs: 0 },
    { fault: 'operator.wrong-amount', factor: 1 },
    { fault: 'link.delay', delayMs: 0 },
    { fault: 'customer.leaves', when: 'now', reactionMs: 0 },
    { fault: 'operator.cancels', when: 'now', reactionMs: 0 },
    { fault: 'operator.skips-ticket', when: 'now', reactionMs: 0 },
  ])('%j', async (record) => {
    const shop = await openShop();
    const view = shop.world.faults.put(record);
    idles(shop);
    sells(shop);
    expect(view.begun).toBe(true);
    expect(view.struckAtMs).toBeUndefined();
  });
});
