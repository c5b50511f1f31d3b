import { saleIdIn } from '../ids.js';
import type { IntentState, Intents } from '../intents.js';
import type { Reader, Readers } from '../readers.js';
import type { Refund, Refunds } from '../refunds.js';
import { intentIdOf, type Sale, type Sales, wasPaid } from '../sales.js';
import type { Action, Intent } from '../store.js';
import { chargeView, methodView, refundView } from './charge.js';
import type { Whole } from './expand.js';
import { intentView } from './intent.js';
import { page } from './list.js';
import {
  type ActionState,
  actionView,
  locationView,
  paymentActionState,
  readerView,
  refundActionState,
} from './reader.js';

/** Is told of each sale whose end an answer shows. */
export type Telling = (sale: Sale) => void;

export const TELLS_NOBODY: Telling = () => {};

type View = Readonly<Record<string, unknown>>;

/** Everything as Stripe shows it, made anew from shelf and journals for each answer. */
export class Views {
  readonly #lastSeenMs = new Map<string, number>();

  constructor(
    readonly intents: Intents,
    readonly refunds: Refunds,
    readonly readers: Readers,
    readonly sales: Sales,
  ) {}

  intent(intent: Intent, tell: Telling): View {
    const state = this.intents.stateOf(intent);
    if (state.sale !== undefined) tell(state.sale);
    return intentView(intent, state);
  }

  /** `undefined`: the platform was never asked for this money, so there is no charge. */
  charge(sale: Sale, tell: Telling): View | undefined {
    if (!sale.facts.sent) return undefined;
    const intent = this.intents.find(intentIdOf(sale.facts));
    if (intent === undefined) return undefined;
    tell(sale);
    const { failure } = this.#stateOf(intent, sale);
    const captured = wasPaid(sale.facts) && (intent.captureMethod !== 'manual' || intent.capturedMs !== undefined);
    return chargeView(sale, { intent, failure, location: this.#locationOf(sale), captured });
  }

  refund(refund: Refund, tell: Telling): View {
    tell(refund.sale);
    return refundView(refund);
  }

  reader(reader: Reader, tell: Telling): View {
    const { counter, entry } = reader;
    if (counter.power === 'on') this.#lastSeenMs.set(counter.id, this.sales.shop.clock.now());
    const action = entry.action === null ? null : this.#action(entry.action, tell);
    return readerView(reader, this.readers.locationOf(reader), this.#lastSeenMs.get(counter.id) ?? null, action);
  }

  actionState(action: Action): ActionState {
    switch (action.type) {
      case 'process_payment_intent':
      case 'confirm_payment_intent': {
        const intent = this.intents.find(action.intent);
        return intent === undefined
          ? { status: 'failed' }
          : paymentActionState(this.intents.stateWith(intent, action.n));
      }
      case 'refund_payment':
        return refundActionState(this.#refundOf(action)?.status ?? 'failed');
      case 'set_reader_display':
        return { status: action.status };
      default:
        return { status: action.status, failure: action.failure };
    }
  }

  /** What `expand[]` puts in the place of ids. */
  whole(tell: Telling): Whole {
    return {
      object: (id) => this.#object(id, tell),
      hidden: (of, name) => {
        if (of.object !== 'charge' || name !== 'refunds') return undefined;
        const sale = this.sales.find(saleIdIn(String(of.id), 'ch') ?? '');
        const refunds = sale === undefined ? [] : this.refunds.of(sale);
        return page(`/v1/charges/${of.id}/refunds`, refunds, { limit: 100 }, (refund) => this.refund(refund, tell));
      },
    };
  }

  method(sale: Sale): View {
    return methodView(sale, this.#locationOf(sale));
  }

  #object(id: string, tell: Telling): View | undefined {
    const prefix = id.slice(0, id.indexOf('_'));
    switch (prefix) {
      case 'pi': {
        const intent = this.intents.find(id);
        return intent === undefined ? undefined : this.intent(intent, tell);
      }
      case 'ch': {
        const sale = this.sales.find(saleIdIn(id, 'ch') ?? '');
        return sale === undefined ? undefined : this.charge(sale, tell);
      }
      case 'pm': {
        const sale = this.sales.find(saleIdIn(id, 'pm') ?? '');
        return sale === undefined ? undefined : this.method(sale);
      }
      case 're':
        return this.sales.find(saleIdIn(id, 're') ?? '') === undefined
          ? undefined
          : this.refund(this.refunds.get(id), tell);
      case 'tmr': {
        const reader = this.readers.find(id);
        return reader === undefined ? undefined : this.reader(reader, tell);
      }
      case 'tml':
        return locationView(this.readers.location(id));
      default:
        return undefined;
    }
  }

  #action(action: Action, tell: Telling): object {
    const state = this.actionState(action);
    if (action.type === 'process_payment_intent' || action.type === 'confirm_payment_intent') {
      const intent = this.intents.find(action.intent);
      const sale = intent === undefined ? undefined : this.intents.stateWith(intent, action.n).sale;
      if (sale !== undefined) tell(sale);
    }
    return actionView(action, state, action.type === 'refund_payment' ? this.#refundOf(action) : undefined);
  }

  #refundOf({ saleId, nth }: { readonly saleId: string; readonly nth: number }): Refund | undefined {
    const sale = this.sales.find(saleId);
    return sale === undefined ? undefined : this.refunds.of(sale).find((refund) => refund.nth === nth);
  }

  #stateOf(intent: Intent, { facts }: Sale): IntentState {
    const n = Number(facts.till?.key.split('/').at(-1));
    return intent.attempts.length === 0 ? this.intents.stateOf(intent) : this.intents.stateWith(intent, n);
  }

  #locationOf({ counter }: Sale): string {
    return this.readers.locationOf(this.readers.of(counter));
  }
}
