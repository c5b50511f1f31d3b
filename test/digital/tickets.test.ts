import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTicket, SignedTickets } from '../../src/digital/tickets.js';
import type { DigitalTicket } from '../../src/ports/digital.js';

const KEY = generateKeyPairSync('ed25519').privateKey;
const TICKET: DigitalTicket = {
  orderNo: 'T0120260101080000976204',
  amountFen: 1_280,
  subject: '拿铁 Latte',
  merchant: '街角咖啡 Corner Cafe',
  terminalId: 'T01',
  tradeNo: '2026010122001000000000112345',
  paidAtMs: 1_767_225_605_000,
};

function tickets(url = 'https://corner.example/t/{orderNo}', utcOffsetMinutes = 480): SignedTickets {
  return new SignedTickets({ key: () => KEY, url, utcOffsetMinutes });
}

/** The longest that a configuration accepts: 120 characters beside the order number. */
const LONGEST = `https://corner.example/${'t'.repeat(97)}{orderNo}`;

describe('the URL of a digital ticket', () => {
  test('holds all that the ticket says, with the order number in clear, and is always the same', () => {
    const url = tickets().urlOf(TICKET);
    expect(url).toMatch(/^https:\/\/corner\.example\/t\/T0120260101080000976204\.[\w-]+\.[\w-]{86}$/);
    expect(url.length).toBeLessThan(240);
    expect(tickets().urlOf(TICKET)).toBe(url);
    expect(tickets().readUrl(url)).toEqual({ genuine: true, ticket: { ...TICKET, utcOffsetMinutes: 480 } });
  });

  test('can be checked by the public key alone', () => {
    const token = tickets().urlOf(TICKET).split('/').at(-1) ?? '';
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    expect(readTicket(token, publicKey)).toEqual({ genuine: false, wrong: 'signature' });
    const own = new SignedTickets({ key: () => privateKey, url: '{orderNo}', utcOffsetMinutes: 0 });
    expect(readTicket(own.urlOf(TICKET), publicKey)).toMatchObject({ genuine: true });
  });

  test('takes the first place in the address; where the order number stands again, it stays bare', () => {
    const shop = tickets('https://x.example/{orderNo}?no={orderNo}');
    const url = shop.urlOf(TICKET);
    expect(url).toMatch(/\?no=T0120260101080000976204$/);
    expect(shop.readUrl(url)).toMatchObject({ genuine: true });
    expect(shop.readUrl(url.replace('?no=T01', '?no=T02'))).toMatchObject({ genuine: false });
  });

  test('stays genuine when its page moves to another address', () => {
    const shop = tickets();
    const token = shop.urlOf(TICKET).split('/').at(-1) ?? '';
    shop.servedAt('http://127.0.0.1:7717/t/{orderNo}');
    expect(shop.read(token)).toMatchObject({ genuine: true });
    expect(shop.urlOf(TICKET)).toBe(`http://127.0.0.1:7717/t/${token}`);
  });

  test('is at most 300 characters of ASCII, whatever the sale; the amount, the time and the numbers are never cut', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 128 });
    const ticket = fc.record({
      orderNo: fc.stringMatching(/^[A-Za-z0-9]{12}\d{20}$/),
      amountFen: fc.integer({ min: 1, max: 5_000_000 }),
      subject: text,
      merchant: text,
      terminalId: fc.stringMatching(/^[A-Za-z0-9]{1,12}$/),
      tradeNo: fc.stringMatching(/^\d{28}$/),
      paidAtMs: fc.integer({ min: 0, max: 4_102_444_800_000 }),
    });
    fc.assert(
      fc.property(ticket, fc.constantFrom('https://corner.example/t/{orderNo}', LONGEST), (sale, address) => {
        const shop = tickets(address);
        const url = shop.urlOf(sale);
        expect(url.length).toBeLessThanOrEqual(300);
        expect(url).toMatch(/^[!-~]+$/);
        const reading = shop.readUrl(url);
        const { orderNo, amountFen, terminalId, tradeNo, paidAtMs } = sale;
        expect(reading).toMatchObject({ genuine: true, ticket: { orderNo, amountFen, terminalId, tradeNo, paidAtMs } });
        if (!reading.genuine) return;
        for (const name of ['merchant', 'subject'] as const) {
          const kept = reading.ticket[name];
          expect(sale[name].startsWith(kept.replace(/…$/, ''))).toBe(true);
        }
      }),
    );
  });

  test('a trade number that is a long text is left out before it makes the URL too long', () => {
    const shop = tickets(LONGEST);
    const reading = shop.readUrl(shop.urlOf({ ...TICKET, tradeNo: 'x'.repeat(64) }));
    expect(reading).toMatchObject({ genuine: true, ticket: { amountFen: 1_280 } });
    expect(reading.genuine && reading.ticket.tradeNo).toBeUndefined();
  });
});

describe('a forged ticket is found', () => {
  const url = tickets().urlOf(TICKET);

  test('by every character of the URL: each, changed to any other, is no genuine ticket', () => {
    const others = [...'ABCXYZabcxyz0189-_.~/%?#=&+ 街'];
    for (let at = 0; at < url.length; at++) {
      for (const other of others) {
        if (url[at] === other) continue;
        const changed = url.slice(0, at) + other + url.slice(at + 1);
        expect(tickets().readUrl(changed).genuine, `${other} at ${at}`).toBe(false);
      }
    }
  });

  test('when a character is missing, added, or two change places', () => {
    for (let at = 0; at < url.length; at++) {
      const [a = '', b = ''] = [url[at], url[at + 1]];
      expect(tickets().readUrl(url.slice(0, at) + url.slice(at + 1)).genuine).toBe(false);
      expect(tickets().readUrl(`${url.slice(0, at)}A${url.slice(at)}`).genuine).toBe(false);
      if (b !== '' && a !== b)
        expect(tickets().readUrl(url.slice(0, at) + b + a + url.slice(at + 2)).genuine).toBe(false);
    }
  });

  test('when it is anything at all', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => {
        expect(tickets().read(text).genuine).toBe(false);
      }),
    );
  });
});
