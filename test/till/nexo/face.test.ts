import { describe, expect, test } from 'vitest';
import { Flash } from '../../../src/ground/flash.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { createNexoFace } from '../../../src/till/nexo/face.js';
import { Shelf } from '../../../src/till/shelf.js';
import { Shop } from '../../../src/till/shop.js';
import { createSimulation, simulatedPlatform } from '../../../src/world/simulated.js';
import type { World } from '../../../src/world/world.js';
import { TestTill } from '../exchange.js';
import { type Json, message, paymentBody, place } from './kit.js';

const HEADER = message('Diagnosis', {}, { serviceId: '1' }).SaleToPOIRequest.MessageHeader;

describe('what is no message comes back as an event Reject', () => {
  const CASES: readonly [what: string, body: string, details: string][] = [
    ['nothing', '', 'The body is no JSON with a SaleToPOIRequest'],
    ['garbage', '{"SaleTo', 'The body is no JSON with a SaleToPOIRequest'],
    ['other JSON', '[1]', 'The body is no JSON with a SaleToPOIRequest'],
    ['no header', '{"SaleToPOIRequest":{}}', 'POIID  is not known; allowed: P400Plus-T01'],
    ['another terminal', request({ POIID: 'V400m-1' }), 'POIID V400m-1 is not known; allowed: P400Plus-T01'],
    ['no number', request({ ServiceID: undefined }), 'MessageHeader.ServiceID is wanting'],
    [
      'a long number',
      request({ ServiceID: '12345678901' }),
      'MessageHeader.ServiceID: must be 1 to 10 letters or digits (given: "12345678901")',
    ],
    ['an old protocol', request({ ProtocolVersion: '2.1' }), 'ProtocolVersion 2.1 is not spoken here; allowed: 3.0'],
    ['an unknown category', request({ MessageCategory: 'Dance' }), 'MessageCategory Dance is not known'],
    ['an event', request({ MessageCategory: 'Event' }), 'MessageCategory Event is not known'],
  ];
  test('which says what is wrong, and brings the message back', async () => {
    const shop = await place();
    for (const [what, body, details] of CASES) {
      for (const path of ['/nexo/', '/nexo', '/sync', '/async']) {
        const answer = shop.till.ask({ path, body });
        expect(answer.status).toBe(200);
        const { EventNotification, MessageHeader } = answer.json.SaleToPOIRequest;
        expect([what, new URLSearchParams(EventNotification.EventDetails).get('message')]).toEqual([what, details]);
        expect(EventNotification.EventToNotify).toBe('Reject');
        expect(Buffer.from(EventNotification.RejectedMessage ?? '', 'base64').toString()).toBe(body);
        expect(MessageHeader).toMatchObject({
          MessageClass: 'Event',
          MessageCategory: 'Event',
          MessageType: 'Notification',
          ProtocolVersion: '3.0',
        });
      }
    }
  });

  function request(header: object): string {
    return JSON.stringify({ SaleToPOIRequest: { MessageHeader: { ...HEADER, ...header }, DiagnosisRequest: {} } });
  }
});

test('a category that a card terminal has and this one has not is an UnavailableService', async () => {
  const shop = await place();
  for (const category of ['Loyalty', 'StoredValue', 'BalanceInquiry', 'Admin', 'Batch', 'PIN', 'Sound', 'Transmit']) {
    expect(shop.ask(category, {}).Response).toEqual({
      Result: 'Failure',
      ErrorCondition: 'UnavailableService',
      AdditionalResponse: `message=${category}%20is%20not%20available%20on%20this%20terminal`,
    });
  }
});

describe('the places', () => {
  test('other places and other methods are refused in the shape of the errors of the cloud', async () => {
    const shop = await place();
    expect(shop.till.ask({ path: '/other', body: '{}' })).toMatchObject({
      status: 404,
      body: '{"status":404,"errorCode":"000","message":"there is nothing at /other","errorType":"validation"}',
    });
    expect(shop.till.ask({ path: '/sync', method: 'GET' }).json.message).toBe('GET is not possible; allowed: POST');
    expect(shop.face.refuse(413, 'the body is too long')).toMatchObject({
      status: 413,
      body: expect.stringContaining('"the body is too long"'),
    });
  });

  test('plain messages want the key, if there is one', async () => {
    const shop = await place({ apiKey: 'AQE-secret' });
    const json = message('Diagnosis', {});
    expect(shop.till.ask({ path: '/sync', json })).toMatchObject({
      status: 401,
      body: expect.stringContaining('"errorType":"security"'),
    });
    expect(shop.till.ask({ path: '/async', json, headers: { 'x-api-key': 'AQE' } }).status).toBe(401);
    expect(shop.till.ask({ path: '/sync', json, headers: { 'x-api-key': 'AQE-secret' } }).status).toBe(200);
    expect(shop.till.ask({ path: '/nexo/', json }).json.message).toBe(
      'X-API-Key is not the right one, and the message is not encrypted',
    );
    expect(shop.till.ask({ path: '/nexo/', json, headers: { 'x-api-key': 'AQE-secret' } }).status).toBe(200);
  });

  test('/async says ok at once; what the terminal says comes as a notification', async () => {
    const shop = await place();
    const answer = shop.till.ask({ path: '/async', json: message('Payment', paymentBody(12.8), { serviceId: '1' }) });
    expect([answer.status, answer.body]).toEqual([200, 'ok']);
    expect(shop.heard.of('PaymentResponse')).toEqual([]);
    const told: string[] = [];
    shop.world.tills.watch(({ payment }) => told.push(payment));
    shop.clock.advance(20_000);
    const [{ SaleToPOIResponse }] = shop.heard.of('PaymentResponse');
    expect(SaleToPOIResponse.MessageHeader).toMatchObject({ ServiceID: '1', MessageCategory: 'Payment' });
    expect(SaleToPOIResponse.PaymentResponse.Response.Result).toBe('Success');
    expect(told).toEqual(['paid']);
    const delivery = () => shop.world.terminal.sales()[0]?.delivery;
    expect(delivery()).not.toBe('delivered');
    for (const take of shop.heard.take) take();
    shop.clock.advance(10);
    expect(delivery()).toBe('delivered');
  });

  test('/async to a terminal that loses its power ends with a Reject, and the status tells the rest', async () => {
    const shop = await place();
    shop.till.ask({ path: '/async', json: message('Payment', paymentBody(12.8), { serviceId: '1' }) });
    shop.clock.advance(1_030);
    shop.world.powerOff(1_000);
    shop.clock.advance(120_000);
    expect(shop.heard.of('PaymentResponse')).toEqual([]);
    const rejects = shop.heard
      .of('Event')
      .filter((event: Json) => event.SaleToPOIRequest.EventNotification.EventToNotify === 'Reject');
    expect(rejects).toHaveLength(1);
    expect(shop.status('1').Response.Result).toBe('Success');
  });

  test('a terminal that is busy with something else says so in the words of each category', async () => {
    const shop = await place();
    shop.world.tills.site.onRequest(() => ({ busy: true }));
    expect(shop.pay(1, '1')).toMatchObject({ Response: { ErrorCondition: 'Busy' }, SaleData: {} });
    expect(shop.ask('Print', {})).toMatchObject({
      DocumentQualifier: 'Document',
      Response: { ErrorCondition: 'Busy' },
    });
    expect(shop.ask('Abort', {}).SaleToPOIRequest.EventNotification.EventDetails).toBe(
      'message=Forbidden+Request%2C+the+terminal+is+busy',
    );
  });
});

test('several terminals behind one port are told apart by POIID', async () => {
  const first = await createSimulation();
  const worlds = [first.world];
  const shop = new Shop(worlds);
  const face = createNexoFace(shop, {
    shelf: new Shelf(new Flash(first.clock)),
    poiId: (terminalId) => `V400m-${terminalId}`,
  });
  first.world.start();
  first.clock.advance(3_000);
  const till = new TestTill(face, first.clock);
  const json = (POIID: string) => ({ SaleToPOIRequest: { MessageHeader: { ...HEADER, POIID }, DiagnosisRequest: {} } });
  expect(
    till.ask({ path: '/nexo/', json: json('V400m-T01') }).json.SaleToPOIResponse.DiagnosisResponse.Response.Result,
  ).toBe('Success');
  expect(till.ask({ path: '/nexo/', json: json('P400Plus-T01') }).body).toContain('allowed%3A+V400m-T01');
});

test('the same payment at two terminals is made once; another one may have the same number there', async () => {
  const clock = new VirtualClock();
  const platform = simulatedPlatform(clock, {});
  const worlds: World[] = [];
  for (const terminalId of ['T01', 'T02']) {
    const { world } = await createSimulation({ merchant: { terminalId }, shared: { clock, platform } });
    world.start();
    worlds.push(world);
  }
  clock.advance(3_000);
  const face = createNexoFace(new Shop(worlds), { shelf: new Shelf(new Flash(clock)) });
  const till = new TestTill(face, clock);
  const pay = (terminalId: string, yuan: number, serviceId: string) => {
    const json = message('Payment', paymentBody(yuan), { serviceId });
    json.SaleToPOIRequest.MessageHeader.POIID = `P400Plus-${terminalId}`;
    return { path: '/nexo/', json };
  };
  const ask = (terminalId: string, yuan: number, serviceId: string) =>
    till.ask(pay(terminalId, yuan, serviceId)).json.SaleToPOIResponse.PaymentResponse.Response;
  till.send(pay('T01', 12.8, '1'));
  const refused = ask('T02', 12.8, '1');
  expect(refused.ErrorCondition).toBe('NotAllowed');
  expect(new URLSearchParams(refused.AdditionalResponse).get('message')).toBe(
    'ServiceID 1 was used for the same payment at the terminal T01; ask for its status there',
  );
  clock.advance(20_000);
  expect(ask('T02', 12.8, '1')).toEqual(refused);
  expect(ask('T02', 3, '1').Result).toBe('Success');
  expect(ask('T01', 1.24, '2').ErrorCondition).toBe('Refusal');
  expect(ask('T02', 1.24, '2').ErrorCondition).toBe('Refusal');
  expect(worlds[0]?.platform?.ledger.trades()).toHaveLength(2); // The platform is that of both.
});

test('what a request is about is known before anything is done: kind, terminal, and whether the cloud is between', async () => {
  const shop = await place();
  const look = (path: string, category: string) =>
    shop.face.look({ method: 'POST', path, query: '', headers: {}, body: JSON.stringify(message(category, {})) });
  const kinds = ['Payment', 'TransactionStatus', 'Abort', 'Reversal', 'Print', 'Login'].map(
    (one) => look('/nexo/', one).kind,
  );
  expect(kinds).toEqual(['sale', 'status', 'abort', 'reversal', 'print', 'other']);
  expect(look('/nexo/', 'Payment')).toMatchObject({ world: shop.world, cloud: false });
  expect(look('/sync', 'Payment')).toMatchObject({ world: shop.world, cloud: true });
  expect(look('/elsewhere', 'Payment')).toEqual({ kind: 'other', world: undefined });
});
