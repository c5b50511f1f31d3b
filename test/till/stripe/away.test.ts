import { afterEach, describe, expect, test } from 'vitest';
import { Flash } from '../../../src/ground/flash.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { Shelf } from '../../../src/till/shelf.js';
import { Shop } from '../../../src/till/shop.js';
import { createStripeFace } from '../../../src/till/stripe/face.js';
import { prepareDevice, simulate, simulatedPlatform } from '../../../src/world/simulated.js';
import type { World } from '../../../src/world/world.js';
import { TestTill } from '../exchange.js';

const device = await prepareDevice('epson-tm-m30');

/** A shop of several terminals whose program can be started again with fewer of them. */
class Fleet {
  readonly clock = new VirtualClock();
  readonly platform = simulatedPlatform(this.clock, {});
  readonly worlds = ['T01', 'T02'].map((terminalId, at) => {
    const shared = { clock: this.clock, platform: this.platform };
    return simulate(device, { seed: at + 1, merchant: { terminalId }, shared }).world.start();
  });
  readonly readers: readonly string[];
  #flash = new Flash(this.clock);
  #open = this.#opened(this.worlds);

  constructor() {
    this.clock.advance(1_000);
    this.readers = this.get('/terminal/readers').data.map(({ id }: { id: string }) => id);
  }

  restart(worlds: readonly World[]): void {
    this.close();
    this.#flash = new Flash(this.clock, { content: this.#flash.read() });
    this.#open = this.#opened(worlds);
  }

  close(): void {
    const { till, face, shop } = this.#open;
    till.close();
    face.close();
    shop.close();
  }

  post(path: string, body = '') {
    const headers = { authorization: 'Bearer sk_test_x', 'content-type': 'application/x-www-form-urlencoded' };
    return this.#open.till.ask({ path: `/v1${path}`, headers, body }).json;
  }

  get(path: string) {
    const headers = { authorization: 'Bearer sk_test_x' };
    return this.#open.till.ask({ method: 'GET', path: `/v1${path}`, headers }).json;
  }

  intent(): string {
    return this.post('/payment_intents', 'amount=1280&currency=cny&payment_method_types[]=card_present').id;
  }

  process(intent: string, at: number) {
    return this.post(`/terminal/readers/${this.readers[at]}/process_payment_intent`, `payment_intent=${intent}`);
  }

  present(at: number, form = ''): void {
    this.post(`/test_helpers/terminal/readers/${this.readers[at]}/present_payment_method`, form);
  }

  status(intent: string): string {
    return this.get(`/payment_intents/${intent}`).status;
  }

  get trades(): string[] {
    return this.platform.emulated.ledger.trades().map(({ state }) => state);
  }

  #opened(worlds: readonly World[]) {
    const shop = new Shop(worlds);
    const face = createStripeFace(shop, { shelf: new Shelf(this.#flash) });
    return { shop, face, till: new TestTill(face, this.clock) };
  }
}

let fleet: Fleet;
afterEach(() => {
  fleet.close();
  for (const world of fleet.worlds) world.close();
});

describe('of a payment whose terminal is not configured any more', () => {
  test('what was said stays true: it is paid, and nobody is charged again', () => {
    fleet = new Fleet();
    const intent = fleet.intent();
    fleet.process(intent, 1);
    fleet.present(1);
    expect(fleet.status(intent)).toBe('succeeded');
    fleet.clock.advance(20_000);
    fleet.restart(fleet.worlds.slice(0, 1));
    expect(fleet.status(intent)).toBe('succeeded');
    expect(fleet.process(intent, 0).error.code).toBe('intent_invalid_state');
    expect(fleet.post('/refunds', `payment_intent=${intent}`).error.code).toBe('terminal_reader_offline');
    fleet.restart(fleet.worlds);
    expect(fleet.status(intent)).toBe('succeeded');
    expect(fleet.post('/refunds', `payment_intent=${intent}`).status).toBe('succeeded');
    expect(fleet.trades).toEqual(['TRADE_CLOSED']);
  });

  test('nobody says how it ends while that is not known, and nobody tries it anew', () => {
    fleet = new Fleet();
    const intent = fleet.intent();
    fleet.process(intent, 1);
    fleet.restart(fleet.worlds.slice(0, 1));
    expect(fleet.status(intent)).toBe('processing');
    expect(fleet.process(intent, 0).error.code).toBe('terminal_reader_offline');
    expect(fleet.post(`/payment_intents/${intent}/cancel`).error.code).toBe('terminal_reader_offline');
    fleet.restart(fleet.worlds);
    fleet.present(1);
    expect(fleet.status(intent)).toBe('succeeded');
    expect(fleet.trades).toEqual(['TRADE_SUCCESS']);
  });

  test('one that is known to have failed is tried anew at another, under a number of its own', () => {
    fleet = new Fleet();
    const intent = fleet.intent();
    fleet.process(intent, 1);
    fleet.present(1, 'card_present[number]=4000000000009995');
    fleet.clock.advance(20_000);
    fleet.restart(fleet.worlds.slice(0, 1));
    expect(fleet.status(intent)).toBe('requires_payment_method');
    fleet.process(intent, 0);
    fleet.present(0);
    expect(fleet.status(intent)).toBe('succeeded');
    expect(fleet.worlds[0]?.terminal.sales()[0]?.till?.key).toBe(`${intent}/2`);
    expect(fleet.trades.filter((state) => state === 'TRADE_SUCCESS')).toHaveLength(1);
  });
});

describe('of a payment whose terminal has a damaged journal', () => {
  /** Rots the record that opened the sale, beyond what the chain can mend, and boots. */
  function damage(world: World): void {
    const lines = Buffer.from(world.readJournal()).toString().split('\n').slice(0, -1);
    const back = lines.length - 1 - lines.findIndex((line) => line.includes('sale-opened'));
    world.faults.put({ fault: 'terminal.journal-rot', back, bits: 3, when: 'now' });
    fleet.clock.advance(10);
    world.powerOff(0);
    fleet.clock.advance(5_000);
    expect(world.terminal.failure).toMatchObject({ code: 'PJ_JOURNAL_CHANGED' });
    expect(world.terminal.sales()).toEqual([]);
  }

  test('a payment that succeeded has succeeded, and so has the action of its reader', () => {
    fleet = new Fleet();
    const intent = fleet.intent();
    fleet.process(intent, 0);
    fleet.present(0);
    fleet.clock.advance(20_000);
    damage(fleet.worlds[0] as World); // There are two.
    expect(fleet.status(intent)).toBe('succeeded');
    expect(fleet.get(`/terminal/readers/${fleet.readers[0]}`).action.status).toBe('succeeded');
    expect(fleet.process(intent, 1).error.code).toBe('intent_invalid_state');
    expect(fleet.trades).toEqual(['TRADE_SUCCESS']);
  });

  test('one whose end is not known is processing, and is not tried at another', () => {
    fleet = new Fleet();
    const intent = fleet.intent();
    fleet.process(intent, 0);
    damage(fleet.worlds[0] as World);
    expect(fleet.status(intent)).toBe('processing');
    expect(fleet.process(intent, 1).error.code).toBe('terminal_reader_offline');
    expect(fleet.worlds[1]?.terminal.sales()).toEqual([]);
  });
});
