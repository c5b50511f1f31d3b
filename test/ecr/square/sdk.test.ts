import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Square, SquareClient, SquareError, WebhooksHelper } from 'square';
import { afterAll, describe, expect, test } from 'vitest';
import { serveFace } from '../../../src/ecr/face/serve.js';
import { createHttpCourier } from '../../../src/ecr/hooks/courier.js';
import { Flash } from '../../../src/ground/flash.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { Hooks } from '../../../src/till/hooks.js';
import { Shelf } from '../../../src/till/shelf.js';
import { Shop } from '../../../src/till/shop.js';
import { createSquareFace, signSquareEvent } from '../../../src/till/square/face.js';
import { createSimulation } from '../../../src/world/simulated.js';

/** A terminal on virtual time, which runs only while a till waits for an answer, behind a real socket. */
const { world, clock } = await createSimulation({ pacing: false });
world.start();
clock.advance(2_000);
const courier = createHttpCourier();
const shelf = new Shelf(new Flash(clock));
const hooks = new Hooks({ clock, random: seededRandom(3), shelf, courier, name: 'hooks', sign: signSquareEvent });
const shop = new Shop([world]);
const face = createSquareFace(shop, { shelf, hooks, courier, token: 'EAAAtest' });
let waiting = 0;
const busy = () => {
  waiting++;
  const turn = () => {
    if (waiting === 0) return;
    clock.advance(50);
    setImmediate(turn);
  };
  turn();
  return () => void waiting--;
};
const served = await serveFace(face, { what: 'Square', shop, token: undefined, busy });
const client = new SquareClient({ baseUrl: served.url, token: 'EAAAtest', maxRetries: 0 });
afterAll(async () => {
  await served.close();
  hooks.close();
  face.close();
  shop.close();
  world.close();
});

let keys = 0;
const key = () => `sdk-${++keys}`;
const fen = (amount: number): Square.Money => ({ amount: BigInt(amount), currency: 'CNY' });

async function checkout(amount: number, deviceId = 'T01'): Promise<string> {
  const { checkout: made } = await client.terminal.checkouts.create({
    idempotencyKey: key(),
    checkout: { amountMoney: fen(amount), deviceOptions: { deviceId }, note: 'Americano' },
  });
  expect(made?.status).toBe('PENDING');
  return made?.id ?? '';
}

/** Asks until it is over, as a till does. */
async function over<Thing extends { status?: string }>(
  ask: () => Promise<Thing | undefined>,
): Promise<Thing | undefined> {
  for (let asked = 0; asked < 5_000; asked++) {
    const thing = await ask();
    if (thing?.status === 'COMPLETED' || thing?.status === 'CANCELED') return thing;
  }
  throw new Error('it never ended');
}
const checkoutOver = (checkoutId: string) =>
  over(async () => (await client.terminal.checkouts.get({ checkoutId })).checkout);

describe('the unmodified SDK', () => {
  test('sells, finds the payment, prints a copy, and gives the money back', async () => {
    const checkoutId = await checkout(1_280);
    const done = await checkoutOver(checkoutId);
    expect(done?.status).toBe('COMPLETED');
    const [paymentId = ''] = done?.paymentIds ?? [];
    const { payment } = await client.payments.get({ paymentId });
    expect(payment).toMatchObject({ status: 'COMPLETED', totalMoney: fen(1_280), terminalCheckoutId: checkoutId });

    const { action } = await client.terminal.actions.create({
      idempotencyKey: key(),
      action: { deviceId: 'T01', type: 'RECEIPT', receiptOptions: { paymentId, printOnly: true, isDuplicate: true } },
    });
    const actionId = action?.id ?? '';
    const printed = await over(async () => (await client.terminal.actions.get({ actionId })).action);
    expect(printed?.status).toBe('COMPLETED');
    expect(shop.first.facts(paymentId)?.prints.map(({ copy }) => copy)).toEqual([0, 1]);

    const { refund } = await client.terminal.refunds.create({
      idempotencyKey: key(),
      refund: { paymentId, amountMoney: fen(1_280), reason: 'Returned', deviceId: 'T01' },
    });
    const terminalRefundId = refund?.id ?? '';
    const back = await over(async () => (await client.terminal.refunds.get({ terminalRefundId })).refund);
    expect(back).toMatchObject({ status: 'COMPLETED', refundId: `${paymentId}_refund` });
    expect((await client.refunds.get({ refundId: `${paymentId}_refund` })).refund?.status).toBe('COMPLETED');
  });

  test('sees a buyer who cancels, and cancels by itself', async () => {
    const canceled = await checkoutOver(await checkout(100, '841100b9-ee60-4537-9bcf-e30b2ba5e215'));
    expect([canceled?.status, canceled?.cancelReason]).toEqual(['CANCELED', 'BUYER_CANCELED']);
    const offline = await checkout(100, 'da40d603-c2ea-4a65-8cfd-f42e36dab0c7');
    const { checkout: given } = await client.terminal.checkouts.cancel({ checkoutId: offline });
    expect([given?.status, given?.cancelReason]).toEqual(['CANCELED', 'SELLER_CANCELED']);
    await expect(client.terminal.checkouts.cancel({ checkoutId: offline })).rejects.toMatchObject({
      statusCode: 400,
      errors: [{ category: 'INVALID_REQUEST_ERROR', code: 'INVALID_VALUE', field: 'status' }],
    });
    expect((await client.terminal.dismissTerminalCheckout({ checkoutId: offline })).checkout?.status).toBe('CANCELED');
  });

  test('reads lists page by page', async () => {
    const payments: (string | undefined)[] = [];
    for await (const payment of await client.payments.list({ limit: 1 })) payments.push(payment.id);
    expect(payments.length).toBeGreaterThan(0);
    const { checkouts } = await client.terminal.checkouts.search({
      query: { filter: { status: 'COMPLETED' } },
      limit: 1,
    });
    expect(checkouts).toHaveLength(1);
    const devices: (string | undefined)[] = [];
    for await (const device of await client.devices.list()) devices.push(device.id);
    expect(devices).toEqual(['device:T01']);
    expect((await client.locations.list()).locations?.map(({ currency }) => currency)).toEqual(['CNY']);
    const { deviceCode } = await client.devices.codes.create({
      idempotencyKey: key(),
      deviceCode: { productType: 'TERMINAL_API' },
    });
    expect((await client.devices.codes.get({ id: deviceCode?.id ?? '' })).deviceCode?.code).toMatch(/^\w{6}$/);
  });

  test('is refused with an error that it understands', async () => {
    const wrong = new SquareClient({ baseUrl: served.url, token: 'EAAAother', maxRetries: 0 });
    const error = await wrong.locations.list().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(SquareError);
    expect(error).toMatchObject({ statusCode: 401, errors: [{ code: 'UNAUTHORIZED' }] });
    const usd = { amountMoney: { amount: 100n, currency: 'USD' as const }, deviceOptions: { deviceId: 'T01' } };
    await expect(client.terminal.checkouts.create({ idempotencyKey: key(), checkout: usd })).rejects.toMatchObject({
      statusCode: 400,
      errors: [{ code: 'UNSUPPORTED_CURRENCY' }],
    });
  });

  test('is told by webhooks that its own helper believes', async () => {
    const heard: { body: string; signature: string }[] = [];
    const till = createServer(async (request: IncomingMessage, response) => {
      let body = '';
      for await (const chunk of request.setEncoding('utf8')) body += chunk;
      heard.push({ body, signature: String(request.headers['x-square-hmacsha256-signature']) });
      response.end();
    }).listen(0, '127.0.0.1');
    await once(till, 'listening');
    // An object of node's for a server on a port.
    const notificationUrl = `http://127.0.0.1:${(till.address() as AddressInfo).port}/hook`;
    try {
      const { subscription } = await client.webhooks.subscriptions.create({
        subscription: { name: 'till', eventTypes: ['terminal.checkout.updated'], notificationUrl },
      });
      await checkoutOver(await checkout(300));
      const tested = await client.webhooks.subscriptions.test({ subscriptionId: subscription?.id ?? '' });
      expect(tested.statusCode).toBe(200);
      const events = heard.map(({ body }) => JSON.parse(body).data.object.checkout?.status);
      expect(events).toContain('IN_PROGRESS');
      const [first] = heard;
      const signed = { signatureKey: subscription?.signatureKey ?? '', notificationUrl };
      const believed = (body: string) =>
        WebhooksHelper.verifySignature({ requestBody: body, signatureHeader: first?.signature ?? '', ...signed });
      expect(await believed(first?.body ?? '')).toBe(true);
      expect(await believed(`${first?.body} `)).toBe(false);
      await client.webhooks.subscriptions.delete({ subscriptionId: subscription?.id ?? '' });
    } finally {
      till.close();
    }
  });
});
