import { emit, setup } from 'xstate';
import type { TerminalContext, TerminalInput } from './context.js';
import type { Effect, TerminalEvent } from './effects.js';
import { applyEntry, type SaleFacts } from './facts.js';
import type { SaleEntry } from './journal/record.js';

/** The machine's types: what all its actions and guards are made with. */
export const base = setup({
  types: {
    context: {} as TerminalContext,
    events: {} as TerminalEvent,
    emitted: {} as Effect,
    input: {} as TerminalInput,
    tags: {} as 'free',
  },
});

/** The sale in the foreground. A state that speaks of a sale is never entered without one. */
export function saleOf(context: TerminalContext): SaleFacts {
  if (context.facts === undefined) throw new Error('no sale in the foreground');
  return context.facts;
}

/** An action that writes an entry about the foreground's sale into the journal, and into the facts by the same fold. */
export function record(entryOf: (context: TerminalContext, event: TerminalEvent) => SaleEntry) {
  return base.enqueueActions(({ context, event, enqueue }) => {
    const entry = entryOf(context, event);
    enqueue.assign({ facts: applyEntry(context.facts, entry, context.now()) });
    enqueue.emit({ type: 'journal', entry });
  });
}

/** An effect that takes parameters from the state chart. */
export function emitWith<Params extends object>(effectOf: (context: TerminalContext, params: Params) => Effect) {
  return emit<TerminalContext, TerminalEvent, Params & Record<string, unknown>, TerminalEvent, Effect>(
    ({ context }, params) => effectOf(context, params),
  );
}
