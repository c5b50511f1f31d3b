import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Flash } from '../../../src/ground/flash.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { deriveKeys, seal, unseal } from '../../../src/till/nexo/crypto.js';
import { createNexoFace } from '../../../src/till/nexo/face.js';
import { Secured } from '../../../src/till/nexo/secured.js';
import { Shelf } from '../../../src/till/shelf.js';
import { TestTill } from '../exchange.js';
import { type Json, message, type Place, paymentBody, place } from './kit.js';

/** The client library is CommonJS with a default, which Node and bundlers read differently. */
const { default: NexoCrypto } = createRequire(import.meta.url)(
  '@adyen/api-library/lib/src/security/nexoCrypto',
) as typeof import('@adyen/api-library/lib/src/security/nexoCrypto.js'); // require knows no types.
const KEY = { passphrase: 'mellon, speak friend', keyIdentifier: 'paperjam', keyVersion: 3 };
/** The same in the words of the client library. */
const SECURITY_KEY = {
  Passphrase: KEY.passphrase,
  KeyIdentifier: KEY.keyIdentifier,
  KeyVersion: KEY.keyVersion,
  AdyenCryptoVersion: 1,
};

/** What the client library would put on the wire. */
function sealed(text: string, key = SECURITY_KEY): Json {
  const { SaleToPOIRequest } = JSON.parse(text);
  return { SaleToPOIRequest: NexoCrypto.encrypt(SaleToPOIRequest.MessageHeader, text, key) };
}

function opened(body: string): Json {
  const { SaleToPOIResponse, SaleToPOIRequest } = JSON.parse(body);
  return JSON.parse(new NexoCrypto().decrypt(SaleToPOIResponse ?? SaleToPOIRequest, SECURITY_KEY));
}

function diagnosis(serviceId: string): string {
  return JSON.stringify(message('Diagnosis', {}, { serviceId }));
}

function send(shop: Place, json: unknown): Json {
  return shop.till.ask({ path: '/nexo/', json });
}

function rejected(shop: Place, json: unknown): string {
  const { SaleToPOIRequest } = send(shop, json).json;
  expect(SaleToPOIRequest.EventNotification.EventToNotify).toBe('Reject');
  return new URLSearchParams(SaleToPOIRequest.EventNotification.EventDetails).get('message') ?? '';
}

describe("the terminal's crypto and the client library's", () => {
  test('understand each other both ways, whatever the text', () => {
    const keys = deriveKeys(KEY.passphrase);
    const secured = new Secured(KEY, seededRandom(1), new Set<string>());
    const library = new NexoCrypto();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const theirs = NexoCrypto.encrypt({} as never, text, SECURITY_KEY);
        const { Nonce, Hmac } = theirs.SecurityTrailer;
        const parts = { blob: theirs.NexoBlob, nonce: Nonce, hmac: Hmac };
        const bytes = Object.fromEntries(
          Object.entries(parts).map(([name, value]) => [name, Buffer.from(value, 'base64')]),
        );
        expect(unseal(bytes as never, keys)).toBe(text);
        expect(JSON.parse(library.decrypt(secured.seal({ text }, {}) as never, SECURITY_KEY))).toEqual({ text });
      }),
      { numRuns: 3 }, // The library derives its keys anew for each message, which takes its time.
    );
  });

  test('a flipped bit anywhere is found', () => {
    const keys = deriveKeys('another');
    const whole = seal('{"amount": 12.80}', keys, Buffer.alloc(16, 7));
    fc.assert(
      fc.property(fc.constantFrom('blob' as const, 'hmac' as const, 'nonce' as const), fc.nat(511), (part, at) => {
        const bytes = Buffer.from(whole[part]);
        const bit = at % (bytes.length * 8);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(unseal({ ...whole, [part]: bytes }, keys)).toBeUndefined();
      }),
    );
    expect(unseal(whole, deriveKeys('wrong'))).toBeUndefined();
  });
});

describe('a terminal with a passphrase', () => {
  test('answers a sealed message with a sealed one, under a readable header', async () => {
    const shop = await place({ key: KEY });
    const answer = send(shop, sealed(JSON.stringify(message('Payment', paymentBody(12.8), { serviceId: '1' }))));
    expect(answer.json.SaleToPOIResponse.MessageHeader).toMatchObject({
      MessageCategory: 'Payment',
      MessageType: 'Response',
    });
    expect(answer.json.SaleToPOIResponse.SecurityTrailer).toMatchObject({
      KeyIdentifier: 'paperjam',
      KeyVersion: 3,
      AdyenCryptoVersion: 1,
    });
    expect(answer.body).not.toContain('12.8');
    expect(opened(answer.body).SaleToPOIResponse.PaymentResponse.Response.Result).toBe('Success');
    expect(shop.world.terminal.sales()).toHaveLength(1);
  });

  test('seals its rejections too', async () => {
    const shop = await place({ key: KEY });
    const abort = message('Abort', { AbortReason: 'x', MessageReference: { ServiceID: '9' } }, { serviceId: '2' });
    const { EventNotification } = opened(send(shop, sealed(JSON.stringify(abort))).body).SaleToPOIRequest;
    expect(EventNotification.EventDetails).toBe('message=There+is+no+message+POS1%2F9+to+abort');
  });

  test('takes no plain messages, unless that is allowed', async () => {
    const shop = await place({ key: KEY });
    expect(rejected(shop, message('Payment', paymentBody(1)))).toBe(
      'Crypto error: this terminal takes encrypted messages only',
    );
    expect(shop.world.terminal.sales()).toEqual([]);
    const lenient = await place({ key: { ...KEY, allowPlain: true } });
    expect(lenient.pay(1, '1').Response.Result).toBe('Success');
  });

  test('takes each message once', async () => {
    const shop = await place({ key: KEY });
    const json = sealed(JSON.stringify(message('Payment', paymentBody(12.8), { serviceId: '1' })));
    send(shop, json);
    expect(rejected(shop, json)).toBe('Crypto error: this message was received before');
    // The same message sealed anew is the till's own repetition, and has the same answer.
    const again = opened(
      send(shop, sealed(JSON.stringify(message('Payment', paymentBody(12.8), { serviceId: '1' })))).body,
    );
    expect(again.SaleToPOIResponse.PaymentResponse.Response.Result).toBe('Success');
    expect(shop.world.terminal.sales()).toHaveLength(1);
  });

  test('takes a message about money once also behind a restart, when nothing but a refusal came of it', async () => {
    const shop = await place({ key: KEY });
    const busy = shop.world.tills.site.onRequest(() => ({ busy: true }));
    const json = sealed(JSON.stringify(message('Payment', paymentBody(12.8), { serviceId: '1' })));
    expect(opened(send(shop, json).body).SaleToPOIResponse.PaymentResponse.Response.ErrorCondition).toBe('Busy');
    busy();
    shop.face.close();
    const shelf = new Shelf(new Flash(shop.clock, { content: shop.shelf.read() }));
    const till = new TestTill(createNexoFace(shop.shop, { shelf, key: KEY }), shop.clock);
    expect(till.ask({ path: '/nexo/', json }).body).toContain(
      'message=Crypto+error%3A+this+message+was+received+before',
    );
    shop.clock.advance(20_000);
    expect(shop.world.terminal.sales()).toEqual([]);
    const anew = sealed(JSON.stringify(message('Payment', paymentBody(12.8), { serviceId: '1' })));
    const { PaymentResponse } = opened(till.ask({ path: '/nexo/', json: anew }).body).SaleToPOIResponse;
    expect(PaymentResponse.Response.Result).toBe('Success');
  });

  test('begins nothing for a message whose number could not be kept, or was kept behind a power cut', async () => {
    const shop = await place({ key: KEY });
    const payment = (serviceId: string) => sealed(JSON.stringify(message('Payment', paymentBody(12.8), { serviceId })));
    const sent = shop.till.send({ path: '/nexo/', json: payment('1') });
    shop.world.powerCut();
    shop.clock.advance(20_000);
    expect(sent.heard).toEqual({ gone: 'reset' });
    shop.shelf.failSyncs(1);
    const { Response } = opened(send(shop, payment('2')).body).SaleToPOIResponse.PaymentResponse;
    expect(Response.ErrorCondition).toBe('DeviceOut');
    expect(shop.world.terminal.sales()).toEqual([]);
  });

  test('refuses what was changed, or sealed by another key, before anything is done', async () => {
    const shop = await place({ key: KEY });
    const text = JSON.stringify(message('Payment', paymentBody(12.8), { serviceId: '1' }));
    const { SaleToPOIRequest: good } = sealed(text);
    const changed = (more: object) => rejected(shop, { SaleToPOIRequest: { ...good, ...more } });
    const trailer = (more: object) => changed({ SecurityTrailer: { ...good.SecurityTrailer, ...more } });
    const broken = 'Crypto error: the message is not whole';
    expect(changed({ NexoBlob: `${good.NexoBlob.slice(0, 8)}AAAA${good.NexoBlob.slice(12)}` })).toBe(broken);
    expect(trailer({ Hmac: Buffer.alloc(32).toString('base64') })).toBe(broken);
    expect(trailer({ Hmac: '' })).toBe(broken);
    expect(trailer({ Nonce: Buffer.alloc(15).toString('base64') })).toBe(broken);
    expect(trailer({ KeyIdentifier: 'other' })).toBe('Crypto error: KeyIdentifier is not that of this terminal');
    expect(trailer({ KeyVersion: 2 })).toBe('Crypto error: KeyVersion 2 is not known; allowed: 3');
    expect(trailer({ AdyenCryptoVersion: 0 })).toBe('Crypto error: AdyenCryptoVersion 0 is not known; allowed: 1');
    expect(rejected(shop, sealed(text, { ...SECURITY_KEY, Passphrase: 'wrong' }))).toBe(broken);
    expect(changed({ MessageHeader: { ...good.MessageHeader, SaleID: 'POS2' } })).toBe(
      'Crypto error: the header is not that of the sealed message',
    );
    expect(changed({ SecurityTrailer: undefined })).toMatch(/^SaleToPOIRequest\.SecurityTrailer: /);
    expect(shop.world.terminal.sales()).toEqual([]);
    expect(opened(send(shop, { SaleToPOIRequest: good }).body).SaleToPOIResponse.PaymentResponse.Response.Result).toBe(
      'Success',
    );
  });

  test('is spoken to plainly by its cloud', async () => {
    const shop = await place({ key: KEY });
    expect(shop.pay(1, '1', { path: '/sync' }).Response.Result).toBe('Success');
  });
});

test('a terminal without one says that it has no key', async () => {
  const shop = await place();
  expect(rejected(shop, sealed(diagnosis('1')))).toBe('Crypto error: this terminal has no key for encrypted messages');
});
