import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PlannedRun } from '../../../src/fixture/planned.js';
import type { FixtureRun } from '../../../src/fixture/result.js';
import { playVirtual, type WorldGuest } from '../../../src/fixture/run.js';
import { failureOf, type RunFailure } from '../../../src/sim/failure.js';
import { sameFailure } from '../../../src/sim/shrink/same.js';
import { saveRegression } from '../../../src/sim/shrink/save.js';
import type { Shrunk } from '../../../src/sim/shrink/shrink.js';
import { fixtureOfRun, shrinkRun } from '../../../src/sim/shrink/shrink-run.js';
import { makeTicket } from '../../../src/terminal/ticket.js';
import { prepareDevice, type Simulation } from '../../../src/world/simulated.js';
import { fixtureFolder, planned } from '../../fixture/support.js';

const { write, folder } = fixtureFolder();

/** A busy hour, as a sweep would draw one. */
const HOUR = `
title: { zh: 忙, en: A busy hour }
device: xprinter-xp-58
policy: { reprint: when-ready }
notify: true
networkMs: 180ms
refusals: passed-over
seed: 4711
faults:
  - { fault: network.latency, delayMs: 350 }
  - { fault: printer.slow, factor: 3, when: { afterMs: 1234 } }
  - { fault: link.delay, delayMs: 40 }
steps:
  - sell: { yuan: 12.80, as: one, customer: pays }
  - wait: { settled: one }
  - sell: { yuan: 22.80, customer: { does: confirms, afterMs: 4s } }
  - wait: { settled: 2 }
  - fault: { fault: printer.paper-jam, for: 7s, as: jam }
  - sell: { yuan: 9.90, as: three, customer: pays }
  - wait: 17s
  - clear: jam
  - restart: { offMs: 3s }
  - wait: 20s
  - sell: { yuan: 77, as: five, customer: pays }
  - wait: { settled: five }
  - heal
expect: { sales: { one: { payment: paid } } }
`;

/** Does something three seconds after a customer has paid while this fault lasts. */
function whenPaidWith(fault: string, nth: number, act: (simulation: Simulation, saleId: string) => void): WorldGuest {
  return {
    opened(simulation) {
      const { world, clock } = simulation;
      let paid = 0;
      world.watch({
        record(record) {
          if (record.kind !== 'payment' || record.fact !== 'paid' || ++paid < nth) return;
          const active = world.faults.active().some((one) => one.fault === fault && one.begun);
          if (active) clock.setTimeout(() => act(simulation, record.saleId), 3_000);
        },
      });
    },
  };
}

/** A platform that gives money back without being asked, from the second sale on, where the printer is slow. */
const refunding = whenPaidWith('printer.slow', 2, ({ world }, saleId) => {
  const amount = ((world.platform?.ledger.trade(saleId)?.paidFen ?? 0) / 100).toFixed(2);
  const refund = { out_trade_no: saleId, refund_amount: amount, out_request_no: 'r1' };
  world.platform?.exchange('alipay.trade.refund', refund, () => {});
});

/** A driver that prints the ticket once more, without a mark, where the network is slow. */
const printingTwice = whenPaidWith('network.latency', 1, ({ world }, saleId) => {
  const { facts } = world.terminal.page(saleId);
  const merchant = { name: '街角咖啡 Corner Cafe', terminalId: 'T01', utcOffsetMinutes: 480 };
  world.printer.print({ jobId: 'stray', ticket: makeTicket(facts, 0, merchant) }, () => {});
});

/** A terminal that throws in an event of its own, at the third payment, where the line is late. */
const throwing = whenPaidWith('link.delay', 3, function forgotten() {
  throw new TypeError('nothing to read of undefined');
});

interface ShrunkFailure {
  readonly failure: RunFailure;
  readonly run: FixtureRun;
  readonly planned: PlannedRun;
  readonly shrunk: Shrunk;
}

async function shrunkWith(guest: WorldGuest, text = HOUR): Promise<ShrunkFailure> {
  const [plan] = planned(write(text));
  if (plan === undefined) throw new Error('a run was planned');
  const run = playVirtual(plan, await prepareDevice(plan.device), guest);
  const failure = failureOf(run);
  const shrunk = await shrinkRun(plan, run, { budget: { runs: 1_000 }, guest });
  if (failure === undefined || shrunk === undefined) throw new Error('it fails');
  return { failure, run, planned: plan, shrunk };
}

/** Reads the file that was written, as `paperjam run` does, and carries it out. */
async function fromFile({ failure, planned: plan, shrunk }: ShrunkFailure, guest: WorldGuest): Promise<FixtureRun> {
  const found = { foundBy: 'a test', failure, before: fixtureOfRun(plan), shrunk };
  const { file } = saveRegression(join(folder, 'regressions'), found);
  const [again] = planned(file);
  if (again === undefined) throw new Error('a run was planned');
  return playVirtual(again, await prepareDevice(again.device), guest);
}

describe('a real failure in a wrong world', () => {
  test.each([
    ['gives money back by itself', refunding, { faults: ['printer.slow'], sales: 2 }],
    ['prints a second original', printingTwice, { faults: ['network.latency'], sales: 1 }],
    ['throws', throwing, { faults: ['link.delay'], sales: 3 }],
  ])('that %s is shrunk to what it takes, and its file fails in the same way', async (_, guest, wanted) => {
    const found = await shrunkWith(guest);
    const { failure, run, shrunk } = found;
    const { faults, steps, device, seed, notify, policy } = shrunk.fixture;
    expect(shrunk.finished).toBe(true);
    expect({ device, seed, notify, reprint: policy.reprint }).toEqual({
      device: 'epson-tm-m30',
      seed: 1,
      notify: false,
      reprint: 'ask',
    });
    expect(faults.map(({ fault }) => fault)).toEqual(wanted.faults);
    expect(steps.filter(({ sell }) => sell !== undefined)).toHaveLength(wanted.sales);
    expect(steps.length).toBeLessThanOrEqual(2 * wanted.sales);
    const again = await fromFile(found, guest);
    const { kind, oracle } = failureOf(again) ?? {};
    expect({ kind, oracle }).toEqual({ kind: failure.kind, oracle: failure.oracle });
    expect(sameFailure(run)?.(again)).toBe(true);
  });

  test('is shrunk to the same in the same runs, every time', async () => {
    const { shrunk } = await shrunkWith(refunding);
    expect((await shrunkWith(refunding)).shrunk).toEqual(shrunk);
  });
});

describe('an expectation that is not met', () => {
  const JAM = `
title: { zh: 卡纸, en: A jam }
device: epson-tm-t88v
policy: { reprint: when-ready }
faults:
  - { fault: printer.paper-jam, as: jam, when: { line: 9 }, for: 90s }
  - { fault: network.latency, delayMs: 90 }
steps:
  - sell: { yuan: 12.80, as: coffee, customer: pays }
  - wait: { state: printFault }
  - restart
  - wait: { settled: coffee, withinMs: 10min }
  - sell: { yuan: 1.80, as: tea, customer: pays }
  - wait: { settled: tea }
expect:
  sales: { every: { ticket: printed, final: true } }
  paper: { originals: 2, copies: 0, partials: 1 }
`;

  test('stays the one that it was: the ticket is a copy, and not one that nobody paid for', async () => {
    const { shrunk, failure } = await shrunkWith({}, JAM);
    expect(failure.kind).toBe('expectation');
    const again = await fromFile({ shrunk, failure, ...(await runOf(JAM)) }, {});
    expect(again.problems).toMatchObject([{ path: 'expect.paper.originals', expected: '2', actual: '1' }]);
    expect(again.sales.map(({ verdict }) => verdict.payment)).toContain('paid');
    expect(shrunk.steps).toBeLessThanOrEqual(4);
    expect(shrunk.faults).toBe(1);
  });

  async function runOf(text: string) {
    const [plan] = planned(write(text));
    if (plan === undefined) throw new Error('a run was planned');
    return { planned: plan, run: playVirtual(plan, await prepareDevice(plan.device)) };
  }

  test('of a fixture that passes is nothing to shrink', async () => {
    const { planned: plan, run } = await runOf(JAM.replace('originals: 2, copies: 0', 'originals: 1, copies: 1'));
    expect(run.problems).toEqual([]);
    expect(await shrinkRun(plan, run, { budget: { runs: 10 } })).toBeUndefined();
  });
});
