import { describe, expect, test } from 'vitest';
import { Flash } from '../../src/ground/flash.js';
import { seededRandom } from '../../src/ground/seeded-random.js';
import { VIRTUAL_EPOCH_MS, VirtualClock } from '../../src/ground/virtual-clock.js';
import { Hooks, type HooksParts, type Sign } from '../../src/till/hooks.js';
import { Shelf } from '../../src/till/shelf.js';
import { MemoryCourier } from './couriers.js';

const URL = 'http://till.example/hook';
const sign: Sign = (secret, url, body, atMs, eventId) => ({ signature: `${secret} ${url} ${body} ${atMs} ${eventId}` });
const event = (n: number, type = 'sale.opened') => ({ id: `e${n}`, type, body: `{"n":${n}}` });

function bench(options: Partial<HooksParts> = {}, content?: Uint8Array) {
  const clock = new VirtualClock();
  const courier = new MemoryCourier();
  const flash = new Flash(clock, content === undefined ? {} : { content });
  const shelf = new Shelf(flash);
  const hooks = new Hooks({ clock, random: seededRandom(1), shelf, courier, name: 'test', ...options });
  return { clock, courier, flash, shelf, hooks, elapsedMs: () => clock.now() - VIRTUAL_EPOCH_MS };
}

describe('deliveries of events', () => {
  test('set out at once, signed for this attempt, and never inside the call that publishes', () => {
    const { hooks, courier, clock } = bench();
    hooks.subscribe('a', URL, 'secret');
    hooks.publish(event(1), sign);
    expect(courier.attempts).toEqual([]);
    clock.advance(0);
    expect(courier.attempts).toMatchObject([
      {
        url: URL,
        headers: {
          'content-type': 'application/json',
          signature: `secret ${URL} {"n":1} ${VIRTUAL_EPOCH_MS} e1`,
        },
        body: '{"n":1}',
        timeoutMs: 10_000,
      },
    ]);
  });

  test('are heard of by who published them, once they are taken', () => {
    const { hooks, courier, clock } = bench();
    hooks.subscribe('a', URL, 's');
    let heard = 0;
    courier.answer = () => undefined;
    hooks.publish(event(1), sign, () => heard++);
    clock.advance(0);
    courier.attempts[0]?.end({ status: 500 });
    clock.advance(1_200);
    expect(heard).toBe(0);
    courier.attempts[1]?.end({ status: 200 });
    clock.advance(60_000);
    expect(heard).toBe(1);
  });

  test('keep their order: the next one waits until the one before was taken', () => {
    const { hooks, courier, clock } = bench();
    hooks.subscribe('a', URL, 's');
    courier.answer = () => undefined;
    for (let n = 1; n <= 3; n++) hooks.publish(event(n), sign);
    clock.advance(60_000);
    expect(courier.bodies).toEqual(['{"n":1}']);
    courier.attempts[0]?.end({ status: 500 });
    clock.advance(1_200);
    expect(courier.bodies).toEqual(['{"n":1}', '{"n":1}']);
    courier.answer = () => ({ status: 204 });
    courier.attempts[1]?.end({ status: 200 });
    courier.attempts[1]?.end({ status: 200 }); // Only the first word counts.
    clock.advance(0);
    expect(courier.bodies).toEqual(['{"n":1}', '{"n":1}', '{"n":2}', '{"n":3}']);
    expect(hooks.subscriptions()).toMatchObject([{ id: 'a', url: URL, waiting: 0, dropped: 0 }]);
  });

  test.each([{ status: 199 }, { status: 302 }, { status: 404 }, { status: 500 }, { failure: 'no answer in 10000 ms' }])(
    'are repeated after growing pauses when the answer is %j, without end',
    (result) => {
      const { hooks, courier, clock, elapsedMs } = bench({ retriesMs: [1_000, 5_000, 60_000] });
      hooks.subscribe('a', URL, 's');
      const atMs: number[] = [];
      courier.answer = () => {
        atMs.push(elapsedMs());
        return atMs.length < 6 ? result : { status: 200 };
      };
      hooks.publish(event(1), sign);
      clock.advance(400_000);
      const pausesMs = atMs.slice(1).map((ms, i) => ms - (atMs[i] ?? 0));
      expect(pausesMs).toHaveLength(5);
      for (const [i, leastMs] of [1_000, 5_000, 60_000, 60_000, 60_000].entries()) {
        expect(pausesMs[i]).toBeGreaterThanOrEqual(leastMs);
        expect(pausesMs[i]).toBeLessThanOrEqual(leastMs * 1.1);
      }
      expect(courier.attempts.at(-1)?.headers.signature).toContain(String(VIRTUAL_EPOCH_MS + (atMs.at(-1) ?? 0)));
    },
  );

  test('that fail say why, until one is taken', () => {
    const { hooks, courier, clock } = bench();
    hooks.subscribe('a', URL, 's');
    courier.answer = () => ({ status: 503 });
    hooks.publish(event(1), sign);
    clock.advance(0);
    expect(hooks.subscriptions()).toMatchObject([{ waiting: 1, lastFailure: 'it answered with status 503' }]);
    courier.answer = () => ({ failure: 'connect ECONNREFUSED' });
    clock.advance(1_200);
    expect(hooks.subscriptions()).toMatchObject([{ waiting: 1, lastFailure: 'connect ECONNREFUSED' }]);
    courier.answer = () => ({ status: 200 });
    clock.advance(6_000);
    expect(hooks.subscriptions()).toMatchObject([{ waiting: 0, lastFailure: undefined }]);
  });

  test('go to whoever has subscribed to their type, each at its own pace', () => {
    const { hooks, courier, clock } = bench();
    hooks.subscribe('all', 'http://all.example/', 's');
    hooks.subscribe('settled', 'http://settled.example/', 's', ['sale.settled']);
    courier.answer = ({ url }) => ({ status: url.includes('all') ? 500 : 200 });
    hooks.publish(event(1), sign);
    hooks.publish(event(2, 'sale.settled'), sign);
    hooks.publish(event(3, 'sale.settled'), sign);
    clock.advance(0);
    expect(courier.attempts.map(({ url, body }) => `${url} ${body}`)).toEqual([
      'http://all.example/ {"n":1}',
      'http://settled.example/ {"n":2}',
      'http://settled.example/ {"n":3}',
    ]);
  });

  test('survive a restart in the middle, in order, with the subscription, and are not repeated once taken', () => {
    const before = bench();
    before.hooks.subscribe('a', URL, 'secret', ['sale.opened']);
    for (let n = 1; n <= 4; n++) before.hooks.publish(event(n), sign);
    before.courier.answer = ({ body }) => (body === '{"n":1}' ? { status: 200 } : { status: 500 });
    before.clock.advance(100);
    before.hooks.close();
    before.clock.advance(100_000);
    expect(before.courier.bodies).toEqual(['{"n":1}', '{"n":2}']);

    const after = bench({ sign }, before.flash.read());
    after.clock.advance(0);
    expect(after.courier.bodies).toEqual(['{"n":2}', '{"n":3}', '{"n":4}']);
    expect(after.courier.attempts[0]?.headers.signature).toMatch(/^secret .* e2$/);
    after.hooks.publish(event(5), sign);
    after.hooks.publish(event(6, 'sale.ticket'), sign);
    after.clock.advance(0);
    expect(after.courier.bodies.slice(3)).toEqual(['{"n":5}']);

    const third = bench({ sign }, after.flash.read());
    third.clock.advance(100_000);
    expect(third.courier.bodies).toEqual([]);
  });

  test('of an earlier run wait for the first that is published when nobody can sign them before', () => {
    const before = bench();
    before.hooks.subscribe('a', URL, 's');
    before.courier.answer = () => ({ status: 500 });
    before.hooks.publish(event(1), sign);
    before.clock.advance(0);

    const { hooks, courier, clock } = bench({}, before.flash.read());
    clock.advance(100_000);
    expect(courier.bodies).toEqual([]);
    expect(hooks.subscriptions()).toMatchObject([{ waiting: 1 }]);
    hooks.publish(event(2), sign);
    clock.advance(0);
    expect(courier.bodies).toEqual(['{"n":1}', '{"n":2}']);
  });

  test('of which too many wait: the oldest is given up, and that is kept on record', () => {
    const { hooks, courier, clock, flash } = bench({ mostWaiting: 3 });
    hooks.subscribe('a', URL, 's');
    courier.answer = () => undefined;
    for (let n = 1; n <= 3; n++) hooks.publish(event(n), sign);
    clock.advance(0);
    for (let n = 4; n <= 5; n++) hooks.publish(event(n), sign);
    expect(courier.attempts.map(({ recalled }) => recalled)).toEqual([true]);
    courier.attempts[0]?.end({ status: 200 }); // Too late: it was given up.
    courier.answer = () => ({ status: 200 });
    clock.advance(0);
    expect(courier.bodies).toEqual(['{"n":1}', '{"n":3}', '{"n":4}', '{"n":5}']);
    expect(hooks.subscriptions()).toMatchObject([{ waiting: 0, dropped: 2 }]);
    expect(bench({ sign }, flash.read()).hooks.subscriptions()).toMatchObject([{ waiting: 0, dropped: 2 }]);
    expect(Buffer.from(flash.read()).toString()).toContain(
      '{"kind":"test.dropped","id":"a","value":{"count":2,"lastId":"e2","at":"2026-01-01T00:00:00.000Z"}}\n',
    );
  });
});

describe('a subscription', () => {
  test('that is ended gets nothing more, and leaves nothing on the shelf', () => {
    const { hooks, courier, clock, flash } = bench();
    hooks.subscribe('a', URL, 's');
    courier.answer = () => undefined;
    hooks.publish(event(1), sign);
    hooks.publish(event(2), sign);
    clock.advance(0);
    expect(hooks.unsubscribe('a')).toBe(true);
    expect(hooks.unsubscribe('a')).toBe(false);
    expect(courier.attempts[0]?.recalled).toBe(true);
    hooks.publish(event(3), sign);
    clock.advance(100_000);
    expect(courier.bodies).toEqual(['{"n":1}']);
    const after = bench({ sign }, flash.read());
    after.clock.advance(100_000);
    expect(after.hooks.subscriptions()).toEqual([]);
    expect(after.courier.bodies).toEqual([]);
  });

  test('that moves: what waits goes to the new address at once', () => {
    const { hooks, courier, clock } = bench({ retriesMs: [600_000] });
    hooks.subscribe('a', URL, 'old');
    courier.answer = ({ url }) => ({ status: url === URL ? 404 : 200 });
    hooks.publish(event(1), sign);
    clock.advance(0);
    hooks.subscribe('a', URL, 'old'); // As configured, once more: nothing changes.
    clock.advance(0);
    expect(courier.attempts).toHaveLength(1);
    hooks.subscribe('a', 'http://new.example/', 'new', ['sale.settled']);
    clock.advance(0);
    expect(courier.attempts.at(-1)).toMatchObject({ url: 'http://new.example/', body: '{"n":1}' });
    expect(courier.attempts.at(-1)?.headers.signature).toMatch(/^new /);
    hooks.publish(event(2), sign);
    clock.advance(0);
    expect(courier.bodies).toEqual(['{"n":1}', '{"n":1}']);
    expect(hooks.subscriptions()).toMatchObject([{ id: 'a', types: ['sale.settled'], waiting: 0 }]);
  });

  test('of another name on the same shelf is another one', () => {
    const { hooks, shelf, clock, courier } = bench();
    const other = new Hooks({ clock, random: seededRandom(2), shelf, courier, name: 'other', sign });
    hooks.subscribe('a', URL, 's');
    expect(other.subscriptions()).toEqual([]);
    other.publish(event(1), sign);
    clock.advance(0);
    expect(courier.attempts).toEqual([]);
  });
});
