import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { FIXTURE } from '../../../src/fixture/language/fixture.js';
import { playVirtual } from '../../../src/fixture/run.js';
import { fixtureOf, strike } from '../../../src/sim/exhaustive/batch.js';
import { type Case, casesOf } from '../../../src/sim/exhaustive/cases.js';
import { hold } from '../../../src/sim/exhaustive/hold.js';
import type { Struck } from '../../../src/sim/exhaustive/operations.js';
import { plannedOf } from '../../../src/sim/planned-of.js';
import { planned } from '../../fixture/support.js';
import { ROOT } from '../../house/source.js';

async function struckIn(path: string): Promise<Struck> {
  const [first] = planned(join(ROOT, path));
  if (first === undefined) throw new Error(`${path} has no run`);
  const struck = await strike(first);
  if ('outcome' in struck) throw new Error(struck.reason);
  return struck;
}

let sale: Struck;
let pairs: readonly Case[];
beforeAll(async () => {
  sale = await struckIn('fixtures/sale.yaml');
  pairs = all(sale, 40).filter(({ faults }) => faults.length === 2);
});

const all = (struck: Struck, pairs = 0): Case[] => [...casesOf(struck, { pairs })];

describe('the operations of a sale', () => {
  test('are every record of its journal, handed over and durable, in their order', () => {
    const journal = sale.operations.moments.flatMap(({ name }) => (name.startsWith('journal ') ? [name.slice(8)] : []));
    const kinds = ['boot', 'sale-opened', 'authorize-intent', 'payment', 'print-intent', 'print-result'];
    for (const kind of kinds) {
      expect(journal.indexOf(`${kind} append`)).toBeGreaterThanOrEqual(0);
      expect(journal.indexOf(`${kind} synced`)).toBeGreaterThan(journal.indexOf(`${kind} append`));
    }
  });

  test('every byte on both ways of the line, numbered without a gap', () => {
    const to = sale.operations.bytes.filter(({ name }) => name.endsWith(' to the printer'));
    const from = sale.operations.bytes.filter(({ name }) => name.endsWith(' from the printer'));
    expect(to.map(({ when }) => when)).toEqual(to.map((_, i) => ({ byte: i + 1 })));
    expect(from.map(({ when }) => when)).toEqual(from.map((_, i) => ({ byte: i + 1, from: 'printer' })));
    expect([to.length > 500, from.length > 20]).toEqual([true, true]);
  });

  test('every event, and the request with its answer, before and after', () => {
    const { events, requests, moments } = sale.operations;
    expect(events.map(({ when }) => when)).toEqual(events.map((_, i) => ({ event: i + 1 })));
    expect(requests.map(({ nth, method }) => [nth, method])).toEqual([[1, 'alipay.trade.pay']]);
    expect(moments.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'request alipay.trade.pay',
        'answer alipay.trade.pay arrived',
        'answer alipay.trade.pay taken',
        'state printing',
      ]),
    );
  });
});

describe('the cases', () => {
  test('have names of their own, come in the same order each time, and are fixtures that can be written down', () => {
    const cases = all(sale, 8);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    expect(all(sale, 8)).toEqual(cases);
    for (const one of cases.filter((_, i) => i % 40 === 0)) {
      const { faults } = fixtureOf(sale.fixture, one);
      const written = { title: { zh: '测试', en: 'test' }, steps: ['cancel'], faults };
      expect(FIXTURE.safeParse(written).error?.message).toBeUndefined();
    }
  });

  test('cut the power with each thing that the flash can keep, wherever something is not durable', () => {
    const ids = all(sale).map(({ id }) => id);
    for (const kept of ['lost', 'kept', 'torn', 'a bit rots'])
      expect(ids).toContain(`power cut at journal authorize-intent append, ${kept}`);
    expect(ids).toContain('power cut at journal authorize-intent synced');
    expect(ids).not.toContain('power cut at journal authorize-intent synced, lost');
  });

  test('as many pairs as there may be, spread over all of them', () => {
    expect(pairs.length).toBe(40);
    const kinds = new Set(pairs.map(({ faults }) => faults.map(({ record }) => record.fault.split('.')[0]).join()));
    for (const kind of ['terminal,terminal', 'terminal,network', 'network,terminal', 'network,platform'])
      expect(kinds).toContain(kind);
    expect(all(sale, 3).filter(({ faults }) => faults.length === 2).length).toBe(3);
  });

  test('in pairs take the second fault from what the first one has made of the run, so that both begin', () => {
    const names = sale.operations.moments.map(({ name }) => name);
    const later = pairs.filter(({ faults: [, second] }) => !names.some((name) => second?.id.includes(` at ${name}`)));
    expect(later.length).toBeGreaterThan(10); // The undisturbed sale has no second boot, and asks nothing.
    for (const one of pairs)
      expect(hold(fixtureOf(sale.fixture, one), one.id, sale.device, 2), one.id).toEqual({
        outcome: 'held',
        begun: true,
      });
  });

  test('bite: what is added to the fixture begins in its run', () => {
    const single = all(sale).filter(({ faults }) => faults.length === 1);
    const last = single.findLast(({ id }) => /^power cut at event \d+$/.test(id));
    const some = single.filter((one, i) => one === last || i % 29 === 0);
    expect(some.length).toBeGreaterThan(40);
    for (const one of some) {
      const { timeline } = playVirtual(plannedOf(fixtureOf(sale.fixture, one), one.id), sale.device);
      const name = one.faults[0]?.record.fault ?? '';
      expect(
        timeline.some(({ lane, says }) => lane === 'fault' && says.startsWith(name)),
        one.id,
      ).toBe(true);
    }
  });
});

test('a fixture expects nothing any more, and is held to what must always hold alone', async () => {
  const struck = await struckIn('fixtures/causes/printer.paper-jam.yaml');
  expect(struck.fixture).toMatchObject({ expect: {}, refusals: 'passed-over' });
  expect(struck.fixture.steps.some(({ expect: expected }) => expected !== undefined)).toBe(false);
  const [asItIs] = all(struck);
  if (asItIs === undefined) throw new Error('there is one');
  expect(hold(fixtureOf(struck.fixture, asItIs), asItIs.id, struck.device, 0)).toEqual({
    outcome: 'held',
    begun: true,
  });
});

test('a world that stands still is found, and says what it was', () => {
  const hurried = { ...sale.fixture, timeLimitMs: 1 };
  expect(hold(hurried, 'hurried', sale.device, 0).outcome).toMatchObject({
    kind: 'crash',
    says: expect.stringContaining('it is not over after 1 ms'),
  });
});

test('a case whose fault never begins is told from one that was struck', () => {
  const cutAt = (event: number) =>
    fixtureOf(sale.fixture, {
      id: 'cut',
      faults: [{ id: 'cut', record: { fault: 'terminal.power-cut', when: { event } } }],
    });
  expect(hold(cutAt(3), 'cut', sale.device, 1)).toEqual({ outcome: 'held', begun: true });
  expect(hold(cutAt(1_000_000), 'cut', sale.device, 1)).toEqual({ outcome: 'held', begun: false });
});
