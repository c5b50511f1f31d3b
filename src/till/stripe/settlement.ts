import type { JobResult } from '../../ports/printer.js';
import type { Undo } from '../../ports/undo.js';
import type { Counter } from '../counter.js';
import type { Cloud } from './cloud.js';
import { errorOf } from './declines.js';
import { NOT_BEGUN, printEnd } from './prints.js';
import { FACE, intentIdOf, isOver, keyOf, type Sale, wasPaid } from './sales.js';
import { type Action, type Attempt, type Intent, KINDS } from './store.js';
import { TELLS_NOBODY } from './views/views.js';

/**
 * Hears the machines, over all their boots, and says what happened as Stripe's events do: once each, also when the program
 * was not running as it happened. Only sales that were begun in this protocol have events.
 */
export class Settlement {
  readonly #cloud: Cloud;
  readonly #undos: Undo[] = [];

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    for (const counter of cloud.shop.counters.values()) {
      this.#undos.push(
        counter.world.watch({
          sale: (facts) => this.#look({ counter, facts }),
          record: (record) => {
            if (record.kind === 'authorize-intent') this.#codeRead(record.saleId);
            if (record.kind === 'page' && record.phase === 'ended') this.#printed(counter, record.jobId, record.result);
          },
          boot: () => this.#lookForPage(counter),
        }),
      );
    }
    for (const counter of cloud.shop.counters.values()) this.#lookForPage(counter);
    for (const intent of cloud.shelf.all(KINDS.intent)) {
      const latest = intent.attempts.at(-1);
      const sale = latest === undefined ? undefined : cloud.sales.ofAttempt(intent, latest);
      if (latest === undefined || sale === undefined) continue;
      if (latest.settled === undefined || latest.steer?.of === 'refund') cloud.steering.set(sale.saleId, latest.steer);
      const unsettled = latest.settled === undefined || intent.cancel?.state === 'asked';
      if (unsettled && sale.facts !== undefined) this.#look({ counter: sale.counter, facts: sale.facts });
    }
    for (const { saleId, tries } of cloud.shelf.all(KINDS.refund)) {
      const sale = tries.at(-1)?.settled === true ? undefined : cloud.sales.find(saleId);
      if (sale !== undefined) this.#look(sale);
    }
  }

  close(): void {
    for (const undo of this.#undos) undo();
  }

  #look(sale: Sale): void {
    const { facts } = sale;
    if (facts.till?.face !== FACE || !isOver(facts)) return;
    const { intents, steering } = this.#cloud;
    const intent = intents.find(intentIdOf(facts));
    const attempt = intent?.attempts.find(({ n }) => keyOf(intent.id, n) === facts.till?.key);
    if (intent === undefined || attempt === undefined) return;
    if (attempt.settled === undefined) {
      intents.change(intent.id, attempt.n, { settled: wasPaid(facts) ? 'paid' : 'failed' });
      steering.forget(facts.saleId);
      if (wasPaid(facts)) this.#paid(intent, attempt, sale);
      else if (attempt.calledOff !== true) this.#failed(intent, attempt, sale);
    }
    if (facts.reversal !== undefined) this.#returned(intents.get(intent.id), sale);
  }

  #paid(intent: Intent, { n }: Attempt, sale: Sale): void {
    const { events, views } = this.#cloud;
    const stage = keyOf(intent.id, n);
    const charge = views.charge(sale, TELLS_NOBODY);
    if (charge !== undefined) events.emit('charge.succeeded', charge, stage);
    const type = intent.captureMethod === 'manual' ? 'amount_capturable_updated' : 'succeeded';
    events.emit(`payment_intent.${type}`, this.#intentView(intent), stage);
    this.#action(intent, n, sale, 'action_succeeded');
  }

  #failed(intent: Intent, { n }: Attempt, sale: Sale): void {
    const { events, views, intents } = this.#cloud;
    const stage = keyOf(intent.id, n);
    const charge = views.charge(sale, TELLS_NOBODY);
    if (charge !== undefined) events.emit('charge.failed', charge, stage);
    const { failure } = intents.stateWith(intent, n);
    if (failure?.origin === 'api') {
      const view = { ...this.#intentView(intent), last_payment_error: errorOf(failure) };
      events.emit('payment_intent.payment_failed', view, stage);
    }
    this.#action(intent, n, sale, 'action_failed');
  }

  /** The money of a paid sale goes back, has gone, or will not go; whoever asked for that. */
  #returned(intent: Intent, sale: Sale): void {
    const { events, views, refunds, intents, readers } = this.#cloud;
    const refund = refunds.latest(sale);
    if (refund === undefined) return;
    const { id, status, entry } = refund;
    const view = views.refund(refund, TELLS_NOBODY);
    events.emit('refund.created', { ...view, status: 'pending' }, id);
    if (status === 'pending' || entry.settled === true) return;
    const kept = refunds.entry(sale.facts);
    if (kept !== undefined) {
      const tries = kept.tries.map((one) => (one.askedBefore === refund.nth - 1 ? { ...one, settled: true } : one));
      refunds.put({ ...kept, tries });
    }
    events.emit('refund.updated', view, id);
    if (status === 'failed') events.emit('refund.failed', view, id);
    const charge = views.charge(sale, TELLS_NOBODY);
    if (status === 'succeeded' && charge !== undefined) events.emit('charge.refunded', charge, id);
    if (intent.cancel?.state === 'asked' && refund.nth > (intent.cancel.askedBefore ?? 0)) {
      const { cancel, ...rest } = intent;
      intents.put(status === 'succeeded' ? { ...rest, cancel: { ...cancel, state: 'done' } } : rest);
      if (status === 'succeeded') events.emit('payment_intent.canceled', this.#intentView(intent), id);
    }
    const reader = readers.of(sale.counter);
    const { action } = reader.entry;
    if (action?.type === 'refund_payment' && action.saleId === sale.facts.saleId && action.nth === refund.nth) {
      const type = status === 'succeeded' ? 'action_succeeded' : 'action_failed';
      events.emit(`terminal.reader.${type}`, views.reader(reader, TELLS_NOBODY), id);
    }
  }

  #printed(counter: Counter, jobId: string, result: JobResult | undefined): void {
    const { readers, events, views } = this.#cloud;
    const reader = readers.of(counter);
    const { action } = reader.entry;
    if (action?.type !== 'print_content' || action.jobId !== jobId || action.status !== 'in_progress') return;
    const absent = counter.world.printer.status().life === 'absent';
    const end = result === undefined ? ({ status: 'failed', failure: NOT_BEGUN } as const) : printEnd(result, absent);
    const { code, message } = end.failure ?? {};
    const failure = code === undefined || message === undefined ? {} : { failure: { code, message } };
    readers.setAction(reader.id, { ...action, status: end.status, ...failure });
    const type = end.status === 'succeeded' ? 'action_succeeded' : 'action_failed';
    events.emit(`terminal.reader.${type}`, views.reader(readers.of(counter), TELLS_NOBODY), jobId);
  }

  /** What became of a page that was being printed as the power went: the journal tells, or has never heard of it. */
  #lookForPage(counter: Counter): void {
    const { action } = this.#cloud.readers.of(counter).entry;
    if (action?.type !== 'print_content' || action.status !== 'in_progress') return;
    const records = counter.world.terminal.opened.filter((record) => record.kind === 'page');
    const own = records.filter(({ jobId }) => jobId === action.jobId);
    const ended = own.find((record) => record.phase === 'ended');
    if (ended?.phase === 'ended') this.#printed(counter, action.jobId, ended.result);
    else if (!Buffer.from(counter.world.readJournal()).includes(action.jobId)) {
      this.#printed(counter, action.jobId, undefined);
    }
  }

  /** From here on the customer is paying. */
  #codeRead(saleId: string): void {
    const sale = this.#cloud.sales.find(saleId);
    const key = sale?.facts.till?.face === FACE ? sale.facts.till.key : undefined;
    if (sale === undefined || key === undefined) return;
    const intent = this.#cloud.intents.find(intentIdOf(sale.facts));
    const attempt = intent?.attempts.find(({ n }) => keyOf(intent.id, n) === key);
    if (intent !== undefined && attempt !== undefined) this.#action(intent, attempt.n, sale, 'action_updated');
  }

  #action(intent: Intent, n: number, { counter }: Sale, type: string): void {
    const { readers, events, views } = this.#cloud;
    const reader = readers.of(counter);
    const now = reader.entry.action;
    const isIt = now !== null && 'n' in now && now.intent === intent.id && now.n === n;
    const action: Action = isIt ? now : { type: 'process_payment_intent', intent: intent.id, n };
    const view = views.reader({ ...reader, entry: { ...reader.entry, action } }, TELLS_NOBODY);
    events.emit(`terminal.reader.${type}`, view, keyOf(intent.id, n));
  }

  #intentView({ id }: Intent): Readonly<Record<string, unknown>> {
    const { intents, views } = this.#cloud;
    return views.intent(intents.get(id), TELLS_NOBODY);
  }
}
