import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encode } from 'fast-png';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServedFace, serveFace } from '../../../src/ecr/face/serve.js';
import { createHttpCourier } from '../../../src/ecr/hooks/courier.js';
import { Flash } from '../../../src/ground/flash.js';
import type { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { Hooks } from '../../../src/till/hooks.js';
import { Shelf } from '../../../src/till/shelf.js';
import { Shop } from '../../../src/till/shop.js';
import { createStripeFace } from '../../../src/till/stripe/face.js';
import type { TillFace } from '../../../src/till/wire.js';
import { createSimulation } from '../../../src/world/simulated.js';
import type { World } from '../../../src/world/world.js';

/** The vendor's client as it is, over a socket; behind the face a machine whose time goes by while somebody waits. */
let world: World;
let clock: VirtualClock;
let shop: Shop;
let face: TillFace;
let served: ServedFace;
let stripe: Stripe;
let reader: string;
let waiting = 0;
/** How much time goes by at a step of the machine while somebody waits. */
let stepMs = 20;

function pump(): void {
  if (waiting === 0) return;
  clock.advance(stepMs);
  setImmediate(pump);
}

beforeAll(async () => {
  const simulation = await createSimulation();
  world = simulation.world.start();
  clock = simulation.clock;
  clock.advance(1_000);
  shop = new Shop([world]);
  const shelf = new Shelf(new Flash(clock));
  const random = shop.random.fork('hooks');
  const hooks = new Hooks({ clock, random, shelf, courier: createHttpCourier(), name: 'stripe' });
  face = createStripeFace(shop, { shelf, hooks });
  const busy = () => {
    if (waiting++ === 0) setImmediate(pump);
    return () => void waiting--;
  };
  served = await serveFace(face, { what: 'Stripe', shop, busy });
  stripe = client();
  const { data } = await stripe.terminal.readers.list({ limit: 3 });
  reader = data[0]?.id ?? '';
});

afterAll(async () => {
  await served.close();
  face.close();
  shop.close();
  world.close();
});

function client(more: Partial<Stripe.StripeConfig> = {}): Stripe {
  return new Stripe('sk_test_paperjam', { host: '127.0.0.1', port: served.port, protocol: 'http', ...more });
}

const intentOf = (amount = 1280, more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({ amount, currency: 'cny', allowed_payment_method_types: ['card_present'], ...more });

const paid = () => world.platform?.ledger.trades().filter(({ state }) => state === 'TRADE_SUCCESS').length ?? 0;

/** The ticket of the sale before is out. */
const rest = () => clock.advance(15_000);

describe('the stripe client', () => {
  test('takes a payment', async () => {
    const before = paid();
    const intent = await intentOf(1280, { metadata: { order: '6735' } });
    expect(intent.lastResponse.requestId).toMatch(/^req_/);
    const sent = await stripe.terminal.readers.processPaymentIntent(reader, { payment_intent: intent.id });
    expect(sent.action?.status).toBe('in_progress');
    const shown = await stripe.testHelpers.terminal.readers.presentPaymentMethod(reader);
    expect(shown.action).toMatchObject({ status: 'succeeded', process_payment_intent: { payment_intent: intent.id } });
    const after = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
    expect(after).toMatchObject({
      status: 'succeeded',
      metadata: { order: '6735' },
      latest_charge: { object: 'charge', payment_method_details: { type: 'card_present', card_present: { reader } } },
    });
    expect(paid()).toBe(before + 1);
    rest();
  });

  test('hears of a decline, and of the reader’s errors, as it does from Stripe', async () => {
    const intent = await intentOf(1055);
    await stripe.terminal.readers.processPaymentIntent(reader, { payment_intent: intent.id });
    const { action } = await stripe.testHelpers.terminal.readers.presentPaymentMethod(reader);
    expect(action?.api_error).toMatchObject({ type: 'card_error', decline_code: 'incorrect_pin' });
    await expect(
      stripe.terminal.readers.processPaymentIntent(reader, { payment_intent: 'pi_nothing' }),
    ).rejects.toMatchObject({ type: 'StripeInvalidRequestError', code: 'resource_missing', statusCode: 404 });
    await expect(intentOf(1280, { currency: 'usd' })).rejects.toMatchObject({ param: 'currency' });
    const stranger = new Stripe('sk_live_other', { host: '127.0.0.1', port: served.port, protocol: 'http' });
    await expect(stranger.paymentIntents.list()).rejects.toMatchObject({ type: 'StripeAuthenticationError' });
    const [first, second] = await Promise.allSettled([
      stripe.terminal.readers.processPaymentIntent(reader, { payment_intent: (await intentOf()).id }),
      stripe.terminal.readers.processPaymentIntent(reader, { payment_intent: (await intentOf()).id }),
    ]);
    expect([first.status, second.status]).toContain('fulfilled');
    await stripe.terminal.readers.cancelAction(reader);
  });

  test('repeats by itself what was not answered, and pays once', async () => {
    const before = paid();
    const patient = client({ maxNetworkRetries: 2 });
    const intent = await intentOf();
    let lost = 0;
    const undo = world.tills.site.onRequest(({ kind }) => {
      if (kind === 'status' || lost++ % 2 === 1) return undefined;
      return { breaks: { delivered: true, how: 'reset' } };
    });
    const sent = await patient.terminal.readers.processPaymentIntent(reader, { payment_intent: intent.id });
    expect(sent.lastResponse.headers['idempotent-replayed']).toBe('true');
    const shown = await patient.testHelpers.terminal.readers.presentPaymentMethod(reader);
    expect(shown.action?.status).toBe('succeeded');
    undo();
    expect(lost).toBe(4);
    expect(paid()).toBe(before + 1);
    expect(world.terminal.sales().filter(({ till }) => till?.key.startsWith(intent.id))).toHaveLength(1);
    rest();
  });

  test('gives up after its own time-out, and finds out', async () => {
    const before = paid();
    const intent = await intentOf();
    const undo = world.tills.site.onRequest(({ kind }) =>
      kind === 'sale' ? { breaks: { delivered: true, how: 'silence' } } : undefined,
    );
    stepMs = 0.1; // A tenth of a second is not enough for the reader to give up.
    const hasty = client({ timeout: 100, maxNetworkRetries: 0 });
    await expect(
      hasty.terminal.readers.processPaymentIntent(reader, { payment_intent: intent.id }),
    ).rejects.toMatchObject({ type: 'StripeConnectionError' });
    stepMs = 20;
    undo();
    const { action } = await stripe.terminal.readers
      .retrieve(reader)
      .then((at) => ('deleted' in at ? { action: null } : at));
    expect(action).toMatchObject({ status: 'in_progress', process_payment_intent: { payment_intent: intent.id } });
    await stripe.testHelpers.terminal.readers.presentPaymentMethod(reader);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
    expect(paid()).toBe(before + 1);
    rest();
  });

  test('captures, cancels and refunds', async () => {
    const before = paid();
    const intent = await intentOf(1280, { capture_method: 'manual' });
    await stripe.terminal.readers.processPaymentIntent(reader, { payment_intent: intent.id });
    await stripe.testHelpers.terminal.readers.presentPaymentMethod(reader);
    expect((await stripe.paymentIntents.capture(intent.id)).amount_received).toBe(1280);
    rest();
    const refund = await stripe.refunds.create({ payment_intent: intent.id, reason: 'duplicate' });
    expect(refund).toMatchObject({ status: 'succeeded', amount: 1280 });
    await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    });
    const other = await intentOf();
    expect((await stripe.paymentIntents.cancel(other.id)).status).toBe('canceled');
    expect(paid()).toBe(before);
    rest();
  });

  test('walks through lists by itself, and through places, tokens and the display', async () => {
    const seen = new Set<string>();
    for await (const intent of stripe.paymentIntents.list({ limit: 2 })) seen.add(intent.id);
    expect(seen.size).toBeGreaterThan(4);
    const place = await stripe.terminal.locations.create({ display_name: 'HQ', address: { country: 'CN' } });
    const registered = await stripe.terminal.readers.create({ registration_code: 'simulated-wpe', location: place.id });
    expect(registered).toMatchObject({ id: reader, location: place.id });
    expect((await stripe.terminal.connectionTokens.create()).secret).toMatch(/^pst_test_/);
    const cart = { currency: 'cny', total: 1280, line_items: [{ amount: 1280, description: 'Tea', quantity: 1 }] };
    const shown = await stripe.terminal.readers.setReaderDisplay(reader, { type: 'cart', cart });
    expect(shown.action?.set_reader_display?.cart).toMatchObject(cart);
    const collected = await stripe.terminal.readers.collectInputs(reader, {
      inputs: [{ type: 'text', custom_text: { title: 'Name' } }],
    });
    expect(collected.action?.status).toBe('in_progress');
    const answered = await stripe.testHelpers.terminal.readers.succeedInputCollection(reader);
    expect(answered.action?.collect_inputs?.inputs[0]?.text?.value).toBe('text');
  });

  test('hears of it by webhook', async () => {
    const heard: { readonly body: string; readonly signature: string }[] = [];
    let told = () => {};
    const hook = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        heard.push({ body, signature: String(request.headers['stripe-signature']) });
        response.end();
        told();
      });
    });
    await new Promise<void>((listening) => hook.listen(0, '127.0.0.1', listening));
    // The port of a server that listens on TCP is in an AddressInfo.
    const { port } = hook.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/hook`;
    const endpoint = await stripe.webhookEndpoints.create({ url, enabled_events: ['payment_intent.created'] });
    const arrived = new Promise<void>((done) => {
      told = done;
    });
    const intent = await intentOf(990);
    await arrived;
    const [{ body, signature } = { body: '', signature: '' }] = heard;
    const event = stripe.webhooks.constructEvent(body, signature, endpoint.secret ?? '', 300, undefined, clock.now());
    expect(event).toMatchObject({ type: 'payment_intent.created', data: { object: { id: intent.id } } });
    expect((await stripe.webhookEndpoints.del(endpoint.id)).deleted).toBe(true);
    hook.close();
    hook.closeAllConnections();
  });

  test('prints a picture, as the documentation says it is done: a form with a file', async () => {
    const png = encode({ width: 32, height: 8, depth: 8, channels: 1, data: new Uint8Array(256) });
    const form = new FormData();
    form.set('type', 'image');
    form.set('image', new Blob([Buffer.from(png)], { type: 'image/png' }), 'receipt.png');
    const pieces = world.emulatedPrinter?.paper.pieces.length ?? 0;
    const response = await fetch(`${served.url}/v1/terminal/readers/${reader}/print_content`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_paperjam' },
      body: form,
    });
    expect(await response.json()).toMatchObject({ action: { type: 'print_content', status: 'in_progress' } });
    rest();
    const at = await stripe.terminal.readers.retrieve(reader);
    expect(at).toMatchObject({ action: { status: 'succeeded' } });
    expect(world.emulatedPrinter?.paper.pieces).toHaveLength(pieces + 1);
  });
});
