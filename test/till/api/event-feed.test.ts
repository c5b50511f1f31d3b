import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { EventFeed, type FeedEvent } from '../../../src/till/api/event-feed.js';
import { FaceBench, PAYS } from './bench.js';

/** Somebody who listens, and reads as much as he likes. */
class Listener {
  readonly heard: FeedEvent[] = [];
  readonly feed: EventFeed;
  /** So many more are taken before he wants a pause. */
  appetite = Number.POSITIVE_INFINITY;
  readonly broken: Error[] = [];

  constructor(bench: FaceBench, lastId?: string) {
    this.feed = new EventFeed(bench.world, bench.face.readerOf('T01'), lastId, {
      send: (event) => {
        this.heard.push(event);
        this.appetite--;
        return this.appetite > 0;
      },
      broken: (error) => this.broken.push(error),
    });
  }

  get ids(): string[] {
    return this.heard.flatMap(({ id }) => id ?? []);
  }
}

/** Every durable event of a terminal, from its first record on. */
function allIds(bench: FaceBench): string[] {
  return bench
    .records()
    .flatMap((record) => ('saleId' in record ? [`${record.seq}`, `${record.seq}.sale`] : `${record.seq}`));
}

function opened(): FaceBench {
  const bench = new FaceBench();
  bench.clock.advance(5_000);
  return bench;
}

function sell(bench: FaceBench): string {
  const { json } = bench.post('/v1/sales', { ...PAYS, waitMs: 100_000 });
  bench.untilFree();
  bench.clock.advance(100);
  return json.id;
}

describe('the events of a terminal', () => {
  test('begin with the screen, and tell each record, and its sale as it stood then', () => {
    const bench = opened();
    const listener = new Listener(bench);
    const saleId = sell(bench);
    expect(listener.heard[0]).toEqual({
      event: 'screen',
      data: { state: 'idle', zh: '请收款', en: 'Ready for a sale' },
    });
    const sales = listener.heard.filter(({ event }) => event === 'sale').map(({ id, data }) => ({ ...data, id }));
    expect(sales.slice(0, 3)).toMatchObject([
      { id: '2.sale', payment: 'unknown', ticket: 'none' },
      { id: '3.sale', payment: 'unknown', ticket: 'none' },
      { id: '4.sale', payment: 'paid', ticket: 'pending' },
    ]);
    expect(listener.heard.filter(({ event }) => event === 'record').at(-1)?.data).toMatchObject({ saleId });
  });

  test.each(['0', '3', '3.sale', '5.sale'])('go on behind %s exactly as they would have', (lastId) => {
    const bench = opened();
    const always = new Listener(bench, '0');
    sell(bench);
    const late = new Listener(bench, lastId);
    sell(bench);
    const from = lastId === '0' ? 0 : always.ids.indexOf(lastId) + 1;
    const durable = (listener: Listener) => listener.heard.filter(({ id }) => id !== undefined);
    expect(durable(late)).toEqual(durable(always).slice(from));
    expect(durable(late).length).toBeGreaterThan(5);
  });

  test('come to a slow listener all and once, though nothing is kept for him', () => {
    const bench = opened();
    const slow = new Listener(bench, '0');
    slow.appetite = 1;
    for (let i = 0; i < 3; i++) sell(bench);
    expect(slow.ids.length).toBeLessThan(5);
    for (let i = 0; i < 1_000 && slow.ids.length < allIds(bench).length; i++) {
      slow.appetite = 1 + (i % 3);
      slow.feed.goOn();
    }
    expect(slow.ids).toEqual(allIds(bench));
    slow.appetite = 100;
    slow.feed.goOn();
    sell(bench);
    expect(slow.ids).toEqual(allIds(bench));
  });

  test('are missed by nobody and heard by nobody twice, over lost connections and power cuts at any moment', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const bench = new FaceBench({ seed });
      const random = seededRandom(seed);
      const heard: string[] = ['0'];
      let listener: Listener | undefined;
      for (let i = 0; i < 40; i++) {
        const what = random.int(1, 6);
        if (what <= 2 && bench.world.terminal.free) {
          bench.till.send({ path: '/v1/sales', json: PAYS });
        } else if (what === 3) {
          bench.world.powerOff(random.int(0, 300));
        } else if (what === 4) {
          listener?.feed.close();
          heard.push(...(listener?.ids ?? []));
          listener = undefined;
        } else {
          listener ??= new Listener(bench, heard.at(-1));
          listener.appetite = random.int(1, 5);
          listener.feed.goOn();
        }
        bench.clock.advance(random.int(0, 1_500));
      }
      listener?.feed.close();
      heard.push(...(listener?.ids ?? []));
      bench.clock.advance(600_000);
      const last = new Listener(bench, heard.at(-1));
      heard.push(...last.ids);
      expect(heard.slice(1), `seed ${seed}`).toEqual(allIds(bench));
      expect(heard.length, `seed ${seed}`).toBeGreaterThan(15);
    }
  });

  test.each([
    ['nonsense', /no event has such an id; they look like 7 and 7\.sale/],
    ['999', /the journal has no such record, its last is 1\./],
    ['-1', /no event has such an id/],
    ['1.screen', /no event has such an id/],
  ])('behind %s there are none', (lastId, words) => {
    const bench = opened();
    expect(() => new Listener(bench, lastId)).toThrow(words);
  });

  test('of sales that only the journal has any more, are told as they stood', () => {
    const bench = opened();
    const first = sell(bench);
    const record = bench.records().find(({ kind }) => kind === 'payment');
    // As many as push the first one out of the terminal's hand.
    for (let i = 0; i < 201; i++) {
      const { id } = bench.post('/v1/sales', { amount: '1' }).json;
      bench.post(`/v1/sales/${id}/cancel`);
      bench.untilFree();
    }
    expect(bench.world.terminal.sales().map(({ saleId }) => saleId)).not.toContain(first);
    const listener = new Listener(bench, '0');
    expect(listener.ids).toEqual(allIds(bench));
    const then = listener.heard.find(({ id }) => id === `${record?.seq}.sale`);
    expect(then?.data).toMatchObject({ id: first, payment: 'paid', ticket: 'pending' });
  });

  test('end when the journal cannot be read any more; the terminal goes on, and so does who need not read it', () => {
    const bench = opened();
    const live = new Listener(bench);
    const slow = new Listener(bench, '0');
    slow.appetite = 1;
    sell(bench); // What he has to read from the journal.
    const flash = bench.simulation.flash();
    for (const bit of [2, 3]) flash.rot(flash.length - 60, bit); // In the last record.
    expect(() => new Listener(bench, '0')).toThrow(/^The journal/);
    expect(slow.broken).toEqual([]);
    slow.appetite = 1_000;
    slow.feed.goOn();
    expect(slow.broken).toMatchObject([{ code: 'PJ_JOURNAL_CHANGED' }]);
    const before = slow.heard.length;
    const saleId = sell(bench);
    slow.feed.goOn();
    expect([slow.heard.length, slow.broken.length]).toEqual([before, 1]);
    expect(bench.world.terminal.find(saleId)?.facts).toMatchObject({ payment: 'paid', ticket: 'printed' });
    expect(live.ids).toEqual(allIds(bench).slice(1));
  });
});
