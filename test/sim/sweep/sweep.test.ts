import { describe, expect, test } from 'vitest';
import type { Batch, BatchResult } from '../../../src/sim/sweep/batch.js';
import { playBatch } from '../../../src/sim/sweep/batch.js';
import { type Bench, openBench } from '../../../src/sim/sweep/pool.js';
import type { RunSource } from '../../../src/sim/sweep/source.js';
import { sweep } from '../../../src/sim/sweep/sweep.js';

const SOURCE: RunSource = { from: 'seeds', first: 40, profile: 'swarm' };

/** Answers when it is told to, in any order. */
class SlowBench implements Bench {
  readonly room = 3;
  readonly batchRuns = 2;
  readonly underWay: { readonly batch: Batch; answer(): void }[] = [];

  play(batch: Batch): Promise<BatchResult> {
    return new Promise((done) => {
      this.underWay.push({ batch, answer: () => done(resultOf(batch)) });
    });
  }

  async close(): Promise<void> {}

  /** The one that begins with this run is done; whatever follows from it has happened afterwards. */
  async answer(start: number): Promise<void> {
    const at = this.underWay.findIndex(({ batch }) => batch.start === start);
    const [one] = this.underWay.splice(at, 1);
    one?.answer();
    await new Promise((done) => setImmediate(done));
  }

  get starts(): number[] {
    return this.underWay.map(({ batch }) => batch.start);
  }
}

function resultOf({ start, count }: Batch): BatchResult {
  const numbers = Array.from({ length: count }, (_, i) => start + i);
  return {
    start,
    count,
    sales: count,
    virtualMs: 1_000 * count,
    records: 7 * count,
    repeated: 0,
    faults: { 'printer.hang': count },
    marks: { 'state idle': { runs: count, first: start } },
    coverage: { states: { idle: count, scanning: start }, transitions: {} },
    failures: start === 4 ? [{ kind: 'safety', says: 'two', number: 5, id: 'seed 45', seed: 45 }] : [],
    hashes: numbers.map((number) => `hash ${number}`),
  };
}

describe('what comes back from the threads', () => {
  test('is added in the order of the runs, whichever is done first', async () => {
    const hashes: string[] = [];
    for (const order of [
      [0, 2, 4, 6],
      [4, 2, 0, 6],
      [2, 4, 0, 6],
    ]) {
      const bench = new SlowBench();
      const running = sweep(bench, { source: SOURCE, runs: 8 });
      for (const start of order) await bench.answer(start);
      const totals = await running;
      expect(totals).toMatchObject({ runs: 8, sales: 8, virtualMs: 8_000, records: 56, faultsBitten: 8 });
      expect(totals.marks.get('state idle')).toEqual({ runs: 8, first: 0 });
      expect([...totals.coverage.states]).toEqual(
        expect.arrayContaining([
          ['idle', 8],
          ['scanning', 12],
        ]),
      );
      expect(totals.failures.map(({ seed }) => seed)).toEqual([45]);
      hashes.push(totals.hash);
    }
    expect(new Set(hashes).size).toBe(1);
  });

  test('does not pile up behind one that takes long', async () => {
    const bench = new SlowBench();
    void sweep(bench, { source: SOURCE, runs: 1_000 });
    for (let start = 2; start < 200; start += 2) if (bench.starts.includes(start)) await bench.answer(start);
    expect(bench.starts).toEqual([0]);
    await bench.answer(0);
    expect(bench.starts).toHaveLength(3);
  });

  test('is waited for when nobody wants more, and counts', async () => {
    const bench = new SlowBench();
    let goesOn = true;
    const running = sweep(bench, { source: SOURCE, runs: 1_000, goesOn: () => goesOn });
    await bench.answer(0);
    goesOn = false;
    for (const start of [6, 4, 2]) await bench.answer(start);
    expect((await running).runs).toBe(8);
  });

  test('ends the sweep when a thread breaks', async () => {
    const broken: Bench = {
      room: 1,
      batchRuns: 1,
      play: () => Promise.reject(new Error('no memory')),
      async close() {},
    };
    await expect(sweep(broken, { source: SOURCE, runs: 3 })).rejects.toThrow('no memory');
  });
});

test('in this thread it comes to the same as batch by batch', async () => {
  const bench = openBench(0);
  const totals = await sweep(bench, { source: SOURCE, runs: 7 });
  await bench.close();
  const whole = await playBatch({ source: SOURCE, start: 0, count: 7 });
  expect(totals.sales).toBe(whole.sales);
  expect(totals.records).toBe(whole.records);
  expect(Object.fromEntries(totals.marks)).toEqual(whole.marks);
  expect(whole.hashes).toHaveLength(7);
});
