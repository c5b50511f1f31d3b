import { beforeAll, describe, expect, test } from 'vitest';
import type { Behaviour } from '../../../src/emulator/platform/wallet.js';
import { FAULTS } from '../../../src/faults/catalogue.js';
import type { FaultRecord } from '../../../src/faults/fault.js';
import { verdictOf } from '../../../src/terminal/verdict/verdict.js';
import { type PreparedDevice, prepareDevice, type Simulation, simulate } from '../../../src/world/simulated.js';
import { tally } from '../outages.js';

const SALE_FEN = 1_280;
const CUSTOMERS = ['pays', 'confirms', 'never'] as const;
const PAY = 'alipay.trade.pay';
const QUERY = 'alipay.trade.query';
const CANCEL = 'alipay.trade.cancel';

/** Longer than the guard task rests. */
const SETTLES_MS = 2_000_000;

let device: PreparedDevice;
beforeAll(async () => {
  device = await prepareDevice('epson-tm-m30');
});

/** `forgets`: a cancel that finds nothing does not keep the platform from booking the order later. */
function boot(seed: number, { forgets = false } = {}): Simulation {
  const platform = { voidsUnknown: !forgets };
  const simulation = simulate(device, { seed, platform, pacing: false, policy: { reprint: 'when-ready' } });
  simulation.world.start();
  simulation.clock.runUntil(() => simulation.world.terminal.free && simulation.world.printer.status().ready);
  return simulation;
}

function sell({ world }: Simulation, behaviour: Behaviour): string {
  return world.terminal.sell(SALE_FEN, { code: world.people.codeOf({ behaviour, afterMs: 4_000 }) });
}

/** The platform has got the money, and has not given it back. */
function keptFen({ world }: Simulation): number {
  const trades = world.platform?.ledger.trades() ?? [];
  expect(trades.length).toBeLessThanOrEqual(1);
  return trades.reduce((kept, { paidFen, refundedFen }) => kept + paidFen - refundedFen, 0);
}

/** Whether what the terminal says of the payment is true. To say that it does not know is always true. */
function holdAgainstLedger(simulation: Simulation, saleId: string, at: string): string {
  const { payment, final } = verdictOf(simulation.world.terminal.page(saleId));
  expect(final, at).toBe(payment !== 'unknown');
  if (final) expect([payment, keptFen(simulation)], at).toEqual([payment, payment === 'paid' ? SALE_FEN : 0]);
  return payment;
}

/**
 * Plays a sale to its end, the faults being over at some time. The verdict is held against the ledger after every event,
 * and once more when all that may still be on its way has arrived.
 */
function play(simulation: Simulation, saleId: string, at: string, faultsEndMs: number): string {
  const { world, clock } = simulation;
  const settled = () => {
    const facts = world.terminal.find(saleId)?.facts; // At first it is not durable yet.
    return (
      facts !== undefined && facts.payment !== 'unknown' && (facts.payment !== 'paid' || facts.ticket === 'printed')
    );
  };
  clock.setTimeout(() => world.faults.clearAll(), faultsEndMs);
  const look = () => void holdAgainstLedger(simulation, saleId, at);
  world.watch({ record: look });
  expect(clock.runUntil(settled, faultsEndMs + SETTLES_MS), `${at}: it settles`).toBe(true);
  for (let n = 0; n < 10; n++) {
    clock.advance(40_000);
    look();
  }
  const { records } = world.terminal.page(saleId);
  expect(records.filter(({ kind }) => kind === 'payment').length, at).toBe(1);
  expect(records.filter(({ kind }) => kind === 'authorize-intent').length, at).toBe(1);
  const payment = holdAgainstLedger(simulation, saleId, at);
  world.close();
  return payment;
}

/** With what it takes to get to each request when the fault itself does not: the answers before it are lost. */
const REQUESTS: [name: string, struck: object, before: FaultRecord[]][] = [
  ['the request to pay', { method: PAY }, []],
  ['the first query', { method: QUERY }, [{ fault: 'network.answer-lost', method: PAY }]],
  [
    'the second query',
    { method: QUERY, from: 2 },
    [
      { fault: 'network.empty-body', method: PAY },
      { fault: 'network.request-lost', method: QUERY },
    ],
  ],
  [
    'the cancel',
    { method: CANCEL },
    [
      { fault: 'network.answer-lost', method: PAY },
      { fault: 'network.answer-lost', method: QUERY, times: 100 },
    ],
  ],
  [
    'every cancel, the request to pay being lost',
    { method: CANCEL, times: 100 },
    [{ fault: 'network.request-lost', method: PAY }],
  ],
];

const AT_A_REQUEST: FaultRecord[] = [
  { fault: 'network.latency', delayMs: 3_000, jitterMs: 4_000, times: 1 },
  { fault: 'network.latency', delayMs: 20_000, way: 'request', times: 1 },
  { fault: 'network.latency', delayMs: 45_000, way: 'request', times: 1 },
  { fault: 'network.latency', delayMs: 58_000, way: 'request', times: 1 },
  { fault: 'network.latency', delayMs: 45_000, way: 'answer', times: 1 },
  { fault: 'network.reset', times: 1 },
  { fault: 'network.reset' },
  { fault: 'network.reset', delivered: true, times: 1 },
  { fault: 'network.reset', delivered: true },
  { fault: 'network.request-lost' },
  { fault: 'network.answer-lost' },
  { fault: 'network.half-body' },
  { fault: 'network.half-body', ending: 'as-whole' },
  { fault: 'network.garbage-body' },
  { fault: 'network.garbage-body', delivered: false },
  { fault: 'network.empty-body' },
  { fault: 'network.server-error' },
  { fault: 'network.server-error', status: 503, delivered: false },
  { fault: 'network.drip' },
  { fault: 'network.drip', everyMs: 30_000 },
];

const LASTING: FaultRecord[] = [
  { fault: 'network.refused' },
  { fault: 'network.black-hole' },
  { fault: 'network.bad-certificate' },
  { fault: 'network.expired-certificate' },
  { fault: 'network.down' },
  { fault: 'network.latency', delayMs: 15_000, jitterMs: 30_000 },
];

test('every fault of the network is here', () => {
  const here = new Set([...AT_A_REQUEST, ...LASTING].map(({ fault }) => fault));
  const names = FAULTS.map(({ name }) => name).filter((name) => name.startsWith('network.'));
  expect([...here].sort()).toEqual(names.sort());
});

const GROUNDS = [
  ['a cancel voids an order that is not known', false],
  ['a cancel of an order that is not known is forgotten', true],
] as const;

describe.each(GROUNDS)('where %s', (_, forgets) => {
  describe.each(REQUESTS)('at %s', (_where, struck, before) => {
    /** A sale to each kind of customer: what came of them, and what the terminals wrote down, with its times. */
    const playAll = (fault?: FaultRecord) => {
      const sales = CUSTOMERS.map((customer, seed) => {
        const simulation = boot(seed, { forgets });
        const { world } = simulation;
        for (const record of before) world.faults.put(record);
        if (fault !== undefined) world.faults.put({ ...fault, ...struck });
        const saleId = sell(simulation, customer);
        const outcome = play(simulation, saleId, `${JSON.stringify(fault)} and one who ${customer}`, 120_000);
        const { records } = world.terminal.page(saleId);
        return { outcome, journal: records.map(({ at, kind }) => `${at} ${kind}`) };
      });
      return { outcomes: sales.map(({ outcome }) => outcome), journals: sales.map(({ journal }) => journal) };
    };
    let soundJournals: string[][];
    beforeAll(() => {
      soundJournals = playAll().journals;
    });

    test.each(AT_A_REQUEST)('%j: what the terminal says of the payment is true, and it settles', (fault) => {
      const { outcomes, journals } = playAll(fault);
      expect(outcomes[2]).toBe('not-paid');
      expect(outcomes).not.toContain('unknown');
      expect(journals, 'the fault is felt').not.toEqual(soundJournals);
    });
  });

  test.each(LASTING)('%j for 20 s, begun at any moment of a sale', (fault) => {
    const outcomes: string[] = [];
    for (const customer of CUSTOMERS) {
      for (let beginsMs = 0; beginsMs <= 40_000; beginsMs += 1_570) {
        const simulation = boot(beginsMs, { forgets });
        const { world, clock } = simulation;
        // So that the sale is still open later on.
        world.faults.put({ fault: 'network.request-lost', method: QUERY, times: 4 });
        world.faults.put({ fault: 'network.answer-lost', method: PAY });
        const saleId = sell(simulation, customer);
        clock.setTimeout(() => world.faults.put({ ...fault, for: 20_000 }), beginsMs);
        const at = `${JSON.stringify(fault)} at ${beginsMs} ms and one who ${customer}`;
        outcomes.push(play(simulation, saleId, at, beginsMs + 20_000));
      }
    }
    console.log(`${JSON.stringify(fault)}: ${tally(outcomes)}`);
    expect(new Set(outcomes)).toEqual(new Set(['paid', 'reversed', 'not-paid']));
  });

  test('a request to pay that is booked late, with the power of the terminal gone at any moment between', () => {
    const outcomes: string[] = [];
    for (const delayMs of [5_000, 30_000, 39_000, 45_000, 52_000, 59_900]) {
      for (let cutMs = 100; cutMs < 100_000; cutMs += 3_910) {
        const simulation = boot(cutMs, { forgets });
        const { world, clock } = simulation;
        world.faults.put({ fault: 'network.latency', delayMs, way: 'request', method: PAY });
        const saleId = sell(simulation, 'pays');
        clock.setTimeout(() => world.powerCut(), cutMs);
        outcomes.push(play(simulation, saleId, `booked after ${delayMs} ms, cut after ${cutMs} ms`, 120_000));
      }
    }
    console.log(`booked late and a power cut: ${tally(outcomes)}`);
    expect(outcomes).toContain('paid');
    expect(outcomes).toContain(forgets ? 'reversed' : 'not-paid');
  });
});
