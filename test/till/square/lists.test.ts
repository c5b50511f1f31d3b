import { describe, expect, test } from 'vitest';
import type { Money } from '../../../src/till/square/records.js';
import { Bench } from './bench.js';

describe('a search', () => {
  test('finds the newest first, page by page, whatever comes in between', () => {
    const bench = new Bench();
    bench.world.powerOff(3_600_000);
    const ids = [1, 2, 3, 4, 5].map((fen) => {
      bench.clock.advance(1_000);
      return bench.checkout(fen).id;
    });
    const page = (cursor?: string) => bench.ask('POST', '/v2/terminals/checkouts/search', { limit: 2, cursor }).json;
    const first = page();
    bench.checkout(6);
    const second = page(first.cursor);
    const third = page(second.cursor);
    const found = [first, second, third].flatMap(({ checkouts }) => checkouts.map(({ id }: { id: string }) => id));
    expect(found).toEqual([...ids].reverse());
    expect(third).not.toHaveProperty('cursor');
  });

  test('takes what matches only: state, device, time, order', () => {
    const bench = new Bench();
    const { id } = bench.checkout(100);
    bench.until('checkouts', id, 'COMPLETED');
    bench.world.powerOff(3_600_000);
    const pending = bench.checkout(200).id;
    const search = (query: unknown) =>
      (bench.ask('POST', '/v2/terminals/checkouts/search', { query }).json.checkouts ?? []).map(
        (found: { id: string }) => found.id,
      );
    expect(search({ filter: { status: 'COMPLETED' } })).toEqual([id]);
    expect(search({ filter: { status: 'PENDING', device_id: 'device:T01' } })).toEqual([pending]);
    expect(search({ filter: { device_id: 'T02' } })).toEqual([]);
    expect(search({ sort: { sort_order: 'ASC' } })).toEqual([id, pending]);
    expect(search({ filter: { created_at: { end_at: '2025-12-31T00:00:00Z' } } })).toEqual([]);
    bench.clock.advance(25 * 3_600_000);
    expect(search({})).toEqual([]); // Without a time it is the last day.
    expect(search({ filter: { created_at: { start_at: '2026-01-01T00:00:00Z' } } })).toEqual([pending, id]);
  });

  test('refuses a cursor that is none, a limit and an order that are none', () => {
    const bench = new Bench();
    const code = (body: unknown) => bench.ask('POST', '/v2/terminals/actions/search', body).json.errors[0].code;
    expect(code({ cursor: 'rubbish' })).toBe('INVALID_CURSOR');
    expect(code({ limit: 0 })).toBe('VALUE_TOO_LOW');
    expect(code({ limit: 101 })).toBe('VALUE_TOO_HIGH');
    expect(code({ query: { sort: { sort_order: 'UP' } } })).toBe('INVALID_ENUM_VALUE');
    expect(code({ query: { filter: { created_at: { start_at: 'yesterday' } } } })).toBe('INVALID_TIME');
  });
});

describe('the list of payments', () => {
  test('has the sales of every protocol, and pages of them', () => {
    const bench = new Bench();
    bench.shop.first.open({ face: 'nexo', key: 'POS1/1', amountFen: 700 });
    bench.clock.advance(30_000);
    bench.world.people.sell(800, { customer: { behaviour: 'refuses' } });
    bench.clock.advance(30_000);
    const { id } = bench.checkout(900);
    bench.until('checkouts', id, 'COMPLETED');
    const { payments } = bench.get('/v2/payments').json;
    type Listed = { total_money: Money; status: string; application_details: { square_product: string } };
    const told = payments.map((one: Listed) => [
      one.total_money.amount,
      one.status,
      one.application_details.square_product,
    ]);
    expect(told).toEqual([
      [900, 'COMPLETED', 'TERMINAL_API'],
      [800, 'FAILED', 'OTHER'],
      [700, 'COMPLETED', 'OTHER'],
    ]);
    const first = bench.get('/v2/payments?limit=2&sort_order=ASC').json;
    expect(first.payments).toHaveLength(2);
    const second = bench.get(`/v2/payments?limit=2&sort_order=ASC&cursor=${first.cursor}`).json;
    expect([second.payments.length, second.payments[0].total_money.amount, second.cursor]).toEqual([1, 900, undefined]);
    expect(bench.get('/v2/payments?total=800').json.payments).toHaveLength(1);
    expect(bench.get('/v2/payments?location_id=LOTHER').json).toEqual({});
    expect(bench.get('/v2/payments?card_brand=VISA').json).toEqual({});
    expect(bench.get('/v2/payments?begin_time=2027-01-01T00:00:00Z').json).toEqual({});
    expect(bench.get('/v2/payments?limit=many').json.errors[0].field).toBe('limit');
  });

  test('has no payment for which nobody was asked yet, and none is final before it is', () => {
    const bench = new Bench({}, { custom: { behaviour: 'confirms', afterMs: 5_000 } });
    const { id } = bench.checkout(900);
    bench.clock.advance(500);
    expect(bench.get('/v2/payments').json).toEqual({});
    expect(bench.get(`/v2/payments/${bench.saleOf(id)}`).status).toBe(404);
    bench.clock.advance(2_000);
    expect(bench.get('/v2/payments').json.payments).toMatchObject([
      { status: 'PENDING', wallet_details: { status: 'AUTHORIZED' } },
    ]);
    expect(bench.till.notes).toEqual([]);
    bench.until('checkouts', id, 'COMPLETED');
    bench.get('/v2/payments');
    expect(bench.till.notes.at(-1)).toBe(`delivered ${bench.saleOf(id)}`);
  });
});

describe('devices', () => {
  test('are the terminals, with how they are', () => {
    const bench = new Bench();
    const { devices } = bench.get('/v2/devices').json;
    expect(devices).toMatchObject([
      {
        id: 'device:T01',
        attributes: { type: 'TERMINAL', name: 'Terminal T01', manufacturers_id: 'T01' },
        status: { category: 'AVAILABLE' },
      },
    ]);
    const category = () => bench.get('/v2/devices/device:T01').json.device.status.category;
    const out = bench.world.faults.put({ fault: 'printer.cover-open', when: 'now' });
    bench.clock.advance(2_000);
    expect(category()).toBe('NEEDS_ATTENTION');
    bench.world.faults.clear(out.id);
    bench.clock.advance(2_000);
    expect(category()).toBe('AVAILABLE');
    bench.world.powerOff(1_000);
    expect(category()).toBe('OFFLINE');
    expect(bench.get('/v2/devices/9fa747a2-25ff-48ee-b078-04381f7c828f').json.device.id).toBe('device:T01');
    expect(bench.get('/v2/devices/T77').status).toBe(404);
  });

  test('are paired by a code that somebody keys in', () => {
    const bench = new Bench();
    const device_code = { name: 'Counter 1', product_type: 'TERMINAL_API' };
    const body = { idempotency_key: 'pair', device_code };
    const made = bench.ask('POST', '/v2/devices/codes', body).json.device_code;
    expect(made).toMatchObject({ name: 'Counter 1', status: 'UNPAIRED', code: expect.stringMatching(/^[0-9A-Z]{6}$/) });
    bench.clock.advance(1_000);
    const paired = bench.get(`/v2/devices/codes/${made.id}`).json.device_code;
    expect([paired.status, paired.device_id]).toEqual(['PAIRED', 'T01']);
    expect(bench.ask('POST', '/v2/devices/codes', body).json.device_code).toEqual(paired);
    bench.restartCloud();
    expect(bench.get('/v2/devices/codes').json.device_codes).toEqual([paired]);
    expect(bench.get('/v2/devices/codes?status=UNPAIRED').json).toEqual({});
    const { components } = bench.get('/v2/devices/T01').json.device;
    expect(components[0].application_details.device_code_id).toBe(made.id);
  });
});

test('there is one location', () => {
  const bench = new Bench();
  const { locations } = bench.get('/v2/locations').json;
  expect(locations).toMatchObject([{ id: 'LPAPERJAM', name: '街角咖啡 Corner Cafe', currency: 'CNY', country: 'CN' }]);
  expect(bench.get('/v2/locations/main').json.location).toEqual(locations[0]);
  expect(bench.get('/v2/locations/L2').status).toBe(404);
});
