import { Flash } from '../../../src/ground/flash.js';
import type { VirtualClock } from '../../../src/ground/virtual-clock.js';
import type { Courier } from '../../../src/till/courier.js';
import { Hooks } from '../../../src/till/hooks.js';
import { Shelf } from '../../../src/till/shelf.js';
import { Shop } from '../../../src/till/shop.js';
import { createStripeFace, type StripeOptions } from '../../../src/till/stripe/face.js';
import type { TillFace } from '../../../src/till/wire.js';
import { type PreparedDevice, prepareDevice, type SimulationOptions, simulate } from '../../../src/world/simulated.js';
import type { World } from '../../../src/world/world.js';
import { type TestAnswer, TestTill } from '../exchange.js';

let prepared: PreparedDevice | undefined;

/** Prepares the printer once for all benches of a file. */
export async function prepareBench(): Promise<void> {
  prepared ??= await prepareDevice('epson-tm-m30');
}

export interface BenchOptions extends SimulationOptions {
  readonly keys?: StripeOptions['keys'];
  readonly courier?: Courier;
}

/** A till that speaks Stripe's protocol, and a whole simulated shop behind the face. */
export class Bench {
  readonly world: World;
  readonly clock: VirtualClock;
  readonly shop: Shop;
  face!: TillFace;
  till!: TestTill;
  readonly options: BenchOptions;
  #storage: Flash;
  #key = 0;

  constructor(options: BenchOptions = {}) {
    if (prepared === undefined) throw new Error('prepareBench comes first');
    this.options = options;
    const { world, clock } = simulate(prepared, options);
    this.world = world.start();
    this.clock = clock;
    this.shop = new Shop([world]);
    this.#storage = new Flash(clock);
    this.#open();
    this.clock.advance(1_000);
  }

  #open(): void {
    const { clock, shop } = this;
    const { keys, courier } = this.options;
    const shelf = new Shelf(this.#storage);
    const hooks =
      courier === undefined
        ? undefined
        : new Hooks({ clock, random: shop.random.fork('hooks'), shelf, courier, name: 'stripe' });
    this.face = createStripeFace(shop, { shelf, hooks, keys });
    this.till = new TestTill(this.face, clock, (fact, name, _world, saleId) =>
      shop.whoseSale(saleId)?.[fact](name, saleId),
    );
  }

  /** The program is stopped, and started again: what the cloud keeps is what its shelf has. */
  restart(): void {
    this.till.close();
    this.face.close();
    this.#storage.cut('nothing');
    this.#storage = this.#storage.reopen();
    this.#open();
  }

  /** A form, and what is answered to it. */
  post(path: string, form = '', headers: Record<string, string> = {}): TestAnswer {
    return this.till.ask(this.request('POST', path, form, headers));
  }

  get(path: string, query = ''): TestAnswer {
    return this.till.ask({ ...this.request('GET', path), query });
  }

  del(path: string): TestAnswer {
    return this.till.ask(this.request('DELETE', path));
  }

  request(method: string, path: string, body = '', headers: Record<string, string> = {}) {
    const typed: Record<string, string> =
      method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
    return {
      method,
      path: `/v1${path}`,
      body,
      headers: { authorization: 'Bearer sk_test_paperjam', ...typed, ...headers },
    };
  }

  key(): Record<string, string> {
    this.#key += 1;
    return { 'idempotency-key': `key-${this.#key}` };
  }

  get reader(): string {
    return this.get('/terminal/readers').json.data[0].id;
  }

  intent(amount = 1280, more = ''): string {
    return this.post('/payment_intents', `amount=${amount}&currency=cny&payment_method_types[]=card_present${more}`)
      .json.id;
  }

  /** A PaymentIntent that waits at the reader for a code. */
  atReader(amount = 1280, more = ''): { readonly intent: string; readonly reader: string } {
    const { reader } = this;
    const intent = this.intent(amount, more);
    this.post(`/terminal/readers/${reader}/process_payment_intent`, `payment_intent=${intent}`);
    return { intent, reader };
  }

  present(reader: string, form = ''): TestAnswer {
    return this.post(`/test_helpers/terminal/readers/${reader}/present_payment_method`, form);
  }

  show(intent: string) {
    return this.get(`/payment_intents/${intent}`).json;
  }

  action(reader: string) {
    return this.get(`/terminal/readers/${reader}`).json.action;
  }

  /** How often the platform was paid, and still has the money. */
  get paid(): number {
    return this.world.platform?.ledger.trades().filter(({ state }) => state === 'TRADE_SUCCESS').length ?? 0;
  }

  close(): void {
    this.till.close();
    this.face.close();
    this.shop.close();
    this.world.close();
  }
}
