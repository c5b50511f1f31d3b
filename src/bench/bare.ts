import { type Actor, createActor } from 'xstate';
import { VirtualClock } from '../ground/virtual-clock.js';
import type { PrinterStatus } from '../ports/printer.js';
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
  const actor = bareMachine(clock);
  let events = 0;
  for (let n = 0; n < sales; n++) events += bareSale(actor, n, clock.now());
  actor.stop();
  return { sales, events };
}

/** What the driver tells of a printer that comes up, in the words in which it does. */
const PRINTER_COMES_UP: readonly PrinterStatus[] = [
  { ready: false, life: 'probing', faults: [], paperNearEnd: false },
  { ready: true, life: 'probing', faults: [], paperNearEnd: false },
  { ready: true, life: 'probing', faults: [], paperNearEnd: false, model: 'TM-m30' },
  { ready: true, life: 'online', faults: [], paperNearEnd: false, model: 'TM-m30', proof: 'GS ( H' },
];

/** The same with a machine of its own for each sale: it boots, hears of its printer, and sells once. */
export function bareFreshSales(sales: number): void {
  for (let n = 0; n < sales; n++) {
    const clock = new VirtualClock();
    const actor = bareMachine(clock);
    for (const status of PRINTER_COMES_UP) actor.send({ type: 'PRINTER_STATUS', status });
    bareSale(actor, n, clock.now());
    actor.stop();
  }
}

type BareMachine = Actor<typeof terminalMachine>;

function bareMachine(clock: VirtualClock): BareMachine {
  return createActor(terminalMachine, {
    clock,
    input: {
      version: 'bench',
      merchant: { name: 'bench', terminalId: 'T01', utcOffsetMinutes: 480 },
      policy: { reprint: 'ask' },
      timings: DEFAULT_TIMINGS,
      wallets: ['alipay'],
      found: [],
      unfinishedPaper: false,
      pagesCutShort: [],
      torn: undefined,
      mended: [],
      configuration: 'bench',
      now: () => clock.now(),
    },
  }).start();
}

/** Says how many events it was. */
function bareSale(actor: BareMachine, n: number, atMs: number): number {
  const events = eventsOfSale(n, atMs);
  for (const event of events) actor.send(event);
  if (!actor.getSnapshot().matches('done')) throw new Error(`the bare sale ended in ${actor.getSnapshot().value}`);
  return events.length;
}
