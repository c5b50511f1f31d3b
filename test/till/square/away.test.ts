import { describe, expect, test } from 'vitest';
import type { World } from '../../../src/world/world.js';
import { Bench } from './bench.js';

const DAMAGED = { code: 'PJ_JOURNAL_CHANGED' };

function cancel(bench: Bench, kind: string, id: string) {
  return bench.ask('POST', `/v2/terminals/${kind}/${encodeURIComponent(id)}/cancel`).json;
}

describe('what was sent to a terminal that is not configured any more', () => {
  test('and that it was never asked for is called off when its time is up, or canceled', () => {
    const bench = new Bench({}, {}, 2);
    bench.others[0]?.powerOff(3_600_000);
    const [late, unwanted] = [1, 2].map(() => bench.checkout(100, {}, 'T02').id);
    bench.forgetOthers();
    expect(cancel(bench, 'checkouts', unwanted).checkout).toMatchObject({
      status: 'CANCELED',
      cancel_reason: 'SELLER_CANCELED',
    });
    expect(bench.state('checkouts', late)).toBe('PENDING');
    bench.until('checkouts', late, 'CANCELED TIMED_OUT', 301_000);
  });

  test('and that it may have in hand stays as it is, and says why it cannot be canceled', () => {
    const bench = new Bench({}, {}, 2);
    const { id } = bench.checkout(100, {}, 'T02');
    bench.forgetOthers();
    bench.clock.advance(600_000);
    expect(bench.state('checkouts', id)).not.toContain('CANCELED');
    expect(cancel(bench, 'checkouts', id).errors[0].detail).toContain(
      'terminal T02 may have it in hand, and is not configured here, so nobody knows how it ends.',
    );
  });
});

test('a checkout of which a damaged journal says nothing any more is not called off, and nobody is asked for it again', () => {
  const bench = new Bench();
  bench.checkout(100);
  const shelf = bench.shelfFlash.read(); // What it knew before it heard that the terminal had begun.
  const [id] = [
    ...Buffer.from(shelf)
      .toString()
      .matchAll(/"kind":"square\.task","id":"(\w+)"/g),
  ].map(([, it]) => it);
  if (id === undefined) throw new Error('no checkout');
  bench.clock.advance(20_000);
  damage(bench, bench.world);
  bench.restartCloud(shelf);
  bench.clock.advance(600_000);
  expect(bench.state('checkouts', id)).toBe('PENDING');
  expect(cancel(bench, 'checkouts', id).checkout.status).toBe('CANCEL_REQUESTED');
  bench.clock.advance(600_000);
  expect(bench.state('checkouts', id)).toBe('CANCEL_REQUESTED');
  expect(bench.world.platform?.ledger.trades().map(({ state }) => state)).toEqual(['TRADE_SUCCESS']);
});

/** Rots the record that opened the sale, beyond what the chain can mend, and boots. */
function damage({ clock }: Bench, world: World): void {
  const lines = Buffer.from(world.readJournal()).toString().split('\n').slice(0, -1);
  const back = lines.length - 1 - lines.findIndex((line) => line.includes('sale-opened'));
  world.faults.put({ fault: 'terminal.journal-rot', back, bits: 3, when: 'now' });
  clock.advance(10);
  world.powerOff(0);
  clock.advance(5_000);
  expect(world.terminal.failure).toMatchObject(DAMAGED);
}
