import { z } from 'zod';
import type { Undo } from '../../ports/undo.js';
import { isOfSale, type JournalRecord } from '../../terminal/journal/record.js';
import { isSettled } from '../../world/settled.js';
import type { Counter } from '../counter.js';
import type { Hooks } from '../hooks.js';
import type { Shelf, ShelfKind } from '../shelf.js';
import { factsAround } from './facts-at.js';
import type { JournalReader } from './journal-reader.js';
import { signStandard } from './standard-webhooks.js';
import { saleView } from './views.js';

/** What subscribers can be told of. */
export const HOOK_TYPES = [
  'sale.opened',
  'sale.payment',
  'sale.ticket',
  'sale.settled',
  'terminal.booted',
  'terminal.out-of-service',
] as const;
export type HookType = (typeof HOOK_TYPES)[number];

const POSITION: ShelfKind<{ readonly seq: number }> = {
  name: 'api.published',
  schema: z.strictObject({ seq: z.int() }),
};

/**
 * Tells subscribers what a terminal's journal says, as it becomes durable. How far it has come is kept, so that what was
 * written while this process was away, or in the moment in which it ended, is told at the next start. The same event has
 * the same id then.
 */
export class Notifier {
  readonly #counter: Counter;
  readonly #reader: JournalReader;
  readonly #shelf: Shelf;
  readonly #hooks: Hooks;
  readonly #unwatch: Undo;

  constructor(parts: { counter: Counter; reader: JournalReader; shelf: Shelf; hooks: Hooks }) {
    const { counter, reader, shelf, hooks } = parts;
    this.#counter = counter;
    this.#reader = reader;
    this.#shelf = shelf;
    this.#hooks = hooks;
    const published = shelf.get(POSITION, counter.id)?.seq;
    if (published !== undefined && this.#isHeard()) {
      for (const record of reader.after(published, Number.POSITIVE_INFINITY)) this.#tell(record);
    }
    this.#unwatch = counter.world.watch({
      record: (record) => this.#isHeard() && this.#tell(record),
      failed: (error) => this.#outOfService(error),
    });
  }

  /** Whoever subscribes now hears what comes from now on. */
  begin(): void {
    if (!this.#isHeard()) this.#shelf.put(POSITION, this.#counter.id, { seq: this.#reader.lastSeq });
  }

  close(): void {
    this.#unwatch();
  }

  #isHeard(): boolean {
    return this.#hooks.subscriptions().length > 0;
  }

  #tell(record: JournalRecord): void {
    const { id } = this.#counter;
    for (const { type, data } of this.#eventsOf(record)) {
      this.#publish(`${id}-${record.seq}-${type}`, type, record.at, data);
    }
    this.#shelf.put(POSITION, id, { seq: record.seq });
  }

  #eventsOf(record: JournalRecord): { readonly type: HookType; readonly data: object }[] {
    if (record.kind === 'boot') return [{ type: 'terminal.booted', data: { found: record.found } }];
    const around = isOfSale(record) ? factsAround(this.#counter.world, record) : undefined;
    if (around === undefined) return [];
    const { before, after } = around;
    const types: HookType[] = [];
    if (before === undefined) types.push('sale.opened');
    else {
      if (before.payment !== after.payment || before.unresolved !== after.unresolved) types.push('sale.payment');
      if (before.ticket !== after.ticket && after.ticket !== 'pending') types.push('sale.ticket');
      if (!isSettled(before) && isSettled(after)) types.push('sale.settled');
    }
    return types.map((type) => ({ type, data: { sale: saleView(after) } }));
  }

  /** There may be no record of it: the journal itself may be what fails. */
  #outOfService(error: Error): void {
    const { id, world } = this.#counter;
    const at = new Date(world.clock.now()).toISOString();
    const type = 'terminal.out-of-service';
    this.#publish(`${id}-${type}-${at}`, type, at, { problem: error.message });
  }

  #publish(id: string, type: HookType, at: string, data: object): void {
    const body = JSON.stringify({ type, timestamp: at, data: { terminal: this.#counter.id, ...data } });
    this.#hooks.publish({ id, type, body }, signStandard);
  }
}
