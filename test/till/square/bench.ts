import { Flash } from '../../../src/ground/flash.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import type { Custom } from '../../../src/till/counter.js';
import { Hooks } from '../../../src/till/hooks.js';
import { Shelf } from '../../../src/till/shelf.js';
import { Shop } from '../../../src/till/shop.js';
import { createSquareFace, type SquareOptions, signSquareEvent } from '../../../src/till/square/face.js';
import { prepareDevice, type SimulationOptions, simulate, simulatedPlatform } from '../../../src/world/simulated.js';
import type { World } from '../../../src/world/world.js';
import { MemoryCourier } from '../couriers.js';
import { type TestAnswer, type TestRequest, TestTill } from '../exchange.js';

const device = await prepareDevice('epson-tm-m30');

export const HEADERS = { authorization: 'Bearer EAAAtest', 'square-version': '2026-09-16' };

/** A terminal in a shop, with Square's cloud in front of it, in virtual time. */
export class Bench {
  readonly simulation;
  readonly clock;
  readonly world;
  others: readonly World[];
  readonly courier = new MemoryCourier();
  shelfFlash: Flash;
  readonly #options: Partial<SquareOptions>;
  readonly #custom: Custom | undefined;
  #hooks: Hooks;
  shop: Shop;
  face;
  till: TestTill;
  #key = 0;

  constructor(
    options: SimulationOptions = {},
    square: Partial<SquareOptions> & { custom?: Custom } = {},
    terminals = 1,
  ) {
    const { custom, ...rest } = square;
    this.simulation = simulate(device, { pacing: false, ...options });
    ({ clock: this.clock, world: this.world } = this.simulation);
    this.others = Array.from({ length: terminals - 1 }, (_, at) => {
      const merchant = { terminalId: `T0${at + 2}` };
      return simulate(device, {
        pacing: false,
        merchant,
        shared: { clock: this.clock, platform: simulatedPlatform(this.clock, options) },
        ...options,
      }).world.start();
    });
    this.#options = rest;
    this.#custom = custom;
    this.shelfFlash = new Flash(this.clock);
    this.world.start();
    this.clock.advance(2_000);
    ({ hooks: this.#hooks, shop: this.shop, face: this.face, till: this.till } = this.#open(this.shelfFlash));
  }

  /** The same as `restartCloud`, and what was on the shelf is gone. */
  loseShelf(): void {
    this.restartCloud(new Uint8Array(0));
  }

  /** The program is started again with the first terminal only. */
  forgetOthers(): void {
    this.others = [];
    this.restartCloud();
  }

  /** The program ends and is started again: what is on the shelf and in the journal is all that is left. */
  restartCloud(content = this.shelfFlash.read()): void {
    this.face.close();
    this.shop.close();
    this.till.close();
    this.#hooks.close();
    this.shelfFlash = new Flash(this.clock, { content });
    ({ hooks: this.#hooks, shop: this.shop, face: this.face, till: this.till } = this.#open(this.shelfFlash));
  }

  ask(method: string, path: string, json?: unknown): TestAnswer {
    const [bare = '', query = ''] = path.split('?');
    const request: TestRequest = {
      method,
      path: bare,
      query,
      headers: HEADERS,
      ...(json === undefined ? {} : { json }),
    };
    return this.till.ask(request);
  }

  get(path: string): TestAnswer {
    return this.ask('GET', path);
  }

  /** A new checkout of so many fen, answered with 200. */
  checkout(amount: number, more: Readonly<Record<string, unknown>> = {}, deviceId = 'T01') {
    const { status, json } = this.create(amount, more, deviceId);
    if (status !== 200) throw new Error(JSON.stringify(json));
    return json.checkout;
  }

  create(amount: number, more: Readonly<Record<string, unknown>> = {}, deviceId = 'T01'): TestAnswer {
    const checkout = { amount_money: { amount, currency: 'CNY' }, device_options: { device_id: deviceId }, ...more };
    return this.ask('POST', '/v2/terminals/checkouts', { idempotency_key: this.newKey(), checkout });
  }

  receipt(paymentId: string, more: Readonly<Record<string, unknown>> = {}): TestAnswer {
    const receipt_options = { payment_id: paymentId, print_only: true };
    const action = { device_id: 'T01', type: 'RECEIPT', receipt_options, ...more };
    return this.ask('POST', '/v2/terminals/actions', { idempotency_key: this.newKey(), action });
  }

  refund(paymentId: string, amount: number, deviceId = 'T01'): TestAnswer {
    const money = { amount, currency: 'CNY' };
    const refund = { payment_id: paymentId, amount_money: money, reason: 'Returned', device_id: deviceId };
    return this.ask('POST', '/v2/terminals/refunds', { idempotency_key: this.newKey(), refund });
  }

  /** `PENDING`, or with its reason: `CANCELED TIMED_OUT`. */
  state(kind: 'checkouts' | 'actions' | 'refunds', id: string): string {
    const { json } = this.get(`/v2/terminals/${kind}/${encodeURIComponent(id)}`);
    const { status, cancel_reason: reason } = json.checkout ?? json.action ?? json.refund;
    return reason === undefined ? status : `${status} ${reason}`;
  }

  /** The sale of a checkout. */
  saleOf(id: string): string {
    const saleId = this.shop.first.saleOf('square', id);
    if (saleId === undefined) throw new Error(`${id} has no sale`);
    return saleId;
  }

  /** Lets time go by until a checkout says so. */
  until(kind: 'checkouts' | 'actions' | 'refunds', id: string, state: string, withinMs = 600_000): void {
    const endMs = this.clock.now() + withinMs;
    while (this.state(kind, id) !== state) {
      if (this.clock.now() > endMs)
        throw new Error(`${id} is ${this.state(kind, id)} after ${withinMs} ms, not ${state}`);
      this.clock.advance(100);
    }
  }

  newKey(): string {
    this.#key++;
    return `key-${this.#key}`;
  }

  /** The tickets on the paper: which copy each was, by the journal, with how it ended. */
  tickets(saleId: string): string[] {
    const { prints = [] } = this.shop.first.facts(saleId) ?? {};
    return prints.map(
      ({ copy, result }) => `${copy === 0 ? 'original' : `copy ${copy}`} ${result?.outcome ?? 'printing'}`,
    );
  }

  #open(flash: Flash) {
    const { clock, world, courier } = this;
    const shelf = new Shelf(flash);
    const hooks = new Hooks({
      clock,
      random: seededRandom(7),
      shelf,
      courier,
      name: 'square.hooks',
      sign: signSquareEvent,
    });
    const shop = new Shop([world, ...this.others], this.#custom === undefined ? {} : { custom: this.#custom });
    const face = createSquareFace(shop, { shelf, hooks, courier, ...this.#options });
    const till = new TestTill(face, clock, (fact, name, noted, saleId) => {
      const counter = shop.counter(noted.merchant.terminalId);
      if (fact === 'delivered') counter?.delivered(name, saleId);
      else counter?.lost(name, saleId);
    });
    return { hooks, shop, face, till };
  }
}
