import { expect, test } from 'vitest';
import { Flash } from '../../../src/ground/flash.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { Shelf } from '../../../src/till/shelf.js';
import { Shop } from '../../../src/till/shop.js';
import { createStripeFace } from '../../../src/till/stripe/face.js';
import { prepareDevice, simulate, simulatedPlatform } from '../../../src/world/simulated.js';
import { TestTill } from '../exchange.js';

const device = await prepareDevice('epson-tm-m30');

test('several terminals are several readers: each has its own sales, and gives back only its own', () => {
  const clock = new VirtualClock();
  const shared = { clock, platform: simulatedPlatform(clock, {}) };
  const worlds = ['T01', 'T02'].map((terminalId, index) =>
    simulate(device, { seed: index + 1, merchant: { terminalId }, shared }).world.start(),
  );
  const shop = new Shop(worlds);
  const face = createStripeFace(shop, { shelf: new Shelf(new Flash(clock)) });
  const till = new TestTill(face, clock);
  clock.advance(1_000);
  const headers = { authorization: 'Bearer sk_test_x', 'content-type': 'application/x-www-form-urlencoded' };
  const post = (path: string, body = '') => till.ask({ path: `/v1${path}`, headers, body }).json;
  const get = (path: string) => till.ask({ method: 'GET', path: `/v1${path}`, headers }).json;

  const [first, second] = get('/terminal/readers').data;
  expect([first.serial_number, second.serial_number]).toEqual(['T01', 'T02']);
  const form = 'amount=1280&currency=cny&payment_method_types[]=card_present';
  const [a, b] = [post('/payment_intents', form).id, post('/payment_intents', form).id];
  post(`/terminal/readers/${first.id}/process_payment_intent`, `payment_intent=${a}`);
  const elsewhere = post(`/terminal/readers/${second.id}/process_payment_intent`, `payment_intent=${a}`);
  expect(elsewhere.error.code).toBe('intent_invalid_state');
  post(`/terminal/readers/${second.id}/process_payment_intent`, `payment_intent=${b}`);
  post(`/test_helpers/terminal/readers/${second.id}/present_payment_method`);
  expect([get(`/payment_intents/${a}`).status, get(`/payment_intents/${b}`).status]).toEqual([
    'processing',
    'succeeded',
  ]);
  clock.advance(10_000);
  const wrong = post(`/terminal/readers/${first.id}/refund_payment`, `payment_intent=${b}`);
  expect(wrong.error.message).toContain(second.id);
  expect(post('/refunds', `payment_intent=${b}`).status).toBe('succeeded');
  expect(worlds.map(({ terminal }) => terminal.sales().map(({ payment }) => payment))).toEqual([
    ['unknown'],
    ['reversed'],
  ]);
  // Registered one after the other, as scripts for the test mode do.
  expect(post('/terminal/readers', 'registration_code=simulated-wpe').id).toBe(first.id);
  expect(post('/terminal/readers', 'registration_code=simulated-wpe').id).toBe(second.id);
  face.close();
  shop.close();
  for (const world of worlds) world.close();
});
