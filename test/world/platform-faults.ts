import { expect } from 'vitest';
import type { Behaviour } from '../../src/emulator/platform/wallet.js';
import type { FaultRecord } from '../../src/faults/fault.js';
import type { SaleFacts } from '../../src/terminal/facts.js';
import type { Payment } from '../../src/terminal/journal/record.js';
import { ticketPieces } from '../../src/world/pictures.js';
import { type PreparedDevice, type Simulation, type SimulationOptions, simulate } from '../../src/world/simulated.js';

/** Each fault of the platform, in the shapes in which it differs for money. */
export const PLATFORM_FAULTS: readonly FaultRecord[] = [
  { fault: 'platform.answer-lost' },
  { fault: 'platform.answer-lost', method: 'alipay.trade.query', times: 100 },
  { fault: 'platform.answer-delayed' },
  { fault: 'platform.answer-delayed', method: 'alipay.trade.cancel', delayMs: 8_000, times: 100 },
  { fault: 'platform.peak' },
  { fault: 'platform.peak', medianMs: 15_000, worstMs: 60_000, queued: 1 },
  { fault: 'platform.system-error' },
  { fault: 'platform.system-error', booked: false, says: '20000' },
  { fault: 'platform.system-error', method: 'alipay.trade.query', times: 100 },
  { fault: 'platform.system-error', method: 'alipay.trade.cancel', booked: true, times: 4 },
  { fault: 'platform.maintenance' },
  { fault: 'platform.maintenance', says: 'ACQ.SYSTEM_ERROR' },
  { fault: 'platform.maintenance', when: { afterMs: 3_000 } },
  { fault: 'platform.rate-limit' },
  { fault: 'platform.rate-limit', requests: 0 },
  { fault: 'platform.password-asked' },
  { fault: 'platform.pays-late' },
  { fault: 'platform.pays-late', afterMs: 60 },
  { fault: 'platform.stale-query' },
  { fault: 'platform.stale-query', behindMs: 60_000 },
  { fault: 'platform.wrong-amount' },
  { fault: 'platform.wrong-amount', method: 'alipay.trade.query', times: 100, moreFen: -100 },
  { fault: 'platform.wrong-amount', method: 'notify', times: 100 },
  { fault: 'platform.bad-signature' },
  { fault: 'platform.bad-signature', method: 'alipay.trade.cancel', times: 100 },
  { fault: 'platform.bad-signature', method: 'notify', times: 100 },
  { fault: 'platform.clock-skew' },
  { fault: 'platform.clock-skew', when: { afterMs: 3_000 } },
  { fault: 'platform.clock-skew', aheadMs: -300_000 },
  { fault: 'platform.cancel-lost' },
  { fault: 'platform.cancel-lost', what: 'request', times: 100 },
  { fault: 'platform.cancel-refused' },
  { fault: 'platform.notify-lost' },
  { fault: 'platform.notify-late' },
  { fault: 'platform.notify-late', delayMs: 25_000 },
  { fault: 'platform.notify-twice' },
  { fault: 'platform.notify-out-of-order' },
];

export const CUSTOMERS: readonly Behaviour[] = ['pays', 'confirms', 'never'];

const SALE_FEN = 1_280;
/** How long the faults last. */
export const FAULTY_MS = 120_000;
/** Two rounds of the guard task and some more, after the faults have ended. */
const SETTLES_MS = 2_000_000;

/** What has to be so whenever the terminal says that it knows. */
const KEPT_FEN: Record<Exclude<Payment, 'unknown'>, number> = { paid: SALE_FEN, 'not-paid': 0, reversed: 0 };

export interface Outcome {
  readonly payment: Payment;
  readonly by: string | undefined;
  /** After how many milliseconds it was known. */
  readonly afterMs: number;
  readonly kinds: readonly string[];
  readonly simulation: Simulation;
}

export interface Amid extends SimulationOptions {
  /** When the power of the terminal goes. */
  readonly powerCutMs?: number;
  /** When the cashier gives up. */
  readonly cancelMs?: number;
}

/**
 * A sale in a world with these faults, held against the ledger at every change of its facts: what is known agrees with
 * the ledger at once and for ever, the platform keeps at most one payment, there is at most one original, and in the end,
 * with the faults over, it is known.
 */
export function sellAmid(
  device: PreparedDevice,
  faults: readonly FaultRecord[],
  behaviour: Behaviour,
  { powerCutMs, cancelMs, ...options }: Amid = {},
): Outcome {
  const simulation = simulate(device, { seed: 3, pacing: false, notify: true, ...options });
  const { world, clock } = simulation;
  const at = `${JSON.stringify(faults)} ${behaviour} ${powerCutMs ?? ''} ${cancelMs ?? ''}`;
  world.start();
  clock.runUntil(() => world.terminal.free && world.printer.status().life === 'online');
  for (const fault of faults) world.faults.put({ for: FAULTY_MS, ...fault });
  const keptFen = () => {
    const trades = world.platform?.ledger.trades() ?? [];
    expect(trades.length, at).toBeLessThanOrEqual(1);
    return trades.reduce((sum, { paidFen, refundedFen }) => sum + paidFen - refundedFen, 0);
  };
  let known: SaleFacts | undefined;
  let knownAtMs = 0;
  world.watch({
    sale(facts) {
      if (known !== undefined) expect(facts.payment, at).toBe(known.payment);
      if (facts.payment === 'unknown') return;
      if (known === undefined) knownAtMs = clock.now();
      known = facts;
      expect(keptFen(), `${at}: ${facts.payment}`).toBe(KEPT_FEN[facts.payment]);
    },
  });
  const startMs = clock.now();
  const saleId = world.terminal.sell(SALE_FEN, { code: world.people.codeOf({ behaviour, afterMs: 7_000 }) });
  if (powerCutMs !== undefined) clock.setTimeout(() => world.powerCut(), powerCutMs);
  if (cancelMs !== undefined) clock.setTimeout(() => world.terminal.cancel(), cancelMs);
  clock.advance(FAULTY_MS + SETTLES_MS);
  const { facts, records } = world.terminal.page(saleId);
  expect(facts.payment, `${at}: settles`).not.toBe('unknown');
  expect(keptFen(), `${at}: ${facts.payment} in the end`).toBe(facts.payment === 'paid' ? SALE_FEN : 0);
  if (powerCutMs === undefined) {
    expect(ticketPieces(world, saleId).length, at).toBe(facts.payment === 'paid' ? 1 : 0);
  }
  const payments = records.filter(({ kind }) => kind === 'payment');
  expect(payments.length, at).toBe(1);
  world.close();
  return {
    payment: facts.payment,
    by: payments[0]?.kind === 'payment' ? payments[0].by : undefined,
    afterMs: knownAtMs - startMs,
    kinds: records.map(({ kind }) => kind),
    simulation,
  };
}
