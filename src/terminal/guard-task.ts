/**
 * The guard task: goes on cancelling, in the background, the sales whose cancel was never answered, until the platform
 * has answered each. It never gives up and never asks for money.
 */
import { assertEvent, setup } from 'xstate';
import type { PlatformWords } from '../ports/acquirer.js';
import { isRefund } from './answers.js';
import type { AnswerEvent, Effect } from './effects.js';
import type { SaleFacts } from './facts.js';
import type { SaleEntry } from './journal/record.js';
import type { Timings } from './timings.js';

/** `paid`: it had been paid, so that whatever is cancelled goes back. `asked`: somebody has asked for that. */
export type GuardEvent =
  | ({ readonly type: 'ADOPT' } & GuardedSale)
  | { readonly type: 'PAID_FOR_LONG'; readonly saleId: string }
  | Exclude<AnswerEvent, { readonly type: 'AUTHORIZED' }>;

export interface GuardedSale {
  readonly saleId: string;
  readonly paid: boolean;
  readonly asked: boolean;
}

interface GuardContext {
  readonly timings: Timings;
  /** Oldest first; the first is the one being cancelled. */
  readonly open: readonly GuardedSale[];
  /** How many of `open` have not had their turn in this round. */
  readonly left: number;
  /**
   * Sales of which the platform has said that they are paid, after it had refused to cancel them: whether that was a whole
   * round ago. A timer tells, since the terminal's time of day may be set meanwhile.
   */
  readonly paid: ReadonlyMap<string, 'of-late' | 'for-long'>;
  /** With which words the platform has refused the cancel of the first. */
  readonly refusal: PlatformWords | undefined;
  /** One was adopted since the round began, or is not final yet only because it is early: it is to have its turn soon. */
  readonly fresh: boolean;
}

const guardSetup = setup({
  types: {
    context: {} as GuardContext,
    events: {} as GuardEvent,
    emitted: {} as Effect,
    input: {} as Pick<GuardContext, 'timings' | 'open'>,
  },
  delays: {
    first: ({ context }) => context.timings.guardFirstMs,
    every: ({ context }) => context.timings.guardEveryMs,
    cancelTimeout: ({ context }) => context.timings.cancelTimeoutMs,
    queryTimeout: ({ context }) => context.timings.queryTimeoutMs,
  },
  guards: {
    someOpen: ({ context }) => context.open.length > 0,
    someLeft: ({ context }) => context.left > 0,
    someFresh: ({ context }) => context.fresh,
    cancelled: ({ context, event }) =>
      event.type === 'CANCELLED' && event.saleId === context.open[0]?.saleId && event.answer.outcome === 'cancelled',
    refused: ({ context, event }) =>
      event.type === 'CANCELLED' && event.saleId === context.open[0]?.saleId && event.answer.outcome === 'refused',
    tooEarly: ({ context, event }) =>
      event.type === 'CANCELLED' &&
      event.saleId === context.open[0]?.saleId &&
      event.answer.outcome === 'retry' &&
      event.answer.code === 'PJ_PLATFORM_EARLY',
    answered: ({ context, event }) => event.type === 'CANCELLED' && event.saleId === context.open[0]?.saleId,
    settled: ({ context, event }) =>
      event.type === 'QUERIED' &&
      event.saleId === context.open[0]?.saleId &&
      (event.answer.outcome === 'closed' ||
        (event.answer.outcome === 'paid' && context.paid.get(event.saleId) === 'for-long')),
    paid: ({ context, event }) =>
      event.type === 'QUERIED' && event.saleId === context.open[0]?.saleId && event.answer.outcome === 'paid',
    queried: ({ context, event }) => event.type === 'QUERIED' && event.saleId === context.open[0]?.saleId,
  },
});

const settle = guardSetup.enqueueActions(({ context, event, enqueue }) => {
  assertEvent(event, ['CANCELLED', 'QUERIED']);
  enqueue.emit({ type: 'journal', entry: settlement(event, context.open[0], context.refusal) });
  const paid = new Map([...context.paid].filter(([saleId]) => saleId !== event.saleId));
  enqueue.assign({ open: context.open.slice(1), paid });
});

/**
 * Only what the platform has said for a whole round settles a sale. Before that it may speak from a copy of its books that
 * is behind them, or a cancel that was sent earlier may still arrive, and then the money has gone back, or goes. That an
 * order is closed needs no such time: none is opened again.
 */
const notePaid = guardSetup.enqueueActions(({ context, enqueue }) => {
  const { open, paid, timings } = context;
  const saleId = open[0]?.saleId;
  if (saleId === undefined || paid.has(saleId)) return;
  enqueue.assign({ paid: new Map([...paid, [saleId, 'of-late' as const]]) });
  enqueue.raise({ type: 'PAID_FOR_LONG', saleId }, { delay: timings.guardEveryMs, id: `paid ${saleId}` });
});

const notePaidForLong = guardSetup.assign(({ context, event }) => {
  assertEvent(event, 'PAID_FOR_LONG');
  const { paid } = context;
  return paid.has(event.saleId) ? { paid: new Map([...paid, [event.saleId, 'for-long' as const]]) } : {};
});

const noteRefusal = guardSetup.assign(({ event }) => {
  assertEvent(event, 'CANCELLED');
  if (event.answer.outcome !== 'refused') throw new Error('the guard lets only refusals pass');
  const { code, words } = event.answer;
  return { refusal: { code, words } };
});

/** To the end of the line: the others have their turn first. */
const postpone = guardSetup.assign(({ context }) => ({
  open: [...context.open.slice(1), ...context.open.slice(0, 1)],
}));

/** The next round is not far off. */
const soon = guardSetup.assign({ fresh: true });

export const guardMachine = guardSetup.createMachine({
  id: 'guard',
  context: ({ input }) => ({ ...input, left: 0, fresh: false, paid: new Map(), refusal: undefined }),
  initial: 'empty',
  on: {
    ADOPT: { actions: guardSetup.assign(({ context, event }) => adopt(context, event)) },
    PAID_FOR_LONG: { actions: notePaidForLong },
  },
  states: {
    empty: { always: { guard: 'someOpen', target: 'waiting' } },
    /** After a sale was adopted: soon. */
    waiting: { after: { first: 'round' } },
    round: {
      entry: guardSetup.assign(({ context }) => ({ left: context.open.length, fresh: false })),
      always: 'next',
    },
    next: {
      always: [
        { guard: 'someLeft', target: 'cancelling' },
        { guard: 'someFresh', target: 'waiting' },
        { guard: 'someOpen', target: 'resting' },
        { target: 'empty' },
      ],
    },
    cancelling: {
      entry: [
        guardSetup.assign(({ context }) => ({ left: context.left - 1 })),
        guardSetup.emit(({ context }) => ({ type: 'cancel', saleId: context.open[0]?.saleId })),
      ],
      after: { cancelTimeout: { target: 'next', actions: postpone } },
      on: {
        CANCELLED: [
          { guard: 'cancelled', target: 'next', actions: settle },
          { guard: 'refused', target: 'asking', actions: noteRefusal },
          { guard: 'tooEarly', target: 'next', actions: [postpone, soon] },
          { guard: 'answered', target: 'next', actions: postpone },
        ],
      },
    },
    /** The platform will not cancel: then what it says of the order is final, once it stays so. */
    asking: {
      entry: guardSetup.emit(({ context }) => ({ type: 'query', saleId: context.open[0]?.saleId })),
      after: { queryTimeout: { target: 'next', actions: postpone } },
      on: {
        QUERIED: [
          { guard: 'settled', target: 'next', actions: settle },
          { guard: 'paid', target: 'next', actions: [notePaid, postpone] },
          { guard: 'queried', target: 'next', actions: postpone },
        ],
      },
    },
    resting: {
      after: { every: 'round' },
      on: { ADOPT: { target: 'waiting', actions: guardSetup.assign(({ context, event }) => adopt(context, event)) } },
    },
  },
});

function adopt({ open }: GuardContext, event: GuardEvent): Partial<GuardContext> {
  assertEvent(event, 'ADOPT');
  const { saleId, paid, asked } = event;
  return open.some((sale) => sale.saleId === saleId) ? {} : { open: [...open, { saleId, paid, asked }], fresh: true };
}

function settlement(event: AnswerEvent, sale: GuardedSale | undefined, refusal: PlatformWords | undefined): SaleEntry {
  const { saleId, answer } = event;
  if (event.type === 'QUERIED' && event.answer.outcome === 'paid') {
    const { tradeNo, buyer, paidAtMs } = event.answer;
    const refused = sale?.asked === true ? { refusal } : {};
    return { kind: 'payment', saleId, fact: 'paid', by: 'query', tradeNo, buyer, paidAtMs, ...refused };
  }
  const by = event.type === 'QUERIED' ? 'query' : 'cancel';
  return { kind: 'payment', saleId, fact: sale?.paid === true || isRefund(answer) ? 'reversed' : 'not-paid', by };
}

/** What had been paid is known by the platform's number. */
export function guardedSale({ saleId, tradeNo, cancelling }: SaleFacts): GuardedSale {
  return { saleId, paid: tradeNo !== undefined, asked: cancelling === 'asked' };
}
