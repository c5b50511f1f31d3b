import { describe, expect, test } from 'vitest';
import { FAULT_NAMES } from '../../src/faults/catalogue.js';
import type { FaultRecord } from '../../src/faults/fault.js';
import { seededRandom } from '../../src/ground/seeded-random.js';
import { prepareDevice } from '../../src/world/simulated.js';
import { CUSTOMERS, FAULTY_MS, type Outcome, PLATFORM_FAULTS, sellAmid } from './platform-faults.js';

const device = await prepareDevice('epson-tm-m30');

/** `paid by query`. */
const said = ({ payment, by }: Outcome) => `${payment} by ${by}`;

test('every fault of the platform is among those that are tried', () => {
  const tried = new Set(PLATFORM_FAULTS.map(({ fault }) => fault));
  expect(FAULT_NAMES.filter((name) => name.startsWith('platform.') && !tried.has(name))).toEqual([]);
});

describe.each([true, false])('with notices: %s', (notify) => {
  const possible = PLATFORM_FAULTS.filter(({ fault, method }) => notify || !/notify/.test(`${fault} ${method}`));

  test.each(possible.map((record) => [JSON.stringify(record), record] as const))(
    '%s: what is known agrees with the ledger at once and for ever, whoever the customer is',
    (_, record) => {
      for (const behaviour of CUSTOMERS) {
        const { payment } = sellAmid(device, [record], behaviour, { notify });
        if (behaviour === 'never') expect(payment).toBe('not-paid');
      }
    },
  );

  test.each([2_000, 27_000])('the same with a power cut after %i ms', (powerCutMs) => {
    for (const record of possible) {
      for (const behaviour of CUSTOMERS) sellAmid(device, [record], behaviour, { notify, powerCutMs });
    }
  });

  test('the same when several come together, at any time, with power cuts and cashiers who give up', () => {
    const random = seededRandom(notify ? 1 : 2);
    const outcomes = new Set<string>();
    for (let seed = 1; seed <= 120; seed++) {
      const faults = Array.from({ length: random.int(2, 5) }, (): FaultRecord => {
        const record = possible[random.int(0, possible.length - 1)] ?? { fault: 'platform.peak' };
        return random.int(0, 1) === 0 ? record : { ...record, when: { afterMs: random.int(0, 45_000) } };
      });
      const outcome = sellAmid(device, faults, CUSTOMERS[random.int(0, 2)] ?? 'pays', {
        notify,
        seed,
        ...(random.int(0, 2) === 0 ? { powerCutMs: random.int(0, 60_000) } : {}),
        ...(random.int(0, 3) === 0 ? { cancelMs: random.int(0, 40_000) } : {}),
      });
      outcomes.add(said(outcome));
    }
    for (const one of ['paid by authorize', 'paid by query', 'not-paid by cancel', 'reversed by cancel']) {
      expect(outcomes).toContain(one);
    }
    expect(outcomes.has('paid by notify')).toBe(notify);
  });
});

describe('a stale copy of the books', () => {
  const unanswered: FaultRecord = { fault: 'platform.answer-lost' };
  const stale = (behindMs: number): FaultRecord => ({ fault: 'platform.stale-query', behindMs });
  const quiet = { notify: false };

  test('that knows nothing of the payment yet does not make it unpaid: it is asked again, and then it is paid', () => {
    const outcome = sellAmid(device, [unanswered, stale(12_000)], 'pays', quiet);
    expect(said(outcome)).toBe('paid by query');
    expect(outcome.afterMs).toBeGreaterThan(12_000);
    const { platform } = outcome.simulation.world;
    expect(platform?.log.map(({ response }) => Object(response).sub_code)).toContain('ACQ.TRADE_NOT_EXIST');
  });

  test('that is behind for longer than the terminal asks: the cancel is told the truth, and gives the money back', () => {
    expect(said(sellAmid(device, [unanswered, stale(60_000)], 'pays', quiet))).toBe('reversed by cancel');
  });

  test('that still says "paid" of what was cancelled, while the platform refuses to cancel again, is not believed', () => {
    const faults: FaultRecord[] = [
      unanswered,
      { fault: 'platform.system-error', method: 'alipay.trade.query', booked: false, times: 100, for: 35_000 },
      { fault: 'platform.cancel-lost', times: 1 },
      { fault: 'platform.cancel-refused', when: { afterMs: 35_000 } },
      stale(20_000),
    ];
    const outcome = sellAmid(device, faults, 'pays', quiet);
    expect(outcome.payment).toBe('reversed');
    expect(outcome.kinds).toContain('unresolved');
  });
});

describe('a fault of the platform', () => {
  const outcomeOf = (record: FaultRecord, behaviour: 'pays' | 'confirms' | 'never' = 'pays') =>
    sellAmid(device, [record], behaviour, { notify: false });

  test.each<[FaultRecord, string]>([
    [{ fault: 'platform.system-error' }, 'paid by query'],
    [{ fault: 'platform.system-error', booked: false }, 'not-paid by cancel'],
    [{ fault: 'platform.wrong-amount' }, 'paid by query'],
    [{ fault: 'platform.bad-signature' }, 'paid by query'],
    [{ fault: 'platform.password-asked' }, 'paid by query'],
    [{ fault: 'platform.pays-late' }, 'reversed by cancel'],
    [{ fault: 'platform.pays-late', afterMs: 60 }, 'not-paid by cancel'],
    [{ fault: 'platform.clock-skew' }, 'not-paid by authorize'],
    [{ fault: 'platform.clock-skew', aheadMs: 300_000 }, 'paid by authorize'],
  ])('%j: %s', (record, expected) => {
    expect(said(outcomeOf(record))).toBe(expected);
  });

  test.each<FaultRecord>([{ fault: 'platform.maintenance' }, { fault: 'platform.rate-limit', requests: 0 }])(
    '%j is unknown for as long as it lasts, and settles afterwards',
    (record) => {
      const outcome = outcomeOf(record);
      expect(outcome.kinds).toContain('unresolved');
      expect(outcome.afterMs).toBeGreaterThan(FAULTY_MS);
      expect(said(outcome)).toBe('not-paid by cancel');
    },
  );

  test('one payment too many for the gateway may be a repeat of one that it took: unknown, not refused', () => {
    const { simulation } = outcomeOf({ fault: 'platform.rate-limit', requests: 0 });
    const journal = Buffer.from(simulation.flash().read()).toString();
    expect(journal).toContain('"call":"authorize","outcome":"unknown","code":"isv.app-call-limited"');
  });
});
