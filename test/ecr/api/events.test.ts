import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { TerminalWatcher } from '../../../src/terminal/terminal.js';
import { ApiBench, closeBenches, expectProblem, turns } from './bench.js';

closeBenches();
afterEach(() => vi.restoreAllMocks());

const CODE = '281234567890123456';

interface Event {
  /** None for what nobody keeps. */
  readonly id: string | undefined;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Somebody who listens to the events of a terminal. */
class Listener {
  readonly #connection = new AbortController();
  #text = '';
  response: Response | undefined;

  static async open(bench: ApiBench, lastId?: string): Promise<Listener> {
    const listener = new Listener();
    listener.response = await fetch(`${bench.api.url}/v1/events`, {
      signal: listener.#connection.signal,
      headers: lastId === undefined ? {} : { 'last-event-id': lastId },
    });
    void listener.#read(listener.response);
    await bench.until(() => listener.events.length > 0);
    return listener;
  }

  get text(): string {
    return this.#text;
  }

  get events(): Event[] {
    const [retry, ...messages] = this.#text.split('\n\n').slice(0, -1);
    expect(retry ?? 'retry: 1000').toBe('retry: 1000');
    return messages.map((message) => {
      const match = /^(?:id: (\d+(?:\.sale)?)\n)?event: (\w+)\ndata: (.+)$/.exec(message);
      if (match === null) throw new Error(`not an event: ${message}`);
      return { id: match[1], event: match[2] ?? '', data: JSON.parse(match[3] ?? '') };
    });
  }

  /** `screen idle`, `record boot`, `sale paid printed`. */
  get words(): string[] {
    return this.events.map(({ event, data }) => {
      if (event === 'sale') return `sale ${data.payment} ${data.ticket}`;
      return `${event} ${event === 'screen' ? data.state : data.kind}`;
    });
  }

  leave(): void {
    this.#connection.abort();
  }

  async #read(response: Response): Promise<void> {
    try {
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) this.#text += decoder.decode(chunk, { stream: true });
    } catch {
      // It has left, or was cut off.
    }
  }
}

/** Who watches the world from now on. */
function watchersOf(bench: ApiBench): ReadonlySet<TerminalWatcher> {
  const watchers = new Set<TerminalWatcher>();
  const watch = bench.world.watch.bind(bench.world);
  vi.spyOn(bench.world, 'watch').mockImplementation((watcher) => {
    const unwatch = watch(watcher);
    watchers.add(watcher);
    return () => {
      watchers.delete(watcher);
      unwatch();
    };
  });
  return watchers;
}

describe('GET /v1/events', () => {
  test('tells of a sale from its opening to its ticket, in order, each once it is durable', async () => {
    const bench = await ApiBench.open();
    bench.clock.advance(5_000);
    const listener = await Listener.open(bench);
    expect(listener.response?.status).toBe(200);
    expect(listener.response?.headers.get('content-type')).toBe('text/event-stream');
    expect(listener.response?.headers.get('cache-control')).toBe('no-store');
    const saleId = await bench.soldAndSettled({ customer: undefined, code: CODE });
    await bench.until(() => listener.words.includes('screen done'));
    expect(listener.words).toEqual([
      'screen idle',
      'record sale-opened',
      'sale unknown none',
      'screen scanning',
      'record authorize-intent',
      'sale unknown none',
      'screen authorizing',
      'record payment',
      'sale paid pending',
      'record print-intent',
      'sale paid pending',
      'screen printing',
      'record print-result',
      'sale paid printed',
      'screen done',
    ]);
    const ids = ['2', '2.sale', '3', '3.sale', '4', '4.sale', '5', '5.sale', '6', '6.sale'];
    expect(listener.events.flatMap(({ id }) => id ?? [])).toEqual(ids);
    expect(listener.events.filter(({ event }) => event === 'screen').map(({ id }) => id)).toEqual(
      Array(5).fill(undefined),
    );
    expect(listener.events.at(-2)).toMatchObject({ event: 'sale', data: { id: saleId, payment: 'paid' } });
    expect(listener.events[0]?.data).toEqual({ state: 'idle', zh: '请收款', en: 'Ready for a sale' });
  });

  test('the payment code is in no event and in no answer, a rejected one neither', async () => {
    const bench = await ApiBench.open();
    const listener = await Listener.open(bench);
    const other = '131234567890123456';
    let answers = (await bench.call('POST', '/v1/sales', { body: { amount: '1', code: other } })).text;
    const saleId = await bench.sell({ customer: undefined });
    bench.world.terminal.scan(other);
    bench.clock.advance(10);
    answers += (await bench.call('POST', '/v1/scan', { body: { code: CODE } })).text;
    bench.settle(saleId);
    for (const path of ['/v1/sales', `/v1/sales/${saleId}`, `/v1/sales/${saleId}/verdict`, '/healthz']) {
      answers += (await bench.call('GET', path)).text;
    }
    await bench.until(() => listener.words.includes('screen done'));
    expect(listener.words).toContain('record code-rejected');
    expect(listener.text).toContain('"code":"2812…3456"');
    for (const code of [CODE, other]) {
      expect(listener.text).not.toContain(code);
      expect(answers).not.toContain(code);
    }
    expect(Buffer.from(bench.simulation.flash().read()).toString()).toContain(CODE);
  });

  test('goes on over a power cut', async () => {
    const bench = await ApiBench.open();
    const listener = await Listener.open(bench);
    bench.world.powerCut();
    await bench.until(() => listener.words.includes('record boot'));
  });

  test('goes on behind the last that was heard, in the header or in the query, also over a restart', async () => {
    const bench = await ApiBench.open();
    const listener = await Listener.open(bench);
    await bench.soldAndSettled();
    await bench.until(() => listener.words.includes('screen done'));
    const ids = (one: Listener) => one.events.flatMap(({ id }) => id ?? []);
    const late = await Listener.open(bench, '3');
    await bench.until(() => ids(late).includes('6.sale'));
    expect(ids(late)).toEqual(['3.sale', '4', '4.sale', '5', '5.sale', '6', '6.sale']);
    expect(late.events[0]).toMatchObject({ event: 'screen' });

    const flash = bench.simulation.flash().read();
    await bench.close();
    const again = await ApiBench.open({ flash });
    const behind = await Listener.open(again, '5.sale');
    await again.until(() => behind.words.includes('record boot'));
    expect(ids(behind)).toEqual(['6', '6.sale', '7']);
    expectProblem(await again.call('GET', '/v1/events?after=99'), 400, 'PJ_REQUEST', /no such record, its last is 7/);
  });

  test('a listener that goes away is forgotten', async () => {
    const bench = await ApiBench.open();
    const watchers = watchersOf(bench);
    const [one, two] = [await Listener.open(bench), await Listener.open(bench)];
    expect(watchers.size).toBe(2);
    one.leave();
    await bench.until(() => watchers.size === 1);
    const saleId = await bench.soldAndSettled();
    await bench.until(() => two.text.includes(saleId));
    two.leave();
    await bench.until(() => watchers.size === 0);
    expect(bench.bugs).toEqual([]);
  });

  test('of a journal that cannot be read any more are refused, and nobody watches on for them', async () => {
    const bench = await ApiBench.open();
    const watchers = watchersOf(bench);
    await bench.soldAndSettled();
    for (const bit of [2, 3]) bench.simulation.flash().rot(52, bit);
    expectProblem(await bench.call('GET', '/v1/events?after=0'), 503, 'PJ_JOURNAL_CHANGED');
    expect(watchers.size).toBe(0);
    expect(bench.bugs).toEqual([]);
  });

  test('a listener that does not read is cut off, and little is kept for it', async () => {
    const bench = await ApiBench.open();
    const watchers = watchersOf(bench);
    const deaf = connect(Number(new URL(bench.api.url).port), '127.0.0.1').pause();
    deaf.write('GET /v1/events HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await bench.until(() => watchers.size === 1);
    const listener = await Listener.open(bench);
    const before = process.memoryUsage();
    const screen = { state: 'idle', zh: '', en: 'x'.repeat(32_000) };
    for (let sentBytes = 0; watchers.size === 2; sentBytes += 2 * screen.en.length) {
      expect(sentBytes).toBeLessThan(64e6);
      for (let i = 0; i < 2; i++) for (const watcher of watchers) watcher.screen?.(screen);
      await turns(3); // Time enough for one that reads.
    }
    const { arrayBuffers, external } = process.memoryUsage();
    expect(arrayBuffers + external - before.arrayBuffers - before.external).toBeLessThan(16e6);
    const saleId = await bench.soldAndSettled();
    await bench.until(() => listener.text.includes(saleId));
    deaf.destroy();
  });

  test('a listener who has to read a journal that cannot be read any more is cut off, and forgotten', async () => {
    const bench = await ApiBench.open();
    const watchers = watchersOf(bench);
    const listener = await Listener.open(bench);
    const [watcher] = watchers;
    watcher?.screen?.({ state: 'idle', zh: '', en: 'x'.repeat(500_000) }); // More than goes out at once.
    const saleId = bench.world.people.sell(1_280, { code: CODE });
    bench.settle(saleId); // Before that has gone out.
    const flash = bench.simulation.flash();
    for (const bit of [2, 3]) flash.rot(flash.length - 60, bit); // In the last record.
    await bench.until(() => watchers.size === 0);
    expect(listener.words).not.toContain('record print-result');
    expect(bench.bugs).toEqual([]);
  });

  test('other methods are refused', async () => {
    const bench = await ApiBench.open();
    for (const method of ['HEAD', 'POST']) {
      expect(await bench.call(method, '/v1/events')).toMatchObject({ status: 405 });
    }
    expectProblem(await bench.call('DELETE', '/v1/events'), 405, 'PJ_METHOD', /Allowed: GET\./);
  });

  test('a silent listener does not keep the server from closing', async () => {
    const bench = await ApiBench.open();
    const sockets: Socket[] = [];
    for (let i = 0; i < 3; i++)
      sockets.push(connect(Number(new URL(bench.api.url).port), '127.0.0.1').on('error', () => {}));
    await Listener.open(bench);
    await turns(20);
    const startMs = performance.now();
    await bench.close();
    expect(performance.now() - startMs).toBeLessThan(1_000);
    await Promise.all(
      sockets.map((socket) => new Promise((done) => (socket.closed ? done(0) : socket.on('close', done).resume()))),
    );
  });
});
