import { PaperjamError } from '../../base/errors.js';
import type { Clock } from '../../ports/clock.js';
import type { Random } from '../../ports/random.js';
import type { Counter } from '../counter.js';
import type { Hooks } from '../hooks.js';
import type { Shelf } from '../shelf.js';
import type { Shop } from '../shop.js';
import type { Call } from './call.js';
import { Events } from './events.js';
import { idFrom } from './ids.js';
import { Intents } from './intents.js';
import { type Reader, Readers } from './readers.js';
import { Refunds } from './refunds.js';
import { invalid, readerTrouble, StripeRefusal } from './refusal.js';
import { Sales } from './sales.js';
import { Steering } from './steering.js';
import { Views } from './views/views.js';

export interface CloudParts {
  readonly shop: Shop;
  readonly shelf: Shelf;
  readonly hooks: Hooks | undefined;
  readonly apiVersion: string;
}

/** The cloud between tills and terminals: what it keeps, what it shows, and which commands are on their way. */
export class Cloud {
  readonly shop: Shop;
  readonly shelf: Shelf;
  readonly clock: Clock;
  readonly random: Random;
  readonly sales: Sales;
  readonly intents: Intents;
  readonly refunds: Refunds;
  readonly readers: Readers;
  readonly events: Events;
  readonly views: Views;
  readonly steering: Steering;
  /** Terminals to which a command is on its way: one at a time. */
  readonly #held = new Set<string>();

  constructor({ shop, shelf, hooks, apiVersion }: CloudParts) {
    this.shop = shop;
    this.shelf = shelf;
    this.clock = shop.clock;
    this.random = shop.random.fork('stripe');
    this.sales = new Sales(shop);
    this.intents = new Intents(shelf, this.sales);
    this.refunds = new Refunds(shelf, this.sales);
    this.readers = new Readers(shelf, shop);
    this.events = new Events(this.clock, shelf, hooks, apiVersion);
    this.views = new Views(this.intents, this.refunds, this.readers, this.sales);
    this.steering = new Steering(shop);
  }

  /** An id for what this request makes: with an idempotency key always the same, so that a repeat finds it. */
  newId(prefix: string, call: Call, length?: number): string {
    return idFrom(prefix, `${prefix} of ${call.seed ?? this.random.digits(32)}`, length);
  }

  /** Runs a command to a reader to which no other is on its way. `release` is called once, when it has got there, or failed. */
  hold({ counter }: Reader, run: (release: () => void) => void): void {
    if (this.#held.has(counter.id)) throw readerTrouble('terminal_reader_busy');
    this.#held.add(counter.id);
    const release = () => void this.#held.delete(counter.id);
    try {
      run(release);
    } catch (error) {
      release();
      throw error;
    }
  }

  holds({ id }: Counter): boolean {
    return this.#held.has(id);
  }

  close(): void {
    this.steering.close();
  }
}

/** What the terminal refused, or what became of it, in Stripe's words. What is no refusal is thrown on. */
export function refusalFor(error: unknown): StripeRefusal {
  if (error instanceof StripeRefusal) return error;
  if (!(error instanceof PaperjamError)) throw error;
  switch (error.code) {
    case 'PJ_BUSY':
    case 'PJ_NOT_NOW':
      return readerTrouble('terminal_reader_busy');
    case 'PJ_TICKET_HELD':
      return readerTrouble('terminal_reader_busy', error.message);
    case 'PJ_PAPER_REQUIRED':
    case 'PJ_STORAGE_FULL':
    case 'PJ_STORAGE_FAILED':
    case 'PJ_JOURNAL_CHANGED':
      return readerTrouble('terminal_reader_hardware_fault', error.message);
    case 'PJ_POWER_CUT':
    case 'PJ_REVERSAL_LOST':
      return readerTrouble('terminal_reader_timeout');
    default:
      return invalid(error.message);
  }
}
