import { createActor } from 'xstate';
import { VirtualClock } from '../ground/virtual-clock.js';
import type { TerminalEvent } from '../terminal/effects.js';
import { applyEntry } from '../terminal/facts.js';
import { terminalMachine } from '../terminal/machine.js';
import { DEFAULT_TIMINGS } from '../terminal/timings.js';

const CODE = '281234567890123456';

/** The machine's own events of one sale that goes through, for a sale number. */
export function eventsOfSale(n: number, atMs: number): TerminalEvent[] {
  const saleId = `T01${n}`;
  const facts = applyEntry(undefined, { kind: 'sale-opened', saleId, amountFen: 1_280, subject: 'bench' }, atMs);
  return [
    { type: 'SELL', facts },
    { type: 'SCAN', code: CODE },
    {
      type: 'AUTHORIZED',
      saleId,
      answer: { outcome: 'paid', tradeNo: `2026${n}`, buyer: '159****0042', paidAtMs: atMs },
    },
    { type: 'PRINTED', jobId: `${saleId}/1`, result: { outcome: 'printed', blocks: 4, confirmedBy: 'GS ( H' } },
  ];
}

/** The terminal's machine alone: `actor.send` of the events of `sales` sales; what it emits goes nowhere. */
export function bareSales(sales: number): { sales: number; events: number } {
  const clock = new VirtualClock();
  const actor = createActor(terminalMachine, {
    clock,
    input: {
      version: 'bench',
      merchant: { name: 'bench', terminalId: 'T01', utcOffsetMinutes: 480 },
      policy: { reprint: 'ask' },
      timings: DEFAULT_TIMINGS,
      wallets: ['alipay'],
      found: [],
      unfinishedPaper: false,
      torn: undefined,
      mended: [],
      configuration: 'bench',
      now: () => clock.now(),
    },
  }).start();
  let events = 0;
  for (let n = 0; n < sales; n++) {
    for (const event of eventsOfSale(n, clock.now())) {
      actor.send(event);
      events++;
    }
  }
  if (!actor.getSnapshot().matches('done')) throw new Error(`the bare sale ended in ${actor.getSnapshot().value}`);
  actor.stop();
  return { sales, events };
}
