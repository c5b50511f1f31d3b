import { Flash } from '../../../src/ground/flash.js';
import type { Sign } from '../../../src/till/hooks.js';
import { createNexoFace, type NexoFace } from '../../../src/till/nexo/face.js';
import type { NexoHooks, NexoOptions } from '../../../src/till/nexo/options.js';
import { Shelf } from '../../../src/till/shelf.js';
import { Shop, type ShopOptions } from '../../../src/till/shop.js';
import { createSimulation, type Simulation, type SimulationOptions } from '../../../src/world/simulated.js';
import { TestTill } from '../exchange.js';

export const SALE_TIME = '2026-11-26T04:00:00.000Z';

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to find, and fails where it is not.
export type Json = any;

/** What is heard at a URL for event notifications. */
export class Heard implements NexoHooks {
  readonly events: { readonly type: string; readonly message: Json }[] = [];

  /** Of each, says that it was taken. */
  readonly take: (() => void)[] = [];

  publish({ type, body }: { readonly type: string; readonly body: string }, _sign: Sign, heard = () => {}): void {
    this.events.push({ type, message: JSON.parse(body) });
    this.take.push(heard);
  }

  of(type: string): Json[] {
    return this.events.filter((event) => event.type === type).map(({ message }) => message);
  }
}

export interface Place extends Simulation {
  readonly face: NexoFace;
  readonly shop: Shop;
  readonly till: TestTill;
  readonly heard: Heard;
  readonly shelf: Flash;
  /** The body of the response to a message of this category, at `/nexo/`. */
  ask(category: string, body: object, more?: Asked): Json;
  /** A payment of so many yuan, as it is answered. */
  pay(yuan: number, serviceId: string, more?: Asked): Json;
  /** What became of a payment: the status response. */
  status(serviceId: string, more?: object): Json;
}

export interface Asked {
  readonly serviceId?: string;
  readonly saleId?: string;
  readonly path?: string;
  readonly withinMs?: number;
}

export async function place(
  options: Partial<NexoOptions> = {},
  { simulation, shop: shopOptions }: { simulation?: SimulationOptions; shop?: ShopOptions } = {},
): Promise<Place> {
  const made = await createSimulation(simulation);
  const { world, clock } = made;
  world.start();
  clock.advance(3_000);
  const shelf = new Flash(clock, {});
  const shop = new Shop([world], shopOptions);
  const heard = new Heard();
  const face = createNexoFace(shop, { shelf: new Shelf(shelf), hooks: heard, ...options });
  const till = new TestTill(face, clock, (fact, name, of, saleId) => {
    const counter = shop.counter(of.merchant.terminalId);
    if (fact === 'delivered') counter?.delivered(name, saleId);
    else counter?.lost(name, saleId);
  });
  const ask = (category: string, body: object, { path = '/nexo/', withinMs, ...who }: Asked = {}) => {
    const heard = till.ask({ path, json: message(category, body, who) }, withinMs);
    clock.advance(10); // What was noted of it is durable then.
    const answer = heard.body === '' ? {} : heard.json;
    return answer.SaleToPOIResponse?.[`${category}Response`] ?? answer;
  };
  return {
    ...made,
    face,
    shop,
    till,
    heard,
    shelf,
    ask,
    pay: (yuan, serviceId, more) => ask('Payment', paymentBody(yuan), { serviceId, ...more }),
    status: (serviceId, more = {}) =>
      ask('TransactionStatus', {
        MessageReference: { MessageCategory: 'Payment', SaleID: 'POS1', ServiceID: serviceId },
        ...more,
      }),
  };
}

let number = 0;

export function message(
  category: string,
  body: object,
  { serviceId = `S${++number}`, saleId = 'POS1' }: { serviceId?: string; saleId?: string } = {},
) {
  return {
    SaleToPOIRequest: {
      MessageHeader: {
        ProtocolVersion: '3.0',
        MessageClass: 'Service',
        MessageCategory: category,
        MessageType: 'Request',
        ServiceID: serviceId,
        SaleID: saleId,
        POIID: 'P400Plus-T01',
      },
      [`${category}Request`]: body,
    },
  };
}

export function paymentBody(yuan: number, more: object = {}) {
  return {
    SaleData: { SaleTransactionID: { TransactionID: '27908', TimeStamp: SALE_TIME } },
    PaymentTransaction: { AmountsReq: { Currency: 'CNY', RequestedAmount: yuan } },
    ...more,
  };
}

/** `message=…&refusalReason=…` as values by their names. */
export function fieldsOf(additional: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(additional));
}
