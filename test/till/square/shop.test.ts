import { expect, test } from 'vitest';
import { Flash } from '../../../src/ground/flash.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { Shelf } from '../../../src/till/shelf.js';
import { parseDurationMs } from '../../../src/till/square/duration.js';
import { newEventId, newId } from '../../../src/till/square/ids.js';
import { type Listed, pageOf } from '../../../src/till/square/page.js';
import { TASKS, type Task } from '../../../src/till/square/records.js';
import { Bench } from './bench.js';

test.each([
  ['PT10S', 10_000],
  ['PT5M', 300_000],
  ['PT1M30.5S', 90_500],
  ['P1DT2H', 93_600_000],
  ['P2W', 1_209_600_000],
  ['PT0.0015S', 1],
  ['P', undefined],
  ['PT', undefined],
  ['P1Y', undefined],
  ['PT5M ', undefined],
  ['-PT5M', undefined],
  ['5M', undefined],
] as const)('%s lasts %s ms', (text, ms) => {
  expect(parseDurationMs(text)).toBe(ms);
});

test('ids are of letters and digits, and events of another time have others', () => {
  expect(newId(seededRandom(1), 13)).toMatch(/^[0-9A-Za-z]{13}$/);
  expect(newEventId(seededRandom(1), 1_000)).not.toBe(newEventId(seededRandom(1), 1_001));
});

test('a page begins behind the last of the one before, in either order, at the same moment too', () => {
  const list: Listed<string>[] = ['a', 'b', 'c'].map((id) => ({ id, atMs: 5, thing: id }));
  for (const order of ['ASC', 'DESC'] as const) {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const paged = pageOf(list, { cursor, limit: 1, order });
      if (!('page' in paged)) throw new Error('refused');
      seen.push(...paged.page);
      ({ cursor } = paged);
    } while (cursor !== undefined);
    expect(seen.join('')).toBe(order === 'ASC' ? 'abc' : 'cba');
  }
});

test('a checkout that cannot be kept is not begun, and the same request is told so again', () => {
  const bench = new Bench();
  const checkout = { amount_money: { amount: 100, currency: 'CNY' }, device_options: { device_id: 'T01' } };
  const body = { idempotency_key: 'once', checkout };
  bench.shelfFlash.failSyncs(1);
  const { status, json } = bench.ask('POST', '/v2/terminals/checkouts', body);
  expect([status, json.errors[0].category, json.errors[0].code]).toEqual([500, 'API_ERROR', 'INTERNAL_SERVER_ERROR']);
  expect(bench.ask('POST', '/v2/terminals/checkouts', body).status).toBe(500);
  bench.clock.advance(30_000);
  expect(bench.world.platform?.ledger.trades()).toEqual([]);
});

test('a key that the journal has for another cloud is given to no new checkout', () => {
  const bench = new Bench();
  const first = bench.checkout(100);
  bench.until('checkouts', first.id, 'COMPLETED');
  bench.loseShelf(); // The same chance as at the first start, and nothing is known of what was.
  const second = bench.checkout(200);
  expect(second.id).not.toBe(first.id);
  bench.until('checkouts', second.id, 'COMPLETED');
  expect(bench.saleOf(second.id)).not.toBe(bench.saleOf(first.id));
});

test('what is kept is read back as it was', () => {
  const clock = new VirtualClock();
  const flash = new Flash(clock);
  const task: Task = {
    kind: 'checkout',
    key: 'k',
    of: 'f',
    terminalId: 'T01',
    asked: { amount_money: { amount: 1, currency: 'CNY' } },
    createdAtMs: 1,
    updatedAtMs: 2,
    deadlineMs: 3,
    status: 'CANCEL_REQUESTED',
    cancelAsked: true,
    amountFen: 1,
    tipFen: 0,
    saleId: 'T01x',
  };
  new Shelf(flash).put(TASKS, 'c1', task);
  clock.advance(1);
  expect(new Shelf(new Flash(clock, { content: flash.read() })).get(TASKS, 'c1')).toEqual(task);
});

test('two terminals work side by side, and each says what is its own', () => {
  const bench = new Bench({}, {}, 2);
  const [one, two] = ['T01', 'T02'].map((device) => bench.checkout(100, {}, device).id);
  bench.until('checkouts', one, 'COMPLETED');
  bench.clock.advance(3_000);
  expect(bench.state('checkouts', two)).toBe('COMPLETED');
  const payments = bench.get('/v2/payments').json.payments;
  const devices = payments.map(
    (payment: { device_details: { device_id: string } }) => payment.device_details.device_id,
  );
  expect(devices.sort()).toEqual(['T01', 'T02']);
  const [paymentId] = bench.get(`/v2/terminals/checkouts/${two}`).json.checkout.payment_ids;
  bench.clock.advance(20_000);
  expect(bench.refund(paymentId, 100, 'T01').json.errors[0]).toMatchObject({
    code: 'PAYMENT_NOT_REFUNDABLE',
    field: 'refund.device_id',
  });
  expect(bench.receipt(paymentId).status).toBe(404);
  const { id } = bench.refund(paymentId, 100, 'T02').json.refund;
  bench.until('refunds', id, 'COMPLETED', 20_000);
});
