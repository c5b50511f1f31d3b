import { PaperjamError } from '../../base/errors.js';
import { checkAmountFen, parseYuan } from '../../base/money.js';
import { isFinal, type SaleFacts } from '../../terminal/facts.js';
import { verdictOf } from '../../terminal/verdict/verdict.js';
import type { Counter } from '../counter.js';
import type { ToldPayment } from '../wire.js';
import { fingerprintOf } from './fingerprint.js';
import { type Call, route } from './route.js';
import { REVERSE_REQUEST, SALE_REQUEST, type SaleRequest, SCAN_REQUEST, VERDICT_QUERY } from './schemas.js';
import { SALE_VIEW, STATE_VIEW, saleView, VERDICT_VIEW, verdictView } from './views.js';

const LOCATION = { location: 'where the sale is found' };

export const openSale = route({
  method: 'POST',
  path: '/v1/sales',
  id: 'openSale',
  tag: 'sales',
  title: 'Ask a customer for money',
  about:
    'Answered once the sale is in the journal, or, with waitMs, once there is more to say: it has settled, nobody can know yet, or the time is up. With an Idempotency-Key a till may repeat it as often as it likes: there is one sale, behind any power cut.',
  kind: 'sale',
  repeats: 'sale',
  body: SALE_REQUEST,
  bodyExample: { amount: '12.80', subject: '拿铁 Latte', customer: { behaviour: 'pays' }, waitMs: 60_000 },
  answers: {
    201: {
      about: 'The sale as it stands; of a repeated key, the sale that it belongs to',
      schema: SALE_VIEW,
      headers: LOCATION,
    },
  },
  problems: [
    'PJ_AMOUNT',
    'PJ_CODE',
    'PJ_BUSY',
    'PJ_NO_CUSTOMER',
    'PJ_PAPER_REQUIRED',
    'PJ_TICKET_HELD',
    'PJ_KEY_REUSED',
    'PJ_POWER_CUT',
    'PJ_JOURNAL_CHANGED',
    'PJ_STORAGE_FAILED',
    'PJ_STORAGE_FULL',
  ],
  handle(call, { body }) {
    const { counter, exchange } = call;
    const { saleId, repeated } = sell(call, body);
    exchange.expects(counter.world, saleId);
    const answer = () => {
      const { facts } = counter.world.terminal.page(saleId);
      const headers = { location: `/v1/sales/${saleId}`, ...(repeated ? { 'idempotency-replayed': 'true' } : {}) };
      call.answer(201, saleView(facts), headers, toldOf(counter, facts));
    };
    const opened = (error?: Error) => {
      if (error !== undefined) return call.fail(error);
      if (body.waitMs === 0) return call.attempt(answer);
      exchange.onGone(counter.whenAnswered(saleId, body.waitMs, () => call.attempt(answer)));
    };
    exchange.onGone(counter.whenDurable(saleId, opened));
  },
});

export const getSale = route({
  method: 'GET',
  path: '/v1/sales/:id',
  id: 'getSale',
  tag: 'sales',
  title: 'What became of a sale',
  about: 'Found by its order number, in whichever terminal it was made, however long ago.',
  kind: 'status',
  answers: { 200: { about: 'The sale as it stands', schema: SALE_VIEW } },
  problems: ['PJ_UNKNOWN_SALE', 'PJ_JOURNAL_CHANGED'],
  handle(call) {
    const { facts } = call.counter.world.terminal.page(saleIdOf(call));
    call.answer(200, saleView(facts), {}, toldOf(call.counter, facts));
  },
});

export const getVerdict = route({
  method: 'GET',
  path: '/v1/sales/:id/verdict',
  id: 'getVerdict',
  tag: 'sales',
  title: 'Has the customer paid, why is there no ticket, and what now?',
  kind: 'status',
  query: VERDICT_QUERY,
  answers: { 200: { about: 'Facts, cause, evidence and advice, in Chinese and English', schema: VERDICT_VIEW } },
  problems: ['PJ_UNKNOWN_SALE', 'PJ_JOURNAL_CHANGED'],
  handle(call, { query }) {
    const { counter } = call;
    const { terminal } = counter.world;
    const saleId = saleIdOf(call);
    const answer = (view: (page: ReturnType<typeof terminal.page>) => object) => {
      const page = counter.world.terminal.page(saleId);
      call.answer(200, view(page), {}, toldOf(counter, page.facts));
    };
    if (query.ask === 'false') return answer((page) => verdictView(verdictOf(page), undefined));
    terminal.ask(saleId, (reply) => call.attempt(() => answer((page) => verdictView(verdictOf(page), reply))));
  },
});

export const cancelSale = route({
  method: 'POST',
  path: '/v1/sales/:id/cancel',
  id: 'cancelSale',
  tag: 'sales',
  title: 'Give the sale under way up',
  about:
    'As the cashier does by the key: it ends not paid or reversed, or stays paid if that was sooner; ask what became of it.',
  kind: 'abort',
  answers: { 202: { about: 'It is being given up', schema: STATE_VIEW } },
  problems: ['PJ_UNKNOWN_SALE', 'PJ_NOT_NOW'],
  handle(call) {
    const saleId = saleIdOf(call);
    call.counter.abort(saleId);
    call.answer(202, { id: saleId, state: call.counter.world.terminal.state });
  },
});

export const reverseSale = route({
  method: 'POST',
  path: '/v1/sales/:id/reverse',
  id: 'reverseSale',
  tag: 'sales',
  title: 'Give the money of a paid sale back',
  about:
    'All of it, at any later time. Answered once the intent is in the journal, before the platform is asked, or, with waitMs, once there is more to say. Payment is unknown until it ends reversed, or paid as before where the platform refuses for good (reversal: refused).',
  kind: 'reversal',
  repeats: 'effect',
  body: REVERSE_REQUEST,
  bodyExample: { waitMs: 30_000 },
  answers: { 202: { about: 'The sale as it stands', schema: SALE_VIEW } },
  problems: [
    'PJ_UNKNOWN_SALE',
    'PJ_NOT_NOW',
    'PJ_BUSY',
    'PJ_TICKET_HELD',
    'PJ_JOURNAL_CHANGED',
    'PJ_STORAGE_FAILED',
    'PJ_STORAGE_FULL',
  ],
  handle(call, { body: { waitMs } }) {
    const { counter, exchange } = call;
    const saleId = saleIdOf(call);
    const askedBefore = reverse(call, saleId);
    exchange.expects(counter.world, saleId);
    const answer = () => {
      const { facts } = counter.world.terminal.page(saleId);
      call.answer(202, saleView(facts), {}, toldOf(counter, facts));
    };
    const asked = (error?: Error) => {
      // If the power goes first, the till hears nothing, as from any terminal.
      if (error instanceof PaperjamError && error.code === 'PJ_REVERSAL_LOST') exchange.drop();
      else if (error !== undefined) call.fail(error);
      else if (waitMs === 0) call.attempt(answer);
      else exchange.onGone(counter.whenReversed(saleId, askedBefore, waitMs, () => call.attempt(answer)));
    };
    exchange.onGone(counter.whenReversalAsked(saleId, askedBefore, asked));
  },
});

export const scanCode = route({
  method: 'POST',
  path: '/v1/scan',
  id: 'scanCode',
  tag: 'sales',
  title: 'Show a payment code to the terminal',
  body: SCAN_REQUEST,
  bodyExample: { code: '281234567890123456' },
  answers: { 202: { about: 'It has been read', schema: STATE_VIEW } },
  problems: ['PJ_CODE', 'PJ_NOT_NOW', 'PJ_JOURNAL_CHANGED', 'PJ_STORAGE_FAILED', 'PJ_STORAGE_FULL'],
  handle(call, { body: { code } }) {
    const { terminal, people } = call.counter.world;
    terminal.checkCode(code);
    if (terminal.failure !== undefined) throw terminal.failure;
    if (terminal.state !== 'scanning') {
      throw new PaperjamError('PJ_NOT_NOW', { problem: `no code is asked for, the terminal is at ${terminal.state}` });
    }
    people.show(code);
    const id = terminal.foreground;
    call.answer(202, { ...(id === undefined ? {} : { id }), state: terminal.state });
  },
});

/** The order number in the path. */
export function saleIdOf({ params }: Call): string {
  return params.id ?? '';
}

/** Whoever reads a final payment has been told; a HEAD reads nothing, which whoever answers knows. */
export function toldOf({ world }: Counter, facts: SaleFacts): ToldPayment[] {
  const { saleId, payment } = facts;
  return isFinal(facts) && payment !== 'unknown' ? [{ world, saleId, payment }] : [];
}

/** Without a key it is keyed in at the terminal, by the same hands and with the same slips; with one, a till asks for it. */
function sell(call: Call, body: SaleRequest): { readonly saleId: string; readonly repeated: boolean } {
  const { counter, key, shop } = call;
  const { subject, code, customer } = body;
  const amountFen = body.amountFen ?? parseYuan(body.amount ?? '');
  const { people, terminal } = counter.world;
  if (key === undefined) return { saleId: people.sell(amountFen, { subject, code, customer }), repeated: false };
  for (const other of shop.counters.values()) {
    const before = other.saleOf('api', key);
    if (other === counter || before === undefined) continue;
    const now = `a sale at the terminal ${counter.id}`;
    throw new PaperjamError('PJ_KEY_REUSED', { key, before: `the sale ${before} at ${other.id}`, now });
  }
  const of = fingerprintOf({ amountFen, subject, code, customer });
  checkAmountFen(amountFen);
  const isNew = counter.saleOf('api', key) === undefined;
  if (isNew) terminal.checkSell();
  const shown = isNew && customer !== undefined ? people.codeOf(customer) : code;
  return counter.open({ face: 'api', key, of, amountFen, subject, code: shown, custom: 'none' });
}

/**
 * Asks for the money back, and gives how often that was asked before. By a key that was used before only if nothing of it
 * has come into the journal: the power went first.
 */
function reverse({ counter, noted, note }: Call, saleId: string): number {
  const { reversalsAsked } = counter.world.terminal.page(saleId).facts;
  if (noted === undefined) {
    note(String(reversalsAsked));
    counter.reverse(saleId);
    return reversalsAsked;
  }
  const askedBefore = Number(noted);
  if (reversalsAsked > askedBefore) return askedBefore;
  try {
    counter.reverse(saleId);
  } catch (error) {
    const isUnderWay = error instanceof PaperjamError && error.code === 'PJ_NOT_NOW';
    if (!isUnderWay) throw error;
  }
  return askedBefore;
}
